"""A ZIP taken apart into a folder: only plain files come out, under numbers for names, within every bound of count and size.

Runs in the process ``apart`` starts; nothing here is trusted with more than that.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection import too_large

MAX_FILES = 200
MAX_MEMBERS = 2_000
MAX_BYTES = 2 * 1024 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024
PIECE = 256 * 1024

BROKEN = "ZIP ini rusak atau tidak lengkap. Buat lagi ZIP-nya, lalu kirim lagi."
EMPTY = "ZIP ini tidak berisi berkas."
CROWDED = f"ZIP ini berisi lebih dari {MAX_FILES} berkas. Bagi menjadi beberapa ZIP yang lebih kecil."
HEAVY = "Isi ZIP ini terlalu besar untuk dibongkar dengan aman. Bagi menjadi beberapa ZIP yang lebih kecil."
LOCKED = "Berkas ini terkunci kata sandi di dalam ZIP. Buat ZIP tanpa kata sandi, lalu kirim lagi."
TRICK = "Berkas ini menunjuk ke tempat lain di luar ZIP, jadi tidak dibongkar. Kirim berkasnya sendiri."
DAMAGED = "Berkas ini rusak di dalam ZIP. Kirim berkasnya sendiri."

# What systems leave in folders without being asked.
_LITTER = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: the name of its copy in the folder, or why there is none. ``size`` in bytes."""

    name: str
    copy: str
    size: int
    fault: str = ""


def unpack(file: BinaryIO, size: int, folder: Path, max_bytes: int) -> list[Member]:
    """Copy every file out of the ZIP into ``folder``. Raises ``Refused`` if the archive as a whole cannot be taken apart."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [each for each in archive.infolist() if not each.is_dir() and not _LITTER.search(each.filename)]
            _check_bounds(archive, members, size)
            left = [MAX_BYTES]
            return [_taken_out(archive, each, folder / f"{n:04}", max_bytes, left) for n, each in enumerate(members)]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OverflowError):
        raise Refused(BROKEN) from None


def _check_bounds(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(each.file_size for each in members)
    if not members:
        raise Refused(EMPTY)
    if len(members) > MAX_FILES or len(archive.infolist()) > MAX_MEMBERS:
        raise Refused(CROWDED)
    if total > MAX_BYTES or (total > RATIO_FROM and total > MAX_RATIO * size):
        raise Refused(HEAVY)


def _taken_out(archive: zipfile.ZipFile, member: zipfile.ZipInfo, copy: Path, most: int, left: list[int]) -> Member:
    fault = _fault(member, most)
    if fault:
        return Member(member.filename, "", member.file_size, fault)
    size = 0
    try:
        with archive.open(member) as packed, copy.open("wb") as target:
            while piece := packed.read(PIECE):
                size, left[0] = size + len(piece), left[0] - len(piece)
                if left[0] < 0:
                    raise Refused(HEAVY)
                target.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return Member(member.filename, "", member.file_size, DAMAGED)
    return Member(member.filename, copy.name, size)


def _fault(member: zipfile.ZipInfo, most: int) -> str:
    name = member.orig_filename
    if (
        stat.S_ISLNK(member.external_attr >> 16)
        or name.startswith("/")
        or re.search(r"(^|[/\\])\.\.([/\\]|$)|[:\x00]", name)
    ):
        return TRICK
    if member.flag_bits & 1:
        return LOCKED
    return too_large(most) if member.file_size > most else ""
