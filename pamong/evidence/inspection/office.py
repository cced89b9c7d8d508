"""Is this a whole, quiet Word, Excel or PowerPoint file? They are ZIP files: every bound of a ZIP is held before it is unpacked."""

from __future__ import annotations

import logging
import re
import stat
import time
import zipfile
import zlib
from typing import BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection.kinds import DOCX, PPTX, XLSX, Kind

MAX_MEMBERS = 3_000
MAX_BYTES = 300 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 10 * 1024 * 1024  # below this, how well it packs is nobody's concern
MAX_SECONDS = 20.0
PIECE = 256 * 1024
_NAMED = 2 * 1024 * 1024

logger = logging.getLogger(__name__)

BROKEN = "Berkas Office ini rusak, terkunci, atau bukan yang tertulis pada namanya. Buka, simpan sebagai PDF, lalu unggah PDF itu."
ACTIVE = "Berkas Office ini memuat makro atau berkas lain di dalamnya. Simpan sebagai PDF, lalu unggah PDF itu."
HEAVY = "Berkas Office ini terlalu berat untuk dibuka dengan aman. Simpan sebagai PDF, lalu unggah PDF itu."

_HEART = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml", PPTX: "ppt/presentation.xml"}
_ACTIVE_MEMBER = re.compile(r"vbaproject|activex/|embeddings/.*\.(bin|exe|com|js|vbs)$|macrosheets/", re.IGNORECASE)
_REMOTE = re.compile(
    rb"relationships/(attachedTemplate|oleObject|frame|subDocument|externalLink)[^>]*TargetMode\s*=\s*[\"']External"
    rb"|TargetMode\s*=\s*[\"']External[\"'][^>]*relationships/(attachedTemplate|oleObject|frame|subDocument|externalLink)",
    re.IGNORECASE,
)


def check(file: BinaryIO, size: int, kind: Kind) -> None:
    """Raises ``Refused`` if this is not a ``kind`` that may be kept."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_bounds(members, size)
            _check_members(members, kind)
            _check_contents(archive, members)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as fault:
        logger.info("an office file could not be read: %r", fault)
        raise Refused(BROKEN) from None


def _check_bounds(members: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or total > MAX_BYTES or (total > RATIO_FROM and total > MAX_RATIO * size):
        raise Refused(HEAVY)


def _check_members(members: list[zipfile.ZipInfo], kind: Kind) -> None:
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or not {"[Content_Types].xml", _HEART[kind]} <= set(names):
        raise Refused(BROKEN)
    for member in members:
        if _is_trick(member):
            raise Refused(BROKEN)
        if _ACTIVE_MEMBER.search(member.filename):
            raise Refused(ACTIVE)


def _is_trick(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    path = name.split("/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return bool(
        is_link or name.startswith("/") or ".." in path or re.search(r"[\\:\x00-\x1f]", name) or member.flag_bits & 1
    )


def _check_contents(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack everything by pieces that are thrown away: sizes and checksums must be true. Read what names other parts."""
    until, spent = time.monotonic() + MAX_SECONDS, 0
    for member in members:
        kept = b""
        with archive.open(member) as part:
            while piece := part.read(PIECE):
                spent += len(piece)
                if spent > MAX_BYTES or time.monotonic() > until:
                    raise Refused(HEAVY)
                if len(kept) < _NAMED and member.filename.endswith((".rels", "[Content_Types].xml")):
                    kept += piece
        if b"macroEnabled" in kept or _REMOTE.search(kept):
            raise Refused(ACTIVE)
