"""What the clock does for this feature."""

from __future__ import annotations

from django.db import transaction
from django_q.models import Schedule

NAME = "pamong-task-reminders"


@transaction.atomic
def ensure() -> None:
    """Have people reminded of their tasks every day. Called at every start; twice is once."""
    wanted = {"func": "pamong.planning.tasks.remind_of_tasks", "schedule_type": Schedule.DAILY, "repeats": -1}
    schedules = Schedule.objects.select_for_update().filter(name=NAME).order_by("pk")
    first = schedules.first()
    if first is None:
        Schedule.objects.create(name=NAME, **wanted)
        return
    schedules.exclude(pk=first.pk).delete()
    Schedule.objects.filter(pk=first.pk).update(**wanted)
