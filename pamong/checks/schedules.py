"""What the clock does for this feature."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_q.models import Schedule

TASKS = "pamong.checks.tasks"
WANTED: dict[str, dict[str, Any]] = {
    "pamong-checks": {"func": f"{TASKS}.sweep", "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1},
    "pamong-checks-all": {"func": f"{TASKS}.look_at_all", "schedule_type": Schedule.DAILY, "repeats": -1},
    "pamong-checks-remind": {"func": f"{TASKS}.remind", "schedule_type": Schedule.DAILY, "repeats": -1},
}


@transaction.atomic
def ensure() -> None:
    """Have what changed looked at every minute, and everything once a day. Called at every start; twice is once."""
    for name, wanted in WANTED.items():
        schedules = Schedule.objects.select_for_update().filter(name=name).order_by("pk")
        first = schedules.first()
        if first is None:
            Schedule.objects.create(name=name, **wanted)
        else:
            schedules.exclude(pk=first.pk).delete()
            Schedule.objects.filter(pk=first.pk).update(**wanted)
