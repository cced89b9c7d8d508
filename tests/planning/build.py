"""Plans and tasks brought into being through the actions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pamong.assessments.models import Assessment, Entry
from pamong.planning.actions import agreeing, plans
from pamong.planning.asks import Share, Wish
from pamong.planning.models import Plan, Task
from tests.assessments import build as reports
from tests.build import People

HALF = {"16": 1, "17": 1, "32": 1, "33": 1, "35": 1, "23": 1}


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def wish(**changes: Any) -> Wish:
    given: dict[str, Any] = {
        "name": "Rencana uji", "goal": Plan.Goal.MOST, "until": in_days(60), "otherwise": Decimal(6),
    }  # fmt: skip
    return Wish(**{**given, **changes})


def year(people: People, entries: int = 2) -> Assessment:
    """A year under way in which Dinas Contoh has so many drafts, claimed and proven in part."""
    for _ in range(entries):
        reports.entry(people, levels=HALF)
    return Assessment.objects.get(region=people.region, year=2026)


def asked(people: People, **changes: Any) -> Plan:
    """A plan asked for and not computed yet: nothing runs before the test's transaction ends."""
    found = Assessment.objects.filter(region=people.region, year=2026).first() or year(people)
    return plans.ask(found, wish(**changes), by=people.region_admin)


def solved(people: People, **changes: Any) -> Plan:
    return plans.solve(asked(people, **changes))


def agreed(people: People, **changes: Any) -> Plan:
    """A plan whose tasks are the operator's, and the administrator's where they are the region's own."""
    plan = solved(people, **changes)
    until = plan.until
    shares = {people.agency.slug: Share(people.operator, until), "": Share(people.region_admin, until)}
    return agreeing.agree(plan, shares, by=people.region_admin)


def task(people: People, **changes: Any) -> Task:
    """The first task of an agreed plan that is Dinas Contoh's."""
    found = agreed(people, **changes).tasks.filter(agency=people.agency).order_by("pk").first()
    assert found is not None
    return found


def proven(task: Task, people: People) -> Entry:
    """What ``task`` asks for, claimed, proven and judged."""
    from pamong.assessments.actions import verifying
    from tests.verification import build as verification

    entry = reports.claimed(task.entry, people.operator, {task.indicator: task.level})
    entry = verifying.begin(reports.submitted(entry, people), by=people.verifier)
    verification.judge(entry, task.indicator, by=people.verifier)
    return Entry.objects.get(pk=entry.pk)
