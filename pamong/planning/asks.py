"""What people ask of planning, as plain values that forms make and actions take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pamong.accounts.models import User

PAST = "Tenggatnya sudah lewat. Pilih tanggal hari ini atau sesudahnya."


@dataclass(frozen=True)
class Without:
    """What a plan leaves out: agencies by slug, entries by code, indicators by code."""

    agencies: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wish:
    """A question: the goal with its index or rank, days by agency (absent: ``otherwise``, ``None``: as many as needed), money, the day, and what is
    left out. The region's own office is the agency with the empty slug."""

    name: str
    goal: str
    until: date
    target: Decimal | None = None
    rank: int | None = None
    budgets: dict[str, Decimal] | None = None
    otherwise: Decimal | None = None
    cost: Decimal | None = None
    without: Without = Without()


@dataclass(frozen=True, slots=True)
class Share:
    """Who answers for an agency's part of a plan, and by when."""

    person: User | None
    due_on: date
