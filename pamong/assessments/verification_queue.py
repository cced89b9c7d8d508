"""The queue: everything sent upward in one year, as one person sees it, narrowed and ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Agency
from pamong.agencies.standing import standing
from pamong.assessments.models import UNANSWERED, Assessment, Hand, Verdict
from pamong.assessments.states import REPORTED, State
from pamong.assessments.verification_queries import OPEN_STATES, codes_in, visible_to
from pamong.evidence.models import Version

STATE_LABELS = {state.value: str(state.label) for state in State}


def in_points(hundredths: int) -> str:
    """Hundredths of a point as people write them: 9050 is "90,50"."""
    return f"{hundredths // 100},{hundredths % 100:02}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue. Points in hundredths."""

    pk: int
    code: str
    kind: str
    name: str
    agency: str
    agency_slug: str
    state: str
    since: datetime | None
    due_on: date | None
    days: int
    late: int
    verifier_id: int | None
    verifier: str
    claimed: int
    verified: int
    answered: int
    judged: int
    reopened: tuple[str, ...]
    is_own: bool

    @property
    def stake(self) -> int:
        """What is claimed and not (yet) found proven, in hundredths of a point."""
        return max(self.claimed - self.verified, 0)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class Queue:
    """Everything sent upward in one year, as one person sees it."""

    assessment: Assessment
    rows: Sequence[Waiting]

    def by_state(self) -> dict[str, int]:
        return {state: sum(row.state == state for row in self.rows) for state in State if state in REPORTED}

    @property
    def late(self) -> int:
        return sum(row.late > 0 for row in self.rows)

    @property
    def reopened(self) -> int:
        return sum(bool(row.reopened) for row in self.rows)

    @property
    def open(self) -> int:
        return sum(row.is_open for row in self.rows)

    @property
    def stake(self) -> str:
        """The points claimed and not found proven over everything undecided."""
        return in_points(sum(row.stake for row in self.rows if row.is_open))

    @property
    def unassigned(self) -> int:
        return sum(row.is_open and row.verifier_id is None for row in self.rows)

    def agencies(self) -> list[tuple[str, str]]:
        return sorted({(row.agency_slug, row.agency) for row in self.rows if row.agency_slug}, key=lambda each: each[1])

    def people(self) -> list[tuple[int, str]]:
        found = {(row.verifier_id, row.verifier) for row in self.rows if row.verifier_id is not None}
        return sorted(found, key=lambda each: each[1])


_COLUMNS = (
    "pk", "code", "kind", "innovation__name", "agency__slug", "agency__name", "agency__short_name", "agency__path",
    "state", "submitted_at", "due_on", "verifier_id", "verifier__name", "verifier__email", "claimed", "verified",
    "score__claimed", "score__verified",
)  # fmt: skip


def queue(user: User, assessment: Assessment, *, today: date | None = None) -> Queue:
    """The queue of ``assessment`` in three queries, however many entries. A region has a few hundred: all are read."""
    found = visible_to(user, assessment.region).filter(assessment=assessment).order_by("submitted_at", "pk")
    reader = _Reader(user, assessment, today or timezone.localdate())
    return Queue(assessment, [reader.read(row) for row in found.values_list(*_COLUMNS)])


class _Reader:
    """Turns rows into lines of the queue: knows the day, the rules' order of indicators, and whose entries are whose."""

    def __init__(self, user: User, assessment: Assessment, today: date) -> None:
        self.standing, self.today, self.zone = standing(user), today, timezone.get_current_timezone()
        self.assessment, self.edition = assessment, assessment.edition
        self.days = timedelta(days=assessment.region.verification_days)
        self.own = own_in(user, assessment)
        self.reopened = _reopened(Verdict.objects.filter(entry__assessment=assessment))
        self.houses: dict[str, bool] = {}

    def read(self, row: tuple) -> Waiting:  # type: ignore[type-arg]
        (pk, code, kind, name, slug, agency, short, path, state, since, due, verifier, who, email, claimed, verified,
         points, proven) = row  # fmt: skip
        day = since.astimezone(self.zone).date() if since else None
        due = due or (day + self.days if day else None)
        is_open = state in OPEN_STATES
        return Waiting(
            pk, code, kind, name or "Indikator daerah", short or agency or "", slug or "", state, since, due,
            (self.today - day).days if day else 0,
            max((self.today - due).days, 0) if due and is_open else 0,
            verifier, who or email or "", points or 0, proven or 0,
            len(claimed) - claimed.count(UNANSWERED), len(verified) - verified.count(UNANSWERED),
            unjudged(self.reopened.get(pk, ()), codes_in(self.edition, kind), verified),
            pk in self.own or self._is_house(path),
        )  # fmt: skip

    def _is_house(self, path: str | None) -> bool:
        if not path:
            return False
        if path not in self.houses:
            self.houses[path] = self.standing.works_at(Agency(path=path))
        return self.houses[path]


def own_in(user: User, assessment: Assessment) -> frozenset[int]:
    """The entries of the year ``user`` had a hand in. One query."""
    laid = Hand.objects.filter(person=user, entry__assessment=assessment).order_by().values_list("entry_id")
    uploaded = Version.objects.filter(by=user, document__proofs__claim__entry__assessment=assessment).order_by()
    return frozenset(pk for (pk,) in laid.union(uploaded.values_list("document__proofs__claim__entry_id")))


def unjudged(codes: Iterable[str], order: Sequence[str], verified: str) -> tuple[str, ...]:
    """Those of ``codes`` no verdict stands for, in the edition's order."""
    asked = set(codes)
    return tuple(code for code, mark in zip(order, verified, strict=True) if code in asked and mark == UNANSWERED)


def _reopened(verdicts: QuerySet[Verdict]) -> dict[int, set[str]]:
    """By entry, the indicators a verdict was reopened on, whether or not another stands by now."""
    found: dict[int, set[str]] = {}
    for entry, code in verdicts.filter(reopened_at__isnull=False).order_by().values_list("entry_id", "indicator"):
        found.setdefault(entry, set()).add(code)
    return found


HEADERS = (
    "Kode", "Inovasi", "Instansi", "Status", "Diajukan", "Umur (hari)", "Tenggat", "Terlambat (hari)", "Verifikator",
    "Klaim", "Terverifikasi", "Dipertaruhkan", "Indikator dinilai", "Indikator diklaim", "Dibuka kembali",
)  # fmt: skip


def as_cells(row: Waiting) -> tuple[object, ...]:
    """A line of the queue for a spreadsheet; points as points."""
    return (
        row.code, row.name, row.agency, row.state_label, row.since, row.days, row.due_on, row.late or None, row.verifier,
        row.claimed / 100, row.verified / 100, row.stake / 100, row.judged, row.answered, ", ".join(row.reopened),
    )  # fmt: skip


SORTS: dict[str, Callable[[Waiting], Any]] = {
    "umur": lambda row: (-row.days, row.name.lower()),
    "tenggat": lambda row: (row.due_on or date.max, row.name.lower()),
    "nama": lambda row: row.name.lower(),
    "instansi": lambda row: (row.agency.lower(), row.name.lower()),
    "taruhan": lambda row: (-row.stake, row.name.lower()),
    "status": lambda row: (list(State).index(State(row.state)), row.name.lower()),
    "verifikator": lambda row: (row.verifier.lower() or "￿", row.name.lower()),
}
DEFAULT_SORT = "tenggat"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person looks for in the queue; empty means everything."""

    q: str = ""
    state: str = ""
    agency: str = ""
    verifier: str = ""
    only: str = ""
    sort: str = DEFAULT_SORT


def picked(rows: Iterable[Waiting], wanted: Wanted, user: User) -> list[Waiting]:
    """``rows`` narrowed and ordered as ``wanted``; open work first."""
    key = SORTS.get(wanted.sort.removeprefix("-"), SORTS[DEFAULT_SORT])
    found = sorted((row for row in rows if _fits(row, wanted, user)), key=key, reverse=wanted.sort.startswith("-"))
    return sorted(found, key=lambda row: not row.is_open) if wanted.sort == DEFAULT_SORT else found


def _fits(row: Waiting, wanted: Wanted, user: User) -> bool:
    words = wanted.q.lower().split()
    return (
        all(word in f"{row.name} {row.agency} {row.code}".lower() for word in words)
        and wanted.state in ("", row.state)
        and wanted.agency in ("", row.agency_slug)
        and _is_assigned(row, wanted.verifier, user)
        and (wanted.only not in _ONLY or _ONLY[wanted.only](row))
    )


_ONLY: dict[str, Callable[[Waiting], bool]] = {
    "terlambat": lambda row: row.late > 0,
    "dibuka-kembali": lambda row: bool(row.reopened),
    "terbuka": lambda row: row.is_open,
}


def _is_assigned(row: Waiting, verifier: str, user: User) -> bool:
    match verifier:
        case "":
            return True
        case "saya":
            return row.verifier_id == user.pk
        case "kosong":
            return row.verifier_id is None and row.is_open
        case _:
            return str(row.verifier_id) == verifier
