"""Arrivals checked as they come, and again by a clock; what nobody wants any more swept away. All safe to run at any time."""

from __future__ import annotations

from django_scopes import scope, scopes_disabled

from pamong.agencies.models import Region
from pamong.evidence import queries
from pamong.evidence.actions import checking, sweeping


def check(region: int, arrival: int) -> None:
    """Check one arrival; one that is gone or done is left alone."""
    with scope(region=Region.objects.get(pk=region)):
        for found in queries.waiting().filter(pk=arrival):
            checking.check(found)


def check_waiting() -> int:
    """Check what still waits, because the task that should have done it died or the store was away. Returns how many."""
    with scopes_disabled():
        waiting = list(queries.waiting().values_list("region_id", "pk"))
    for region, arrival in waiting:
        check(region, arrival)
    return len(waiting)


def sweep() -> sweeping.Swept:
    """Throw away what has expired and what no row speaks of."""
    with scopes_disabled():
        return sweeping.sweep()
