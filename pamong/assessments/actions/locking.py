"""How the acts of this feature take turns: the entry's row is the lock of all that hangs on it.

Closing a year locks the year and then every entry; an act on an entry locks that entry and *afterwards* reads the year. So
an act either ends before the year closes, or sees that it is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.assessments import packing
from pamong.assessments.models import Assessment, Entry, Hand, Verdict
from pamong.common.question import Question

_hold = Question(
    lambda entry: Entry.objects.select_for_update(no_key=True).filter(pk=entry).order_by().values_list("pk")
)
_fresh = Question(
    lambda entry: (
        Entry.objects.select_related("assessment", "region", "agency", "innovation").filter(pk=entry).order_by()
    )
)


def lock(entry: Entry) -> Entry:
    """The present ``entry``, held until the transaction ends, with what policies and packing look at freshly read."""
    _hold(entry.pk)
    for fresh in _fresh(entry.pk):
        return fresh
    raise Entry.DoesNotExist


def lock_year(assessment: Assessment) -> Assessment:
    """The present ``assessment``, held until the transaction ends."""
    locked: Assessment = (
        Assessment.objects.select_for_update(no_key=True, of=("self",)).select_related("region").get(pk=assessment.pk)
    )
    return locked


def lay_hands(entry: Entry, hands: Iterable[tuple[User | int, Hand.Act]]) -> None:
    """Remember who had a hand in ``entry``; once is enough."""
    Hand.objects.bulk_create(
        [
            Hand(region_id=entry.region_id, entry=entry, person_id=who if isinstance(who, int) else who.pk, act=act)
            for who, act in hands
        ],
        ignore_conflicts=True,
    )


@dataclass(frozen=True)
class _Announcement:
    """Tells the background worker of a changed entry."""

    task: str
    entry: int

    def __call__(self) -> None:
        async_task(self.task, self.entry, group="claim")


def announce(entry: Entry) -> None:
    """Once this is kept, have the background worker told that a claim or proof of ``entry`` is other than it was.

    Twenty changes in one transaction are told once.
    """
    for task in settings.TASKS_ON_CLAIM:
        told = _Announcement(task, entry.pk)
        if all(waiting[1] != told for waiting in reversed(connection.run_on_commit)):
            transaction.on_commit(told)


def reopen_verdict(entry: Entry, indicator: str, because: str) -> Verdict | None:
    """The standing verdict no longer speaks of what lies there now: reopened, visibly. ``None`` if none stood."""
    verdict: Verdict | None = entry.verdicts.filter(indicator=indicator, stands=True).first()
    if verdict is None:
        return None
    verdict.stands, verdict.reopened_at, verdict.reopened_because = False, timezone.now(), because
    verdict.save(update_fields=["stands", "reopened_at", "reopened_because"])
    packing.set_verified(entry, indicator, None)
    return verdict
