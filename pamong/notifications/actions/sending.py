"""Sending what waits in the outbox: at least once, by one worker at a time, with growing pauses after a failure."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.utils import timezone

from pamong.notifications.models import Message

log = logging.getLogger(__name__)

# A worker takes a message by moving ``next_try_at`` this far ahead in one conditional update: no lock is held while the
# mail server is talked to (on SQLite that would stop every writer), and a worker that dies leaves a message that is due again.
LEASE = timedelta(minutes=5)
SERVER_TIMEOUT = 30  # seconds, far below the lease
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360))
ENOUGH = 200.0  # seconds; below the task's own timeout


def send_waiting() -> int:
    """Send everything due. Returns how many left."""
    sent, start = 0, time.monotonic()
    while time.monotonic() - start < ENOUGH:
        message = take_next()
        if message is None:
            break
        sent += deliver(message)
    return sent


def take_next() -> Message | None:
    """The next message due, now this worker's alone until the lease runs out."""
    while True:
        now = timezone.now()
        due = Message.objects.filter(state=Message.State.WAITING, next_try_at__lte=now)
        pk = due.order_by("next_try_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        if due.filter(pk=pk).update(attempts=models.F("attempts") + 1, next_try_at=now + LEASE):
            return Message.objects.get(pk=pk)


def deliver(message: Message) -> bool:
    """Hand ``message`` to the mail server and write down what came of it."""
    try:
        connection = get_connection(settings.OUTBOX_BACKEND, timeout=SERVER_TIMEOUT)
        EmailMessage(message.subject, message.body, to=[message.to], connection=connection).send()
    except (
        Exception
    ) as fault:  # whatever the server, the network or the address does: it is written down and tried again
        _failed(message, fault)
        return False
    Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=timezone.now(), error="")
    return True


def _failed(message: Message, fault: Exception) -> None:
    log.warning("message %s could not be sent (attempt %s): %s", message.pk, message.attempts, fault)
    over = message.attempts > len(PAUSES)
    pause = PAUSES[min(message.attempts, len(PAUSES)) - 1]
    Message.objects.filter(pk=message.pk, state=Message.State.WAITING).update(
        state=Message.State.FAILED if over else Message.State.WAITING,
        error=f"{type(fault).__name__}: {fault}"[:300],
        next_try_at=timezone.now() + pause,
    )
