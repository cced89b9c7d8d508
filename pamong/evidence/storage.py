"""Where the bytes lie: privately, named by what they are, so that the same file lies there once.

A file is first whole and safely on disk, and only then does a row speak of it. If the transaction fails afterwards, the worst
that remains is a file nobody speaks of.
"""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage

from pamong.common.permit import Refused
from pamong.evidence.inspection import Inspected

PIECE = 1024 * 1024
UNFINISHED = "unfinished"

logger = logging.getLogger(__name__)

FULL = (
    "Berkas belum tersimpan karena penyimpanan di server penuh atau tidak dapat ditulisi. Tidak ada yang berubah. "
    "Coba lagi nanti; bila tetap gagal, hubungi administrator."
)


def name_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class NoRoom(Refused):
    """The store is full, or cannot be reached just now. Nothing changed; the same thing may be tried again later."""


@contextmanager
def trouble() -> Iterator[None]:
    """Whatever the store itself complains of becomes ``NoRoom``."""
    try:
        yield
    except OSError as fault:
        logger.error("the store of files failed: %s", fault)
        raise NoRoom(FULL) from fault


def has(sha256: str) -> bool:
    """Whether exactly these bytes are kept already, which also says that they passed inspection."""
    with trouble():
        return default_storage.exists(name_of(sha256))


def put(file: Inspected) -> None:
    """Keep ``file.content``, once. Raises ``NoRoom`` if there is no room; then nothing is left behind."""
    name, content = name_of(file.sha256), file.content
    if content is None:
        return
    with trouble():
        there = default_storage.exists(name)
        if there and default_storage.size(name) == file.size:
            return
        content.seek(0)
        if isinstance(default_storage, FileSystemStorage):
            place(content, name, default_storage)
            return
        # Object storage takes a file whole or not at all, by itself.
        if there:
            default_storage.delete(name)
        default_storage.save(name, File(content))


def delete(sha256: str) -> None:
    default_storage.delete(name_of(sha256))


def sweep_halves(store: Storage, before: datetime) -> int:
    """Remove what a killed process had half written before that moment. Object storage has no such thing."""
    if not isinstance(store, FileSystemStorage) or not store.exists(UNFINISHED):
        return 0
    old = [name for name in store.listdir(UNFINISHED)[1] if store.get_modified_time(f"{UNFINISHED}/{name}") < before]
    for name in old:
        store.delete(f"{UNFINISHED}/{name}")
    return len(old)


def fetch(sha256: str, first: int = 0) -> BinaryIO:
    """The bytes from ``first`` on, opened for reading. Raises ``FileNotFoundError`` if they are gone, ``NoRoom`` if away."""
    return opened(default_storage, name_of(sha256), first)


def opened(store: Storage, name: str, first: int = 0) -> BinaryIO:
    """``name`` in ``store`` from ``first`` on; to be read once, and closed."""
    if hasattr(store, "read_from"):  # buckets.Bucket, which has no place to seek to
        streamed: BinaryIO = store.read_from(name, first)
        return streamed
    handle: BinaryIO = store.open(name, "rb").file  # type: ignore[assignment]
    handle.seek(first)
    return handle


def direct_address(sha256: str, *, seconds: int, headers: dict[str, str]) -> str:
    """An address at the object storage itself; empty where files lie on a disk of ours, or must pass through here."""
    if isinstance(default_storage, FileSystemStorage) or not settings.S3_DIRECT:
        return ""
    return str(default_storage.url(name_of(sha256), parameters=headers, expire=seconds))  # type: ignore[call-arg]


def names(store: Storage, folder: str = "") -> Iterator[str]:
    """The names of everything in ``store``, but what is being written just now."""
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        if name != UNFINISHED:
            yield from names(store, f"{folder}{name}/")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def place(content: _Readable, name: str, store: FileSystemStorage) -> None:
    """Write beside, force to disk, then give it its name in one step: a half-written file never bears a name that counts."""
    path, unfinished = Path(store.path(name)), Path(store.location) / UNFINISHED / uuid.uuid4().hex
    for folder in (unfinished.parent, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            while piece := content.read(PIECE):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _force(path.parent)


def _force(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
