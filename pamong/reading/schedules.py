"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import every, keep

NAME = "pamong-reading"


def ensure() -> None:
    """Have what lies unread picked up every minute. Called at every start; twice is once."""
    keep(NAME, "pamong.reading.tasks.sweep", every(1))
