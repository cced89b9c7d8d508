"""A place on the map as people paste it: two numbers, degrees and minutes, or a link to a map."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

SOUTH, NORTH, WEST, EAST = Decimal("-11.5"), Decimal("6.5"), Decimal("94.5"), Decimal("141.5")
_MICRO = Decimal("0.000001")
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_LINKS = (
    re.compile(r"!3d" + _NUMBER + r"!4d" + _NUMBER),
    re.compile(r"[?&](?:q|query|ll|center|destination|mlat)=(?:loc:)?" + _NUMBER + r"(?:,|&mlon=)\s*" + _NUMBER),
    re.compile(r"#map=\d+(?:\.\d+)?/" + _NUMBER + "/" + _NUMBER),
    re.compile(r"[@/]" + _NUMBER + r",\s*\+?" + _NUMBER),
)
_DEGREES = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*[°º]\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|'')\s*)?(ls|lu|bt|bb|[nsew])",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"^\(?\s*{_NUMBER}\s*°?\s*(ls|lu|[ns])?\s*[,;/\s]\s*{_NUMBER}\s*°?\s*(bt|bb|[ew])?\s*\)?$", re.IGNORECASE
)
_HOW = "Tulis lintang lalu bujur, misalnya -7.4706, 110.2178, atau tempel tautan peta."


class NotAPlace(ValueError):
    """The text names no place in Indonesia; the message says what to write instead."""


def parse(text: str) -> tuple[Decimal, Decimal]:
    """Latitude and longitude in degrees, six decimals. Raises ``NotAPlace``."""
    text = unquote(text.strip()).translate(str.maketrans("−–‑﹣", "----"))
    if not text:
        raise NotAPlace(_HOW)
    found = _link(text) if "://" in text or text.startswith("maps.") else _degrees(text) or _pair(text)
    if found is None:
        raise NotAPlace(_short_link(text) or f"Titik ini tidak terbaca. {_HOW}")
    return _in_indonesia(*found)


def _short_link(text: str) -> str:
    if "goo.gl" in text or "g.co" in text:
        return "Tautan pendek tidak memuat titiknya. Buka dahulu, lalu salin alamat panjang dari peramban."
    return f"Tautan ini tidak memuat titik. {_HOW}" if "://" in text else ""


def _link(text: str) -> tuple[Decimal, Decimal] | None:
    for pattern in _LINKS:
        if match := pattern.search(text):
            return Decimal(match[1]), Decimal(match[2])
    return None


def _degrees(text: str) -> tuple[Decimal, Decimal] | None:
    found = [_one(*match) for match in _DEGREES.findall(text)]
    latitude = [value for letter, value in found if letter in "SN"]
    longitude = [value for letter, value in found if letter in "EW"]
    return (latitude[0], longitude[0]) if latitude and longitude else None


def _one(degrees: str, minutes: str, seconds: str, letter: str) -> tuple[str, Decimal]:
    value = Decimal(degrees) + Decimal(minutes or 0) / 60 + Decimal(seconds or 0) / 3600
    side = {"LS": "S", "LU": "N", "BT": "E", "BB": "W"}.get(letter.upper(), letter.upper())
    return side, -value if side in "SW" else value


def _pair(text: str) -> tuple[Decimal, Decimal] | None:
    match = _PAIR.match(text) or _PAIR.match(_with_points(text))
    if match is None:
        return None
    try:
        latitude, longitude = Decimal(match[1]), Decimal(match[3])
    except InvalidOperation:
        return None
    return (-latitude if (match[2] or "").lower() in ("ls", "s") and latitude > 0 else latitude), longitude


def _with_points(text: str) -> str:
    """Decimal commas made points: ``-7,47; 110,21`` and ``-7,47 110,21``."""
    return re.sub(r"(\d),(\d)", r"\1.\2", text)


def _in_indonesia(latitude: Decimal, longitude: Decimal) -> tuple[Decimal, Decimal]:
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return latitude.quantize(_MICRO), longitude.quantize(_MICRO)
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        raise NotAPlace(f"Lintang dan bujur tampaknya tertukar. Tulis {longitude}, {latitude}.")
    raise NotAPlace(f"Titik {latitude}, {longitude} berada di luar Indonesia. Periksa tanda minus dan angkanya.")
