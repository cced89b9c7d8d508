"""The levels of an entry once more, packed: what a nation is computed from in one pass.

``Entry.claimed`` and ``Entry.verified`` repeat the claims and the standing verdicts, one character per indicator in the
edition's order (``-``: none), and ``EntryScore`` repeats what they come to. They are changed here only, together with the
row they repeat and under the entry's lock; ``faults`` finds where they fell apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from django.db.models import QuerySet

from pamong.assessments.models import UNANSWERED, Assessment, Claim, Entry, EntryScore, Verdict
from pamong.engine import edition as editions
from pamong.engine import index

Which = Literal["claimed", "verified"]
HUNDREDTHS = 100


def codes_of(entry: Entry) -> tuple[str, ...]:
    """The indicators of ``entry`` in the order of its packed strings."""
    return _codes(entry.assessment.edition, entry.kind)


def levels_of(entry: Entry, which: Which) -> dict[str, int]:
    """The level of every indicator; zero where there is none."""
    return _unpacked(codes_of(entry), getattr(entry, which))


def set_claimed(entry: Entry, indicator: str, level: int | None) -> None:
    """Repeat the claim of ``level`` (``None``: withdrawn) in the locked ``entry`` and its score. ``KeyError`` for a foreign indicator."""
    _put(entry, "claimed", {indicator: level})


def set_verified(entry: Entry, indicator: str, level: int | None) -> None:
    """Repeat the standing verdict of ``level`` (``None``: none stands) in the locked ``entry`` and its score."""
    _put(entry, "verified", {indicator: level})


def points(entry: Entry, which: Which) -> int:
    """What the packed levels come to, in hundredths of a point: maturity, or the institution's score."""
    levels = levels_of(entry, which)
    edition = entry.assessment.edition
    if entry.kind == Entry.Kind.INSTITUTION:
        return round(sum(line.points for line in index.institution(edition, levels)) * HUNDREDTHS)
    return round(index.maturity(edition, levels).points * HUNDREDTHS)


def faults(assessment: Assessment) -> list[str]:
    """Every place where packed strings or scores do not repeat the rows, in English, one line each; empty is sound."""
    claims: dict[int, dict[str, int]] = {}
    verdicts: dict[int, dict[str, int]] = {}
    for entry_id, code, level in _rows(Claim.objects.filter(entry__assessment=assessment)):
        claims.setdefault(entry_id, {})[code] = level
    for entry_id, code, level in _rows(Verdict.objects.filter(entry__assessment=assessment, stands=True)):
        verdicts.setdefault(entry_id, {})[code] = level
    found: list[str] = []
    for entry in assessment.entries.select_related("assessment", "score").order_by("pk"):
        found += _faults_of(entry, "claimed", claims.get(entry.pk, {}))
        found += _faults_of(entry, "verified", verdicts.get(entry.pk, {}))
    return found


def _codes(edition: editions.Edition, kind: str) -> tuple[str, ...]:
    return edition.institution_codes if kind == Entry.Kind.INSTITUTION else edition.innovation_codes


def _unpacked(codes: tuple[str, ...], packed: str) -> dict[str, int]:
    return {code: 0 if mark == UNANSWERED else int(mark) for code, mark in zip(codes, packed, strict=True)}


def _put(entry: Entry, which: Which, levels: Mapping[str, int | None]) -> None:
    places = {code: place for place, code in enumerate(codes_of(entry))}
    marks = list(getattr(entry, which))
    for code, level in levels.items():
        marks[places[code]] = UNANSWERED if level is None else str(level)
    setattr(entry, which, "".join(marks))
    entry.save(update_fields=[which])
    score = points(entry, which)
    if not EntryScore.objects.filter(pk=entry.pk).update(**{which: score}):
        EntryScore.objects.create(entry=entry, **{which: score})


def _rows(rows: QuerySet[Claim] | QuerySet[Verdict]) -> list[tuple[int, str, int]]:
    return list(rows.values_list("entry_id", "indicator", "level"))


def _faults_of(entry: Entry, which: Which, rows: Mapping[str, int]) -> list[str]:
    found = []
    expected = "".join(str(rows[code]) if code in rows else UNANSWERED for code in codes_of(entry))
    packed = getattr(entry, which)
    if packed != expected:
        found.append(f"entry {entry.code}: {which} is {packed}, rows say {expected}")
    score = getattr(entry, "score", None)
    if (getattr(score, which) if score else None) != points(entry, which):
        found.append(f"entry {entry.code}: score {which} is not {points(entry, which)}")
    return found
