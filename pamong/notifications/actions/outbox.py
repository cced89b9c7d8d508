"""Writing into the outbox. Sending is ``sending``, by the background worker."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.audit.actions import record
from pamong.notifications import policies
from pamong.notifications.models import Message

SUBJECT_MAX = 200


def tell(person: User, subject: str, body: str, *, region: Region | None = None, key: str = "") -> Message | None:
    """Write a message to ``person``, inside the caller's transaction: it leaves if and only if the act it tells of is kept.

    A ``key`` used before means this was told already: the earlier message is returned. An account switched off is not
    told (``None``). Raises ``RuntimeError`` outside a transaction.
    """
    if not person.is_active:
        return None
    return post(person.email, subject, body, person=person, region=region, key=key)


def tell_all(
    people: Iterable[User], subject: str, body: str, *, region: Region | None = None, key: str = ""
) -> list[Message]:
    """``tell`` each of ``people``; the key counts once for each person."""
    told = (tell(person, subject, body, region=region, key=f"{key}:{person.pk}" if key else "") for person in people)
    return [message for message in told if message]


def post(
    to: str, subject: str, body: str, *, person: User | None = None, region: Region | None = None, key: str = ""
) -> Message:
    """Write a message to an address, known to us or not. Otherwise as ``tell``."""
    if not connection.in_atomic_block:
        raise RuntimeError("a message is written inside the transaction of the act it tells of")
    subject = " ".join(subject.split())[:SUBJECT_MAX]
    message = Message(to=to, subject=subject, body=body, person=person, region=region, key=key)
    if key:
        # Not create-and-catch: a failed insert would end the caller's transaction on PostgreSQL.
        Message.objects.bulk_create([message], ignore_conflicts=True)
        message = Message.objects.get(key=key)
    else:
        message.save(force_insert=True)
    _wake_sender()
    return message


@transaction.atomic
def resend(message: Message, *, by: User) -> Message:
    """Let a failed message try again from the start. Twice is once."""
    message = Message.objects.select_for_update(of=("self",)).select_related("region").get(pk=message.pk)
    if message.state == Message.State.WAITING:
        return message
    policies.can_resend(by, message).require()
    message.state, message.attempts, message.error, message.next_try_at = Message.State.WAITING, 0, "", timezone.now()
    message.save(update_fields=["state", "attempts", "error", "next_try_at"])
    _wake_sender()
    says = f"mengirim ulang pesan “{message.subject}” kepada {message.to}"
    record("message.resent", by=by, on=message, says=says)
    return message


def _wake_sender() -> None:
    """Ask the worker to send as soon as the transaction is kept; once, however many messages it holds."""
    if not any(call[1] is _send_soon for call in connection.run_on_commit):
        transaction.on_commit(_send_soon, robust=True)


def _send_soon() -> None:
    async_task("pamong.notifications.tasks.send_waiting", group="outbox")
