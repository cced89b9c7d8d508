"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import every, keep

NAME = "pamong-indices"
EVERY_MINUTES = 10


def ensure() -> None:
    """Have the stored indices refreshed every ten minutes. Called at every start; twice is once."""
    keep(NAME, "pamong.scoring.tasks.refresh_running_years", every(EVERY_MINUTES))
