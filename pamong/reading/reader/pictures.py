"""A photograph or screenshot: its size, its words, its codes, its likeness print."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pamong.reading.facts import Fields, Page, Recognised
from pamong.reading.reader import Limits, Tell, codes, fields, ocr, prints

SMALL = 600  # pixels on the longer side: under it a screen cannot be read
LARGEST = 2400


def read(path: Path, limits: Limits, tell: Tell) -> None:
    """Tell everything about the picture at ``path``."""
    from PIL import Image

    tell("kind", "image")
    tell("ocr_available", ocr.is_available())
    tell("total", 1)
    with Image.open(path) as opened:
        size = opened.size
        opened.draft("L", (LARGEST, LARGEST))
        image = opened.convert("L")
    image.thumbnail((LARGEST, LARGEST))
    tell("print", ["picture", 1, *prints.of_picture(_grey(image))])
    tell("low_resolution_pages", [1] if max(size) < SMALL else [])
    tell("qr_codes", [asdict(code) for code in codes.on(image, 1)])
    if ocr.is_available() and not limits.is_over:
        _words(image, tell)


def _words(image: Any, tell: Tell) -> None:
    seen = ocr.read(image if max(image.size) >= 1200 else image.resize((image.width * 2, image.height * 2)))
    # A photograph of people gives a handful of letters nobody wrote.
    text = seen.text if seen.confidence >= ocr.TOO_POOR and seen.words >= 3 else ""
    page = Page(1, text, "ocr" if text else "tanpa-teks")
    tell("page", asdict(page))
    tell("text_source", page.source)
    tell("fields", asdict(_fields(page)))


def _fields(page: Page) -> Fields:
    """Those of a photographed paper; otherwise only that it is a picture."""
    found = fields.recognise([page]) if page.text else Fields()
    if found.instrument is not None and (found.number or found.dated):
        return found
    return Fields(instrument=Recognised("gambar", 1, "", 0.8))


def _grey(image: Any) -> Any:
    import numpy as np

    return np.asarray(image)
