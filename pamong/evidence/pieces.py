"""The bytes of files under way: private, apart from the library's own, thrown away once the file is whole and checked.

A piece is safely stored before any row speaks of it, and no row ever speaks of a piece that may still change. So a process
killed at any point loses at most what had not been answered yet, which the sender still has.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from pamong.evidence import storage

PIECE = 4 * 1024 * 1024
SIP = 64 * 1024
SECONDS = 15.0


def keep(data: bytes) -> str:
    """Store ``data`` and return the name it lies under. Raises ``Refused`` if there is no room."""
    name = uuid.uuid4().hex
    store = storages["arriving"]
    with storage.trouble():
        if isinstance(store, FileSystemStorage):
            storage.place(ContentFile(data), name, store)
        else:
            store.save(name, ContentFile(data))
    return name


def drop(names: Iterable[str]) -> None:
    """Throw pieces away; one that is gone already is no concern."""
    for name in names:
        storages["arriving"].delete(name)


def cut(source: Iterable[bytes], size: int = PIECE, seconds: float = SECONDS) -> Iterator[bytes]:
    """``source`` in stretches of ``size`` bytes, or of what came within ``seconds`` over a weak line.

    If it breaks off with ``OSError``, what came before is still given first.
    """
    held, since = bytearray(), time.monotonic()
    try:
        for sip in source:
            held += sip
            if len(held) >= size or time.monotonic() - since > seconds:
                yield bytes(held)
                held, since = bytearray(), time.monotonic()
    except OSError:
        if held:
            yield bytes(held)
        raise
    if held:
        yield bytes(held)


@contextmanager
def whole(names: Iterable[str]) -> Iterator[tuple[IO[bytes], str]]:
    """The pieces put together in a file that vanishes afterwards, and its SHA-256. Memory stays flat."""
    with tempfile.TemporaryFile() as target:
        with storage.trouble():
            digest = _joined(names, target)
        yield target, digest


def _joined(names: Iterable[str], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for name in names:
        with storage.opened(storages["arriving"], name) as piece:
            while sip := piece.read(storage.PIECE):
                digest.update(sip)
                target.write(sip)
    target.seek(0)
    return digest.hexdigest()


def older_than(moment: datetime) -> Iterator[str]:
    """The names of pieces stored before ``moment``."""
    store = storages["arriving"]
    for name in storage.names(store):
        if store.get_modified_time(name) < moment:
            yield name
