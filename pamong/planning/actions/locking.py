"""Holding a plan while it changes."""

from __future__ import annotations

from typing import Any

from pamong.planning.models import Plan
from pamong.planning.states import PLAN


def lock_plan(plan: Plan) -> Plan:
    """``plan`` as it is now, held until the transaction ends."""
    rows = Plan.objects.select_for_update(of=("self",))
    locked: Plan = rows.select_related("assessment__region", "region").get(pk=plan.pk)
    return locked


def take_step(plan: Plan, name: str, **values: Any) -> None:
    """Write the state ``name`` leads to, with other fields. Raises ``StepNotAllowed``."""
    plan.state = PLAN.step(name, state=plan.state).target
    for field, value in values.items():
        setattr(plan, field, value)
    plan.save(update_fields=["state", *values])
