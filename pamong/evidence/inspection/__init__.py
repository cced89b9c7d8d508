"""What an uploaded file really is, found by opening it: never by its name, never by what the browser said.

Pure: no database, no storage. The heavy readers are imported when the first file of their kind arrives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection import kinds, office, pdf, pictures, video
from pamong.evidence.inspection.kinds import Kind
from pamong.evidence.inspection.names import safe_name

CHUNK = 1024 * 1024
HEAD = 4096

__all__ = ["Inspected", "Limits", "inspect"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted here: the kinds (``pdf``, ``jpg``, …), the size in bytes, the length of a video in seconds."""

    kinds: frozenset[str]
    max_bytes: int
    max_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that passed. ``content`` is what is to be kept; for a picture it is not what arrived.

    ``sha256`` and ``size`` (bytes) are those of ``content``, ``source_sha256`` is that of the upload. ``pages`` is known for a
    PDF, ``seconds`` for a video.
    """

    content: BinaryIO
    sha256: str
    source_sha256: str
    size: int
    media_type: str
    name: str
    pages: int | None = None
    seconds: int | None = None


def inspect(
    file: BinaryIO, name: str, limits: Limits, *, is_clean: Callable[[str], bool] = lambda digest: False
) -> Inspected:
    """Open ``file`` for real and say what it is. Raises ``Refused`` with what is wrong and what to do.

    ``is_clean(sha256)`` tells that exactly these bytes passed before, so that a picture is not written anew a second time.
    """
    digest, size = _measured(file, limits.max_bytes)
    kind = _kind_of(file, name, limits)
    pages = seconds = None
    content = file
    if kind.code == "pdf":
        pages = pdf.check(file, size)
    elif kind.code == "mp4":
        seconds = video.check(file, size, limits.max_seconds)
    elif kind in kinds.OFFICE:
        office.check(file, size, kind)
    else:
        content = pictures.clean(file, kind, keep=is_clean(digest))
    sha256, size = (digest, size) if content is file else _measured(content)
    content.seek(0)
    return Inspected(content, sha256, digest, size, kind.media_type, safe_name(name, kind), pages, seconds)


def _kind_of(file: BinaryIO, name: str, limits: Limits) -> Kind:
    file.seek(0)
    kind = kinds.recognise(file.read(HEAD), name)
    if kind.code not in limits.kinds:
        raise Refused(kinds.not_accepted(kind, limits.kinds))
    return kind


def _measured(file: BinaryIO, max_bytes: int | None = None) -> tuple[str, int]:
    """The SHA-256 and size, read piece by piece: memory stays flat whatever the size."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := file.read(CHUNK):
        size += len(piece)
        if max_bytes is not None and size > max_bytes:
            raise Refused(too_large(max_bytes))
        digest.update(piece)
    if not size:
        raise Refused("Berkas ini kosong. Periksa berkasnya di komputer atau ponsel Anda, lalu unggah lagi.")
    return digest.hexdigest(), size


def too_large(max_bytes: int) -> str:
    """The sentence for a file over the limit."""
    most = f"{max_bytes / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return (
        f"Ukuran berkas melebihi batas {most} MB. Kecilkan berkasnya (misalnya pindai ulang dengan resolusi 150–200 dpi), "
        "atau simpan di tempat lain dan isikan tautannya."
    )
