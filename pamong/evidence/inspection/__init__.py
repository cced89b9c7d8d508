"""What an uploaded file really is, found by opening it: never by its name, never by what the browser said.

Pure: no database, no storage. The heavy readers are imported when the first file of their kind arrives.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection import apart, kinds, office, pdf, pictures, video
from pamong.evidence.inspection.kinds import Kind
from pamong.evidence.inspection.names import safe_name

APART_FROM = 1024 * 1024
HEAD = 4096

__all__ = ["Inspected", "Limits", "Seen", "inspect", "look"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted here: the kinds (``pdf``, ``jpg``, …), the size in bytes, the length of a video in seconds."""

    kinds: frozenset[str]
    max_bytes: int
    max_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that passed. ``content`` is what is to be kept (for a picture not what arrived), ``None`` if it is kept already.

    ``sha256`` and ``size`` (bytes) are those of ``content``, ``source_sha256`` is that of the upload. ``pages`` is known for a
    PDF, ``seconds`` for a video.
    """

    content: BinaryIO | None
    sha256: str
    source_sha256: str
    size: int
    media_type: str
    name: str
    pages: int | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What opening a file told. ``content`` is the file itself, or what a picture was written anew as."""

    kind: Kind
    content: BinaryIO
    pages: int | None = None
    seconds: int | None = None


def inspect(
    file: BinaryIO,
    name: str,
    limits: Limits,
    *,
    is_clean: Callable[[str], bool] = lambda digest: False,
    digest: str = "",
    always_apart: bool = False,
) -> Inspected:
    """Open ``file`` for real and say what it is. Raises ``Refused`` with what is wrong and what to do.

    ``is_clean(sha256)`` tells that exactly these bytes passed before, so that a picture is not written anew a second time.
    ``digest`` is the SHA-256 where it is known. Files above ``APART_FROM`` bytes, or every one if ``always_apart``, are opened
    in a process of their own, bounded in memory and time; should it fail, ``apart.Unchecked`` is raised.
    """
    digest, size = _measured(file, limits.max_bytes, digest)
    keep = is_clean(digest)
    seen = apart.look(file, name, size, limits, keep) if always_apart or size > APART_FROM else look(file, name, size, limits, keep)  # fmt: skip
    sha256, kept = (digest, size) if seen.content is file else _measured(seen.content)
    seen.content.seek(0)
    named = safe_name(name, seen.kind)
    return Inspected(seen.content, sha256, digest, kept, seen.kind.media_type, named, seen.pages, seen.seconds)


def look(file: BinaryIO, name: str, size: int, limits: Limits, keep: bool) -> Seen:
    """Open ``file`` here and now. ``keep``: a picture that proves readable stays as it is. Raises ``Refused``."""
    kind = _kind_of(file, name, limits)
    if kind.code == "pdf":
        return Seen(kind, file, pages=pdf.check(file, size))
    if kind.code == "mp4":
        return Seen(kind, file, seconds=video.check(file, size, limits.max_seconds))
    if kind in kinds.OFFICE:
        office.check(file, size, kind)
        return Seen(kind, file)
    return Seen(kind, pictures.clean(file, kind, keep=keep))


def _kind_of(file: BinaryIO, name: str, limits: Limits) -> Kind:
    file.seek(0)
    kind = kinds.recognise(file.read(HEAD), name)
    if kind.code not in limits.kinds:
        raise Refused(kinds.not_accepted(kind, limits.kinds))
    return kind


def _measured(file: BinaryIO, max_bytes: int | None = None, known: str = "") -> tuple[str, int]:
    """The SHA-256 and size, read piece by piece: memory stays flat whatever the size."""
    size = file.seek(0, os.SEEK_END)
    if max_bytes is not None and size > max_bytes:
        raise Refused(too_large(max_bytes))
    if not size:
        raise Refused("Berkas ini kosong. Periksa berkasnya di komputer atau ponsel Anda, lalu unggah lagi.")
    file.seek(0)
    return known or hashlib.file_digest(file, "sha256").hexdigest(), size  # type: ignore[arg-type]  # any file will do


def too_large(max_bytes: int) -> str:
    """The sentence for a file over the limit."""
    most = f"{max_bytes / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return (
        f"Ukuran berkas melebihi batas {most} MB. Kecilkan berkasnya (misalnya pindai ulang dengan resolusi 150–200 dpi), "
        "atau simpan di tempat lain dan isikan tautannya."
    )
