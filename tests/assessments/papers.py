"""Small real files, for tests in which the bytes matter."""

from __future__ import annotations

import io

from django.core.files.base import ContentFile


def pdf(text: str = "isi") -> ContentFile[bytes]:
    """A one-page PDF whose bytes differ with ``text``."""
    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Title"] = text
    buffer = io.BytesIO()
    made.save(buffer, deterministic_id=True)
    return ContentFile(buffer.getvalue(), name=f"{text}.pdf")


def png() -> ContentFile[bytes]:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), "navy").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="gambar.png")
