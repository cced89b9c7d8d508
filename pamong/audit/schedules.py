"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import DAILY, keep

NAME = "pamong-trail-check"


def ensure() -> None:
    """Have the trail examined every day. Called at every start; twice is once."""
    keep(NAME, "pamong.audit.tasks.check", DAILY)
