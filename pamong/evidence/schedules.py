"""What the clock does for this feature."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_q.models import Schedule

PLAN: dict[str, dict[str, Any]] = {
    "pamong-arrivals": {"func": "pamong.evidence.tasks.check_waiting", "schedule_type": Schedule.MINUTES, "minutes": 1},
    "pamong-sweep": {"func": "pamong.evidence.tasks.sweep", "schedule_type": Schedule.DAILY},
}


@transaction.atomic
def ensure() -> None:
    """Have arrivals checked every minute should their own task have died, and the store swept daily. Twice is once."""
    for name, wanted in PLAN.items():
        schedules = Schedule.objects.select_for_update().filter(name=name).order_by("pk")
        first = schedules.first()
        if first is None:
            Schedule.objects.create(name=name, repeats=-1, **wanted)
            continue
        schedules.exclude(pk=first.pk).delete()
        Schedule.objects.filter(pk=first.pk).update(repeats=-1, **wanted)
