"""What people ask of planning, as plain values that forms make and actions take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pamong.accounts.models import User


@dataclass(frozen=True)
class Wish:
    """A question: the goal, days by agency (absent: ``otherwise``, ``None``: as many as needed), money, and the day."""

    name: str
    goal: str
    until: date
    target: Decimal | None = None
    budgets: dict[str, Decimal] | None = None
    otherwise: Decimal | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Who answers for an agency's part of a plan, and by when."""

    person: User | None
    due_on: date
