"""Is this a whole MP4 with a picture track, and how long does it last? Read from its boxes alone; nothing is decoded.

Boxes: ISO/IEC 14496-12. Each begins with its size (4 bytes, big-endian; 1: an 8-byte size follows; 0: until the end) and its type.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from pamong.common.permit import Refused

MAX_BOXES = 20_000
MAX_DEPTH = 6
_SMALL = 64 * 1024

BROKEN = "Video ini rusak atau tidak lengkap (mungkin rekaman atau unduhannya terputus). Simpan ulang sebagai MP4, lalu unggah lagi."
NO_PICTURE = "Berkas MP4 ini tidak memuat gambar bergerak. Unggah videonya, bukan rekaman suaranya."
UNKNOWN_LENGTH = "Lama video ini tidak terbaca. Simpan ulang sebagai MP4, lalu unggah lagi."

_HOLDERS = {b"moov", b"trak", b"mdia", b"mvex"}


@dataclass(slots=True)
class _Film:
    """What the boxes tell."""

    has_content: bool = False
    has_header: bool = False
    has_picture: bool = False
    scale: int = 0
    duration: int = 0
    fragments: int = 0
    boxes: int = 0


def check(file: BinaryIO, size: int, max_seconds: int | None = None) -> int:
    """The length in whole seconds, rounded up. Raises ``Refused`` if it is not a whole video, or longer than ``max_seconds``."""
    film = _Film()
    try:
        _read(file, 0, size, film, MAX_DEPTH)
    except (struct.error, OverflowError):
        raise Refused(BROKEN) from None
    if not (film.has_header and film.has_content):
        raise Refused(BROKEN)
    if not film.has_picture:
        raise Refused(NO_PICTURE)
    units = film.duration or film.fragments
    if not (film.scale and units):
        raise Refused(UNKNOWN_LENGTH)
    seconds = -(-units // film.scale)
    if max_seconds is not None and seconds > max_seconds:
        raise Refused(too_long(seconds, max_seconds))
    return seconds


def too_long(seconds: int, max_seconds: int) -> str:
    return (
        f"Video ini {_clock(seconds)}, sedangkan paling lama {_clock(max_seconds)}. Potong videonya, lalu unggah lagi."
    )


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} menit {rest} detik" if rest else f"{minutes} menit"


def _read(file: BinaryIO, start: int, end: int, film: _Film, depth: int) -> None:
    for kind, inside, after in _boxes(file, start, end, film):
        if kind in _HOLDERS:
            if depth == 0:
                raise Refused(BROKEN)
            _read(file, inside, after, film, depth - 1)
        elif kind == b"mdat":
            film.has_content = film.has_content or after > inside
        elif kind in (b"mvhd", b"mehd", b"hdlr"):
            file.seek(inside)
            _note(kind, file.read(min(after - inside, _SMALL)), film)


def _boxes(file: BinaryIO, start: int, end: int, film: _Film) -> Iterator[tuple[bytes, int, int]]:
    """Each box between ``start`` and ``end``: type, where its content begins, where it ends. They must fill the space exactly."""
    while start < end:
        film.boxes += 1
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        inside = start + 8
        if length == 1:
            length = struct.unpack(">Q", file.read(8))[0]
            inside += 8
        after = start + length if length else end
        if film.boxes > MAX_BOXES or after < inside or after > end:
            raise Refused(BROKEN)
        yield kind, inside, after
        start = after


def _note(kind: bytes, body: bytes, film: _Film) -> None:
    long = bool(body[:1] == b"\x01")
    if kind == b"mvhd":
        film.scale, film.duration = struct.unpack_from(">IQ" if long else ">II", body, 20 if long else 12)
        film.has_header = True
        if film.duration in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF):  # the format's word for "unknown"
            film.duration = 0
    elif kind == b"mehd":
        film.fragments = struct.unpack_from(">Q" if long else ">I", body, 4)[0]
    elif body[8:12] == b"vide":
        film.has_picture = True
