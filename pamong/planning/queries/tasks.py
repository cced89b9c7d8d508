"""Tasks: whose, how far, and what they brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region, Steward
from pamong.agencies.queries.tree import under
from pamong.agencies.standing import standing
from pamong.assessments.models import UNANSWERED
from pamong.assessments.states import State as EntryState
from pamong.planning.models import Task
from pamong.planning.queries.ground import OWN_LABEL


def visible_to(user: User, region: Region) -> QuerySet[Task]:
    """The tasks of ``region``: all for its readers, else the own agencies' and those given to oneself there."""
    rows: QuerySet[Task] = Task.objects.filter(region=region).select_related(
        "region", "agency__region", "entry__assessment", "entry__innovation", "person", "plan"
    )
    if standing(user).may_in(Permission.READ_REGION, region):
        return rows
    paths = standing(user).paths(Permission.READ_AGENCY, region)
    return rows.filter(under(paths, "agency__path")) if paths else rows.none()


@dataclass(frozen=True, slots=True)
class Row:
    """One task with what is claimed and proven now for its place."""

    task: Task
    claimed: int | None
    proven: int | None
    label: str
    today: date

    @property
    def agency(self) -> str:
        return str(self.task.agency or OWN_LABEL)

    @property
    def is_proven(self) -> bool:
        return self.proven is not None and self.proven >= self.task.level

    @property
    def is_claimed(self) -> bool:
        return self.claimed is not None and self.claimed >= self.task.level

    @property
    def is_late(self) -> bool:
        return self.task.state == Task.State.OPEN and not self.is_proven and self.task.due_on < self.today

    @property
    def tone(self) -> str:
        if self.is_proven:
            return "good"
        return "bad" if self.is_late else "info" if self.task.state == Task.State.OPEN else "neutral"

    @property
    def says(self) -> str:
        """How far it is, in two words."""
        if self.is_proven:
            return "terbukti"
        if self.is_late:
            return f"terlambat {(self.today - self.task.due_on).days} hari"
        return "diklaim" if self.is_claimed and self.task.state != Task.State.DROPPED else self.task.get_state_display()

    @property
    def brought(self) -> Decimal:
        """Of the planned gain, what the verdicts bear out so far."""
        return self._share(self.proven)

    @property
    def promised(self) -> Decimal:
        """Of the planned gain, what is claimed or proven so far."""
        return self._share(self.proven if self.proven is not None else self.claimed)

    def _share(self, level: int | None) -> Decimal:
        steps = self.task.level - self.task.start
        done = min(max((level or 0) - self.task.start, 0), steps)
        return self.task.gain * done / steps


def rows(tasks: Iterable[Task], today: date | None = None) -> list[Row]:
    """``tasks`` with how far each is. No query of its own."""
    today = today or timezone.localdate()
    return [_row(task, today) for task in tasks]


def _row(task: Task, today: date) -> Row:
    entry, edition = task.entry, task.entry.assessment.edition
    codes = edition.institution_codes if entry.innovation_id is None else edition.innovation_codes
    at = codes.index(task.indicator)
    proven = 0 if entry.state == EntryState.REJECTED else _level(entry.verified[at])
    return Row(task, _level(entry.claimed[at]), proven, edition.indicators[task.indicator].name, today)


def _level(mark: str) -> int | None:
    return None if mark == UNANSWERED else int(mark)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What tasks were to bring, and what they brought, in index points."""

    tasks: int
    proven: int
    late: int
    planned: Decimal
    promised: Decimal
    brought: Decimal


def harvest(every: Iterable[Row]) -> Harvest:
    """Planned against real, over tasks not dropped."""
    kept = [row for row in every if row.task.state != Task.State.DROPPED]
    return Harvest(
        len(kept),
        sum(row.is_proven for row in kept),
        sum(row.is_late for row in kept),
        sum((row.task.gain for row in kept), Decimal(0)),
        sum((row.promised for row in kept), Decimal(0)),
        sum((row.brought for row in kept), Decimal(0)),
    )


STATES: dict[str, Q] = {
    "berjalan": Q(state=Task.State.OPEN),
    "selesai": Q(state=Task.State.DONE),
    "dilepas": Q(state=Task.State.DROPPED),
}


def narrowed(tasks: QuerySet[Task], *, state: str = "", agency: str = "", mine: User | None = None, late: bool = False) -> QuerySet[Task]:  # fmt: skip
    """``tasks`` as a filter asks for them."""
    if state in STATES:
        tasks = tasks.filter(STATES[state])
    if agency:
        tasks = tasks.filter(agency__slug=agency)
    if mine is not None:
        tasks = tasks.filter(person=mine)
    if late:
        tasks = tasks.filter(state=Task.State.OPEN, due_on__lt=timezone.localdate())
    return tasks


def stewards_of(agencies: Iterable[Agency]) -> dict[int, User]:
    """For each agency its steward, to propose as the one who answers for its part."""
    open_ = Steward.objects.filter(agency__in=agencies, ends_on__isnull=True, person__is_active=True)
    return {each.agency_id: each.person for each in open_.select_related("person").order_by("starts_on", "pk")}
