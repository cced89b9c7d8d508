"""What a text says of time and share: how many days a service takes, how many months a making took, how many complaints were settled.

The words to look beside are data (``Counting.near``, ``whole``, ``part``). Several figures on a page: the one that claims least
counts. Nothing here is sure, so it may warn and advise but never block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from pamong.engine.checks import Counted, Counting
from pamong.reading.facts import Page

NEXT = 80  # characters after the words in which the figure must begin
WORDS = {
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
    "sebelas": 11, "dua belas": 12,
}  # fmt: skip
_FIGURE = rf"(?:\d{{1,4}}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
_SPAN = re.compile(
    rf"\b(?:{_FIGURE}\s*(?:-|–|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)\s*)?(?P<figure>{_FIGURE})\s*(?:\([^)\d]{{1,30}}\)\s*)?"
    r"(?P<unit>menit|jam|hari\s+kerja|hari|minggu|bulan|tahun)\b",
    re.I,
)
# Not the hundred of a sum: 45 / 50 × 100 % = 90 %.
_PER_CENT = re.compile(r"(?<![x×*])(?<![x×*] )\b(?P<figure>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|persen\b)", re.I)
# Not the year of "masuk tahun 2025: 40", nor the days of "diselesaikan 3 hari".
_HOW_MANY = re.compile(
    r"(?:\D{0,12}?\btahun\s+20\d\d\b)?\D{0,25}?(?P<figure>\d{1,6})\b(?!\s*(?:%|persen|menit|jam|hari|minggu|bulan|tahun))"
)
_MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
_MONTH = "|".join(_MONTHS)
_FROM_TO = re.compile(
    rf"\b(?P<first>{_MONTH})(?:\s+(?P<year>20\d\d))?\s*(?:-|–|s\.?\s?/?d\.?|sampai(?: dengan)?|hingga)\s*(?P<last>{_MONTH})\s+(?P<until>20\d\d)\b",
    re.I,
)


@dataclass(frozen=True)
class Measure:
    """A figure, where it stands, and the words around it."""

    value: float
    page: int
    passage: str


def measured(rule: Counting, pages: Sequence[Page]) -> Measure | None:
    """What ``pages`` say of what ``rule`` measures, the reading that claims least; ``None`` where they say nothing."""
    found = list(_READERS[rule.what](rule, pages))
    if not found:
        return None
    worst = min if rule.what is Counted.PERCENT else max
    return worst(found, key=lambda each: each.value)


def _days(rule: Counting, pages: Sequence[Page]) -> Iterator[Measure]:
    for page, words, figure, unit in _spans(rule, pages):
        yield Measure(_in_days(figure, unit), page, words)


def _months(rule: Counting, pages: Sequence[Page]) -> Iterator[Measure]:
    for page, words, hit in _beside(rule.near, pages, _FROM_TO, never=rule.never):
        years = int(hit["until"]) - int(hit["year"] or hit["until"])
        if (months := years * 12 + _month(hit["last"]) - _month(hit["first"]) + 1) > 0:
            yield Measure(months, page, words)
    for page, words, figure, unit in _spans(rule, pages):
        whole = {"bulan": figure, "tahun": figure * 12}.get(unit)
        yield Measure(whole if whole is not None else ceil(_in_days(figure, unit) / 30), page, words)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower())


def _in_days(figure: int, unit: str) -> int:
    """Calendar days: working days with the weekends between them, a month as thirty, less than a day as one."""
    if unit == "hari kerja":
        return figure + 2 * ((figure - 1) // 5)
    if unit in ("menit", "jam"):
        return max(1, ceil(figure / (24 if unit == "jam" else 24 * 60)))
    return figure * {"hari": 1, "minggu": 7, "bulan": 30, "tahun": 365}[unit]


def _percent(rule: Counting, pages: Sequence[Page]) -> Iterator[Measure]:
    """As written, and as computed from how many came and how many were settled."""
    for page, words, hit in (*_beside(rule.near, pages, _PER_CENT), *_everywhere(_settled_share(rule.part), pages)):
        if (value := float(hit["figure"].replace(",", "."))) <= 100:
            yield Measure(value, page, words)
    for page, words, hit in _everywhere(_of_so_many(rule.part), pages):
        if 0 < int(hit["whole"]) >= int(hit["part"]):
            yield Measure(int(hit["part"]) / int(hit["whole"]) * 100, page, words)
            return
    came = next(_beside(rule.whole, pages, _HOW_MANY, at_once=True), None)
    done = next(_beside(rule.part, pages, _HOW_MANY, at_once=True), None)
    if came and done and 0 < int(came[2]["figure"]) >= int(done[2]["figure"]):
        whole, part = int(came[2]["figure"]), int(done[2]["figure"])
        yield Measure(part / whole * 100, done[0], f"{came[1]}; {done[1]}")


@lru_cache(maxsize=16)
def _settled_share(part: tuple[str, ...]) -> re.Pattern[str]:
    """*95% pengaduan telah diselesaikan*: the share before the words."""
    return re.compile(rf"{_PER_CENT.pattern}[^.;\d]{{0,40}}?aduan[^.;\d]{{0,20}}?{_any_of(part).pattern}", re.I)


@lru_cache(maxsize=16)
def _of_so_many(part: tuple[str, ...]) -> re.Pattern[str]:
    """*Dari 50 pengaduan yang masuk, 48 telah diselesaikan*."""
    return re.compile(
        rf"\bdari\s+(?P<whole>\d{{1,6}})\s[^.;\d]{{0,15}}aduan[^.;\d]{{0,40}}?(?P<part>\d{{1,6}})\s[^.;\d%]{{0,30}}?{_any_of(part).pattern}",
        re.I,
    )


_READERS: dict[Counted, Callable[[Counting, Sequence[Page]], Iterator[Measure]]] = {
    Counted.DAYS: _days,
    Counted.MONTHS: _months,
    Counted.PERCENT: _percent,
}
MEASURES = frozenset(_READERS)


def _spans(rule: Counting, pages: Sequence[Page]) -> Iterator[tuple[int, str, int, str]]:
    near = _beside(rule.near, pages, _SPAN, never=rule.never)
    after = _beside(rule.before, pages, _SPAN, at_once=True) if rule.before else ()
    for page, words, hit in (*near, *after):
        figure = hit["figure"].lower()
        number = WORDS.get(figure) or int(figure)
        if number:
            yield page, words, number, " ".join(hit["unit"].lower().split())


def _beside(
    near: tuple[str, ...],
    pages: Sequence[Page],
    pattern: re.Pattern[str],
    *,
    at_once: bool = False,
    never: tuple[str, ...] = (),
) -> Iterator[tuple[int, str, re.Match[str]]]:
    """The first hit of ``pattern`` after every place where one of the words ``near`` stands (``at_once``: right after it), unless
    one of ``never`` stands between or right behind them."""
    for page in pages:
        flat = " ".join(page.text.split())
        for place in _any_of(near).finditer(flat):
            rest = flat[place.end() : place.end() + NEXT]
            begun = rest.lstrip(" :=") if at_once else rest
            hit = pattern.match(begun) if at_once else pattern.search(begun)
            if hit and not (never and _any_of(never).search(begun[: hit.end()])):
                yield page.number, flat[place.start() : place.end() + len(rest) - len(begun) + hit.end()], hit


def _everywhere(pattern: re.Pattern[str], pages: Sequence[Page]) -> Iterator[tuple[int, str, re.Match[str]]]:
    for page in pages:
        flat = " ".join(page.text.split())
        for hit in pattern.finditer(flat):
            yield page.number, hit[0], hit


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in words) + r")\b", re.I)
