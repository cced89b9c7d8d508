"""What the reader saw and found in versions of documents, for the rules: one query each for facts and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from pamong.reading.facts import Facts, Finding
from pamong.reading.models import Finding as Row
from pamong.reading.models import Reading
from pamong.reading.states import State

SETTLED = (State.DONE, State.FAILED)


@dataclass(frozen=True)
class Read:
    """One finished reading. ``stamp`` changes when the version is read again."""

    facts: Facts
    findings: tuple[Finding, ...]
    stamp: str


def read_of(versions: Iterable[int]) -> dict[int, Read]:
    """By version: the reading of the newest reader that has come to an end. Versions not read yet are left out."""
    rows = Reading.objects.filter(version__in=list(versions), state__in=SETTLED).select_related("version")
    newest = {cast(int, reading.version_id): reading for reading in rows.order_by("reader")}
    findings: dict[int, list[Finding]] = {}
    for row in Row.objects.filter(reading__in=[reading.pk for reading in newest.values()]).order_by("pk"):
        findings.setdefault(row.reading_id, []).append(row.value)
    return {
        version: Read(reading.seen, tuple(findings.get(reading.pk, ())), f"{reading.pk}:{reading.finished_at}")
        for version, reading in newest.items()
    }
