"""The machine's looks, by the background worker. Every task may run twice and at any time; a worker that is killed loses nothing."""

from __future__ import annotations

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from pamong.agencies.models import Region
from pamong.assessments.models import Entry
from pamong.checks import queries
from pamong.checks.actions import examining, reminding

A_SWEEP = 100  # entries looked at in one go; the next sweep comes in a minute


def look(pk: int) -> int:
    """Look at the entry ``pk``: something about a claim of it changed. Returns how many claims were looked at."""
    with scopes_disabled():
        entry = queries.running().filter(pk=pk).first()
    return _look(entry) if entry else 0


def document_read(version: int) -> int:
    """A version has been read: look at every entry it is a proof in."""
    with scopes_disabled():
        entries = queries.using(version)
    return sum(look(pk) for pk in entries)


def sweep() -> int:
    """Look at whatever changed and nobody asked for: a task that was lost, rules that are new."""
    with scopes_disabled():
        entries = queries.to_look_at(A_SWEEP)
    return sum(look(pk) for pk in entries)


def look_at_all() -> int:
    """Compare every entry of the running years with what was looked at; what is as it was costs a few queries."""
    with scopes_disabled():
        entries = list(queries.running().order_by("pk").values_list("pk", flat=True))
    return sum(look(pk) for pk in entries)


def remind() -> int:
    """Remind people of proofs about to go stale; returns how many messages. Twice on a day is once."""
    with scopes_disabled():
        regions = list(Region.objects.filter(is_active=True))
    told = 0
    for region in regions:
        with scope(region=region):
            told += reminding.remind(region, timezone.localdate())
    return told


def _look(entry: Entry) -> int:
    with scope(region=entry.region):
        return examining.look(entry)
