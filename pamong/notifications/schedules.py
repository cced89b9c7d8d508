"""What the clock does for this feature."""

from __future__ import annotations

from pamong.common.clock import every, keep

NAME = "pamong-outbox"


def ensure() -> None:
    """Have the outbox emptied every minute. Called at every start; twice is once."""
    keep(NAME, "pamong.notifications.tasks.send_waiting", every(1))
