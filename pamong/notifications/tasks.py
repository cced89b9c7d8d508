"""The outbox, emptied by a clock."""

from __future__ import annotations

from pamong.notifications.actions import sending


def send_waiting() -> int:
    """Send everything due. Safe to run at any time, in several workers at once."""
    return sending.send_waiting()
