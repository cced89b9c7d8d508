"""What runs in the background: computing plans, and reminding people of their tasks."""

from __future__ import annotations

from django_scopes import scope, scopes_disabled

from pamong.planning.actions import plans
from pamong.planning.actions.reminding import remind
from pamong.planning.models import Plan


def solve(pk: int) -> str:
    """Compute the plan ``pk``; returns the state it ends in. Safe to run again."""
    with scopes_disabled():
        plan = Plan.objects.select_related("region").get(pk=pk)
    with scope(region=plan.region):
        return plans.solve(plan).state


def remind_of_tasks() -> int:
    """Remind everybody of what is due soon or late; returns how many were told. Once a day, however often it runs."""
    with scopes_disabled():
        return remind()
