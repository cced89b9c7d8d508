"""Who is late beside the tasks of a plan: repairs unanswered, verdicts past their date, drafts near the deadline, nothing reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.queries import tree
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import Phase, State
from pamong.dashboards import queries

SOON = timedelta(days=14)
MOST = 3  # names in one line; more would not be read in thirty seconds
REGION = "Daerah"  # answers for the region's own indicators
TO_JUDGE = (State.SUBMITTED, State.VERIFYING)


@dataclass(frozen=True, slots=True)
class Late:
    """One kind of lateness: what, how many, whose, and how long at worst. ``status``: the state to filter the year by."""

    text: str
    count: int
    who: tuple[str, ...]
    more: int
    worst: str
    status: str

    @property
    def says(self) -> str:
        names = ", ".join(self.who)
        return f"{names}, dan {self.more} lainnya" if self.more else names


@dataclass(frozen=True, slots=True)
class Work:
    """One entry as far as lateness needs it."""

    agency: str
    state: str
    due_on: date | None
    verifier: str
    returned_on: date | None


def late(user: User, assessment: Assessment, today: date) -> list[Late]:
    """What is late or about to be on ``today``, what holds others up first; nothing once the year is closed. Four queries."""
    if assessment.phase == Phase.CLOSED:
        return []
    return told(assessment, _works(assessment), _owing(user, assessment), today)


def _works(assessment: Assessment) -> list[Work]:
    waiting = Min("repairs__at", filter=Q(repairs__answered_at__isnull=True))
    rows = Entry.objects.filter(assessment=assessment).annotate(returned_at=waiting).order_by("pk")
    columns = ("agency__short_name", "agency__name", "state", "due_on", "verifier__name", "returned_at")
    return [
        Work(short or name or REGION, state, due_on, verifier or "", timezone.localdate(at) if at else None)
        for short, name, state, due_on, verifier, at in rows.values_list(*columns)
    ]


def _owing(user: User, assessment: Assessment) -> list[str]:
    """The agencies with a target this year that have reported nothing."""
    agencies = tree.visible_to(user, assessment.region)
    rows = queries.compliance(agencies, assessment.region, assessment)
    return [row.name for row in rows if row.minimum and not row.reported]


def told(assessment: Assessment, works: Sequence[Work], owing: Sequence[str], today: date) -> list[Late]:
    """The kinds of lateness there are among ``works`` and ``owing``."""
    returned = [each for each in works if each.state == State.RETURNED]
    overdue = [each for each in works if each.state in TO_JUDGE and each.due_on and each.due_on < today]
    near = assessment.phase == Phase.OPEN and today + SOON >= assessment.internal_deadline
    unsent = [each for each in works if near and each.state in (State.DRAFT, State.AWAITING)]
    found = (
        Late("dikembalikan, belum diperbaiki", len(returned), *_who(each.agency for each in returned),
             _since(today, (each.returned_on for each in returned)), State.RETURNED),
        Late("verifikasi lewat tenggat", len(overdue), *_who(each.verifier or "belum ada verifikator" for each in overdue),
             _since(today, (each.due_on for each in overdue)), State.VERIFYING),
        Late("belum diajukan menjelang tenggat", len(unsent), *_who(each.agency for each in unsent),
             _until(today, assessment.internal_deadline), State.DRAFT),
        Late("instansi belum melaporkan apa pun", len(owing), *_who(owing), "", ""),
    )  # fmt: skip
    return [each for each in found if each.count]


def _who(names: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """The names that occur most, and how many others there are."""
    counted = Counter(names)
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    return tuple(ordered[:MOST]), max(len(ordered) - MOST, 0)


def _since(today: date, days: Iterable[date | None]) -> str:
    known = [day for day in days if day is not None]
    waited = (today - min(known)).days if known else 0
    return f"paling lama {waited} hari" if waited else ""


def _until(today: date, day: date) -> str:
    left = (day - today).days
    return f"tenggat {left} hari lagi" if left > 0 else "tenggat hari ini" if not left else f"lewat {-left} hari"
