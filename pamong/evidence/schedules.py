"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import DAILY, every, keep


def ensure() -> None:
    """Have arrivals checked every minute should their own task have died, and the store swept daily. Twice is once."""
    keep("pamong-arrivals", "pamong.evidence.tasks.check_waiting", every(1))
    keep("pamong-sweep", "pamong.evidence.tasks.sweep", DAILY)
