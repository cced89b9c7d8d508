"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import DAILY, every, keep


def ensure() -> None:
    """Have what changed looked at every minute, and everything once a day. Called at every start; twice is once."""
    keep("pamong-checks", "pamong.checks.tasks.sweep", every(1))
    keep("pamong-checks-all", "pamong.checks.tasks.look_at_all", DAILY)
    keep("pamong-checks-remind", "pamong.checks.tasks.remind", DAILY)
