"""Proofs that go stale: documents in use whose validity ends soon, or has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments.models import Proof
from pamong.assessments.states import Phase
from pamong.checks.models import Reminding
from pamong.evidence import queries as library
from pamong.evidence.models import Document

AHEAD = 180  # days the page looks ahead


@dataclass(frozen=True)
class Ending:
    """A document whose validity ends, how many days that is from today, and what it proves."""

    document: Document
    until: date
    days: int
    uses: tuple[str, ...]

    @property
    def tone(self) -> str:
        return "bad" if self.days < 0 else "warn" if self.days <= 30 else "info"


def days_of(region: Region) -> tuple[int, ...]:
    """How many days before the end the people of ``region`` are reminded, the most first."""
    row = Reminding.objects.filter(region=region).first()
    return tuple(sorted(row.days, reverse=True)) if row else Reminding.USUAL


def visible_to(user: User, region: Region, today: date) -> list[Ending]:
    """The documents this person may read that are in use and end within ``AHEAD`` days, or have ended; the first to end first."""
    return _endings(library.visible_to(user, region).filter(valid_until__lte=today + timedelta(AHEAD)), today)


def due(region: Region, today: date, most: int) -> list[Ending]:
    """The documents of ``region`` in use that end within ``most`` days from today, for whoever reminds."""
    rows = Document.objects.filter(region=region, valid_until__gte=today, valid_until__lte=today + timedelta(most))
    return _endings(rows.select_related("agency", "region"), today)


def _endings(documents: QuerySet[Document], today: date) -> list[Ending]:
    used = Proof.objects.filter(document=OuterRef("pk")).exclude(claim__entry__assessment__phase=Phase.CLOSED)
    rows = list(documents.filter(Exists(used)).order_by("valid_until", "pk"))
    uses = _uses(rows)
    return [
        Ending(row, row.valid_until, (row.valid_until - today).days, tuple(uses.get(row.pk, ())))
        for row in rows
        if row.valid_until
    ]


def _uses(documents: list[Document]) -> dict[int, list[str]]:
    rows = Proof.objects.filter(document__in=documents).exclude(claim__entry__assessment__phase=Phase.CLOSED)
    found: dict[int, list[str]] = {}
    shown = ("document_id", "claim__entry__innovation__name", "claim__indicator")
    for document, name, code in rows.order_by("claim__entry_id", "claim__indicator").values_list(*shown):
        found.setdefault(document, []).append(f"{name or 'Indikator daerah'} · {code}")
    return found
