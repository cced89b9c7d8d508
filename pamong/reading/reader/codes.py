"""QR codes on a raster, and where they point."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from pamong.reading.facts import QrCode

MOST, LONGEST = 5, 500


def on(image: Any, page: int) -> list[QrCode]:
    """The QR codes on a Pillow image or NumPy array, at most ``MOST``."""
    import zxingcpp

    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [QrCode(page, code.text[:LONGEST], host_of(code.text)) for code in found[:MOST] if code.text]


def host_of(content: str) -> str:
    try:
        parts = urlsplit(content.strip())
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
