"""Word, Excel and PowerPoint: their words alone, for search and for the fields."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import asdict
from pathlib import Path

from pamong.reading.facts import Page
from pamong.reading.reader import Tell, fields

MOST_BYTES = 20 * 1024 * 1024
_PARTS = re.compile(r"word/document\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml")
_BREAK = re.compile(rb"</w:p>|</a:p>|</si>|<w:br[ /]")
_TEXT = re.compile(rb"<(?:w:t|a:t|t)(?: [^>]*)?>([^<]*)</")


def read(path: Path, media_type: str, tell: Tell) -> None:
    """Tell the text of an Office file as one page; other kinds tell nothing."""
    tell("kind", "file")
    if "openxmlformats" not in media_type:
        return
    text = words(path)
    tell("page", asdict(Page(1, text)))
    tell("text_source", "asli" if text.strip() else "tanpa-teks")
    tell("fields", asdict(fields.recognise([Page(1, text)])))


def words(path: Path) -> str:
    """Every paragraph on its own line. No part is unpacked beyond ``MOST_BYTES``."""
    with zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if _PARTS.fullmatch(info.filename)]
        parts = [archive.open(name).read(MOST_BYTES) for name in sorted(names)]
    paragraphs = (piece for part in parts for piece in _BREAK.split(part))
    lines = (b"".join(_TEXT.findall(piece)).decode("utf-8", "replace") for piece in paragraphs)
    return "\n".join(line for raw in lines if (line := html.unescape(raw).strip()))
