"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import DAILY, keep

NAME = "pamong-task-reminders"


def ensure() -> None:
    """Have people reminded of their tasks every day. Called at every start; twice is once."""
    keep(NAME, "pamong.planning.tasks.remind_of_tasks", DAILY)
