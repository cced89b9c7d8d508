"""What is told to whom. ``tell`` is all other features need."""

from pamong.notifications.actions.outbox import post, resend, tell, tell_all

__all__ = ["post", "resend", "tell", "tell_all"]
