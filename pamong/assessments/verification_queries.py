"""What can be asked about verification: the queue, one entry under judgement, who may not judge it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.queries import people_with
from pamong.agencies.standing import standing
from pamong.assessments.models import (
    Assessment,
    CannedReason,
    Entry,
    Hand,
    Repair,
)
from pamong.assessments.states import REPORTED, Phase, State
from pamong.evidence.models import Version

if TYPE_CHECKING:
    from pamong.engine.edition import Edition

P = Permission
READERS = (P.VERIFY, P.MANAGE_ASSESSMENT, P.CONTROL_QUALITY)
OPEN_STATES = (State.SUBMITTED, State.VERIFYING, State.RETURNED)


def sees_queue(user: User, region: Region) -> bool:
    """Whether the verifiers' pages are for ``user``: verifiers, who runs the year, quality controllers."""
    return any(standing(user).may_in(permission, region) for permission in READERS)


def visible_to(user: User, region: Region) -> QuerySet[Entry]:
    """The entries the verifiers' pages show ``user``: everything sent upward, for those who belong there."""
    rows: QuerySet[Entry] = Entry.objects.filter(region=region, state__in=REPORTED)
    return rows if sees_queue(user, region) else rows.none()


def years(user: User, region: Region) -> list[Assessment]:
    """The years that have been opened, newest first."""
    if not sees_queue(user, region):
        return []
    return list(
        Assessment.objects.filter(region=region)
        .select_related("region")
        .exclude(phase=Phase.PREPARED)
        .order_by("-year")
    )


# -- who may not judge ------------------------------------------------------------------------------------------------


def hands_of(user: User, entry: Entry) -> frozenset[str]:
    """What ``user`` did for ``entry``: claimed, uploaded (any version of an attached document), submitted, endorsed."""
    acts = set(Hand.objects.filter(entry=entry, person=user).values_list("act", flat=True))
    if Version.objects.filter(by=user, document__proofs__claim__entry=entry).exists():
        acts.add(Hand.Act.UPLOADED)
    return frozenset(acts)


def hands_in(entries: Iterable[int], people: Iterable[int]) -> set[tuple[int, int]]:
    """(entry, person) wherever one of ``people`` had a hand in one of ``entries``. Two queries."""
    entries, people = list(entries), list(people)
    laid = Hand.objects.filter(entry__in=entries, person__in=people).values_list("entry_id", "person_id")
    uploaded = Version.objects.filter(by__in=people, document__proofs__claim__entry__in=entries)
    return {*laid, *uploaded.values_list("document__proofs__claim__entry_id", "by_id")}


def verifiers(region: Region) -> list[User]:
    """Everybody who verifies in ``region``, by name."""
    return list(people_with(P.VERIFY, region).order_by("name", "pk"))


def loads(assessment: Assessment) -> dict[int, int]:
    """How many undecided entries each verifier holds."""
    rows = Entry.objects.filter(assessment=assessment, state__in=OPEN_STATES, verifier__isnull=False).order_by()
    return dict(rows.values_list("verifier").annotate(Count("pk")))


def codes_in(edition: Edition, kind: str) -> tuple[str, ...]:
    return edition.institution_codes if kind == Entry.Kind.INSTITUTION else edition.innovation_codes


def to_judge(entry: Entry) -> list[str]:
    """The indicators a decision still waits for: claimed or mandatory, and no verdict stands on the present claim."""
    edition = entry.assessment.edition
    claims = dict(entry.claims.order_by().values_list("indicator", "version"))
    fresh = {
        code
        for code, version in entry.verdicts.filter(stands=True).order_by().values_list("indicator", "claim_version")
        if version == claims.get(code, 0)
    }
    return [
        code
        for code in codes_in(edition, entry.kind)
        if (code in claims or edition.indicator(code).mandatory) and code not in fresh
    ]


# -- one entry ----------------------------------------------------------------------------------------------------------


def due_on(entry: Entry) -> date | None:
    """The day by which ``entry`` is to be decided: as assigned, else counted from the day it was handed over."""
    if entry.due_on or entry.submitted_at is None:
        return entry.due_on
    return timezone.localdate(entry.submitted_at) + timedelta(days=entry.region.verification_days)


def affair_label(entry: Entry) -> str:
    affair = entry.assessment.edition.affairs_by_code.get(entry.affair)
    return affair.label if affair else ""


def days_late(entry: Entry, today: date) -> int:
    due = due_on(entry)
    return max((today - due).days, 0) if due and entry.state in OPEN_STATES else 0


# -- the rest ---------------------------------------------------------------------------------------------------------


def canned_reasons(user: User, region: Region) -> QuerySet[CannedReason]:
    rows: QuerySet[CannedReason] = CannedReason.objects.filter(region=region)
    return rows if sees_queue(user, region) else rows.none()


def repairs_of(entry: Entry) -> list[Repair]:
    """Everything ever returned, newest round first."""
    return list(entry.repairs.select_related("by").order_by("-round", "pk"))
