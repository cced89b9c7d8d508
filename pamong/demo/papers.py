"""Small real papers for the demonstration, made when it is loaded: PDF by typst, pictures by Pillow."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """What stands on one sheet. ``rows`` under ``header``: people, steps, years; ``marked``: the words highlighted."""

    kind: str
    title: str
    issuer: str
    region: str
    number: str
    dated: date
    paragraphs: Sequence[str]
    signer: str
    signer_title: str
    place: str = "Magelang"
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=tuple)
    marked: str = ""


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def pdf(paper: Paper) -> SimpleUploadedFile:
    """The sheet as a PDF file, ready to be uploaded."""
    import typst

    data = {**asdict(paper), "dated": long_date(paper.dated)}
    body = typst.compile(_template(), format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
    return SimpleUploadedFile(f"{slugify(paper.title)[:60]}.pdf", body, "application/pdf")


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "paper.typ").read_bytes()


def picture(title: str, lines: Sequence[str], tint: tuple[int, int, int]) -> SimpleUploadedFile:
    """A picture like a screenshot: a bar, a title, lines of text. ``tint`` makes each one different."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 400), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 640, 56), fill=tint)
    draw.text((24, 16), title, fill="white", font=_font(20))
    for at, line in enumerate(lines):
        top = 84 + at * 56
        draw.rounded_rectangle((24, top, 616, top + 40), 8, outline=tint, width=2)
        draw.text((40, top + 10), line, fill=(30, 30, 30), font=_font(16))
    draw.text((24, 372), "Gambar contoh untuk peragaan Pamong", fill=(110, 110, 110), font=_font(12))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return SimpleUploadedFile(f"{slugify(title)[:60]}.png", buffer.getvalue(), "image/png")


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)
