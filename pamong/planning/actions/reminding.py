"""Reminders of tasks: a week before, the day before, and every week after the day has passed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.notifications.actions import tell
from pamong.planning.actions.agreeing import described
from pamong.planning.models import Task

AHEAD = frozenset({7, 1})
EVERY = 7  # days between reminders of what is late


@transaction.atomic
def remind(today: date | None = None) -> int:
    """Tell each person once a day, in one message, of their tasks that come due or are late; returns how many people."""
    today = today or timezone.localdate()
    by_person: dict[User, list[Task]] = {}
    for task in _open():
        if _is_due(task.due_on, today) and task.person is not None:
            by_person.setdefault(task.person, []).append(task)
    for person, tasks in by_person.items():
        subject = f"{len(tasks)} tugas rencana inovasi menunggu Anda"
        tell(person, subject, _body(tasks, today), region=tasks[0].region, key=f"tasks:{person.pk}:{today}")
    return len(by_person)


def _is_due(due_on: date, today: date) -> bool:
    left = (due_on - today).days
    return left in AHEAD or (left < 0 and left % EVERY == 0)


def _open() -> Iterable[Task]:
    rows = Task.objects.filter(state=Task.State.OPEN, person__isnull=False).order_by("due_on", "pk")
    return rows.select_related("person", "region", "entry__assessment", "entry__innovation")


def _body(tasks: list[Task], today: date) -> str:
    lines = [f"- {described(task)}: {_when(task.due_on, today)}" for task in tasks]
    return "Tugas Anda dalam rencana yang disepakati:\n\n" + "\n".join(lines) + "\n"


def _when(due_on: date, today: date) -> str:
    left = (due_on - today).days
    return f"terlambat {-left} hari" if left < 0 else f"tenggat {due_on:%d-%m-%Y}, {left} hari lagi"
