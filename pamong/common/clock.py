"""What the clock starts: one schedule per name, however often the installation starts."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_q.models import Schedule

DAILY: dict[str, Any] = {"schedule_type": Schedule.DAILY}


def every(minutes: int) -> dict[str, Any]:
    return {"schedule_type": Schedule.MINUTES, "minutes": minutes}


@transaction.atomic
def keep(name: str, func: str, when: dict[str, Any]) -> None:
    """Have ``func`` run for ever; called again it changes nothing, and doubles made by racing starts go."""
    wanted = {"func": func, "repeats": -1, **when}
    schedules = Schedule.objects.select_for_update().filter(name=name).order_by("pk")
    first = schedules.first()
    if first is None:
        Schedule.objects.create(name=name, **wanted)
        return
    schedules.exclude(pk=first.pk).delete()
    Schedule.objects.filter(pk=first.pk).update(**wanted)
