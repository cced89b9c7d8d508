"""Dates as Indonesian offices write them: ``12 Maret 2024``, ``12-03-2024``, and as a scanner's OCR spoils them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
_SHORT = {
    "jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "ags": 8, "agst": 8,
    "sep": 9, "sept": 9, "okt": 10, "nop": 11, "nov": 11, "nopember": 11, "des": 12,
}  # fmt: skip
_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})

_LONG = re.compile(
    r"(?<![\w/.])([0-3OolI|]?[0-9OolI|])\s*[-\s.]\s*([A-Za-z0-9]{3,10})\.?\s*[-\s,]?\s*([12][0-9OolISB]{3})(?!\w)"
)
_NUMERIC = re.compile(r"(?<![\w/.])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\w/])")
_ISO = re.compile(r"(?<![\w/.])(20\d\d)-(\d\d)-(\d\d)(?![\w/])")

FIRST_YEAR, LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class Found:
    """A date, where it stands in the text, and how surely it was read (1: letter for letter)."""

    day: date
    start: int
    end: int
    sureness: float


def dates_in(text: str) -> Iterator[Found]:
    """Every date in ``text``, in no particular order."""
    for match in _LONG.finditer(text):
        month, sureness = _month(match[2])
        if month:
            day, year = match[1].translate(_DIGITS), match[3].translate(_DIGITS)
            spoilt = (day, year) != (match[1], match[3])
            yield from _made(year, month, day, match, sureness - 0.1 * spoilt)
    for match in _NUMERIC.finditer(text):
        year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        yield from _made(year, int(match[3]), match[1], match, 0.9 if len(match[4]) == 4 else 0.7)
    for match in _ISO.finditer(text):
        yield from _made(match[1], int(match[2]), match[3], match, 0.9)


def _made(year: str, month: int, day: str, match: re.Match[str], sureness: float) -> Iterator[Found]:
    if not (year.isdigit() and day.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        return
    try:
        yield Found(date(int(year), month, int(day)), match.start(), match.end(), sureness)
    except ValueError:
        return


def _month(word: str) -> tuple[int, float]:
    """The month a word means (0: none) and how surely: OCR turns ``Maret`` into ``Marct``."""
    name = word.lower()
    if name in MONTHS:
        return MONTHS.index(name) + 1, 1.0
    if name in _SHORT:
        return _SHORT[name], 0.95
    if len(name) < 4:
        return 0, 0.0
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, MONTHS, scorer=fuzz.ratio, score_cutoff=75)
    return (best[2] + 1, 0.8) if best else (0, 0.0)
