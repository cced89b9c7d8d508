"""The lists and texts of the edition in force, as the pages of an innovation need them."""

from __future__ import annotations

from functools import lru_cache

from django.utils import timezone

from pamong.engine import edition as editions
from pamong.engine.edition import Choice, Edition, Status
from pamong.engine.edition import Field as EditionField

LISTS = {"theme": "themes", "programme": "clusters", "affair": "affairs", "other_affairs": "affairs"}


def current() -> Edition:
    """The edition of this calendar year; without one, the newest that is not a prognosis."""
    return _of_year(timezone.localdate().year)


@lru_cache(maxsize=8)
def _of_year(year: int) -> Edition:
    """Corrections (``iid-2026-rev1``) sort after what they correct, so the last one of a year holds."""
    everything = [editions.load(code) for code in editions.available()]
    of_year = [each for each in everything if each.year == year]
    return (of_year or [each for each in everything if each.status is not Status.PROGNOSIS])[-1]


def choices(field: str) -> list[tuple[str, str]]:
    """Codes and labels of the list behind ``theme``, ``programme``, ``affair`` or ``other_affairs`` this year."""
    return [(each.code, each.label) for each in getattr(current(), LISTS[field])]


def label(field: str, code: str) -> str:
    """What ``code`` is called: this year, else in the newest edition that knows it, else the code itself."""
    return _labels(field, timezone.localdate().year).get(code, code)


@lru_cache(maxsize=32)
def _labels(field: str, year: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in editions.available():
        found.update(_named(editions.load(code), field))
    return found | _named(_of_year(year), field)


def _named(edition: Edition, field: str) -> dict[str, str]:
    entries: tuple[Choice, ...] = getattr(edition, LISTS[field])
    return {each.code: each.label for each in entries}


def fields() -> dict[str, EditionField]:
    """This year's profile fields by their code."""
    return {each.code: each for each in current().fields}
