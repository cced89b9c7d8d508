"""Dates as people in Indonesian offices write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "ags": 8,
    "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T ]\d{1,2}:.*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.\s](\d{1,2})[-/.\s](\d{4}|\d{2})(?: \d{1,2}:.*)?$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_WORDS = re.compile(r"^(?:[a-z']+,?\s+)?(?:(?:tgl\.?|tanggal)\s+)?(?:(\d{1,2})[\s-]+)?([a-z]{3,})\.?[\s-]+(\d{4})$")
# Excel counts days from here; the numbers are those of 1955 to 2118, so that a year or a count is never taken for a date.
_EXCEL_ZERO, _EXCEL_FIRST, _EXCEL_LAST = date(1899, 12, 30), 20_000, 80_000


class NotADate(ValueError):
    """The text is no date; the message, in Indonesian, says how to write one."""


def parse(value: object) -> date:
    """The date ``value`` means: ``31/12/2025``, ``2025-12-31``, ``3 Mei 2025``, ``Mei 2025`` (its first day), ``06/2025``,
    a date of Python or a serial number of Excel. Day before month, as everywhere in Indonesia. Raises ``NotADate``.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value))
    return _text(" ".join(str(value).split()).lower())


def _serial(number: float) -> date:
    if not _EXCEL_FIRST <= number <= _EXCEL_LAST:
        raise NotADate(f"{number:g} bukan tanggal. Tulis misalnya 31/12/2025.")
    return _EXCEL_ZERO + timedelta(days=int(number))


def _text(text: str) -> date:
    if match := _ISO.match(text):
        return _made(text, match[1], match[2], match[3] or "1")
    if match := _DAY_FIRST.match(text):
        return _made(text, match[3], match[2], match[1])
    if match := _MONTH_YEAR.match(text):
        return _made(text, match[2], match[1], "1")
    if (match := _WORDS.match(text)) and match[2][:3] in _MONTHS:
        return _made(text, match[3], str(_MONTHS[match[2][:3]]), match[1] or "1")
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _serial(float(text))
    raise NotADate(f"“{text[:40]}” bukan tanggal. Tulis misalnya 31/12/2025, 3 Mei 2025, atau Mei 2025.")


def _made(text: str, year: str, month: str, day: str) -> date:
    full_year = int(year) + (2000 if len(year) == 2 else 0)
    try:
        made = date(full_year, int(month), int(day))
    except ValueError:
        raise NotADate(f"“{text[:40]}” tidak ada di kalender. Tulis hari, bulan, tahun: 31/12/2025.") from None
    if not 1945 <= made.year <= 2100:
        raise NotADate(f"Tahun {made.year} tidak masuk akal. Periksa lagi.")
    return made
