"""Adding to the trail."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import connection, models
from django.utils import timezone

from pamong.audit.chain import GENESIS, seal
from pamong.audit.models import Event

SITE = "site"


class Actor(Protocol):
    """A person, as far as the trail is concerned."""

    pk: Any

    def __str__(self) -> str: ...


def record(
    act: str, *, by: Actor | None, says: str, on: models.Model | None = None, chain: str | None = None, **data: Any
) -> Event:
    """Add one act to the trail, inside the caller's transaction.

    ``says`` completes the sentence "Siti Rahma …" (``mengajukan SIPPUT untuk penilaian 2026``). ``by=None`` is the system
    itself. The chain is that of ``on.region`` unless named. ``data`` must be plain JSON. Raises ``RuntimeError`` outside a
    transaction: an act and its trace are written together or not at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit.record must be called inside transaction.atomic")
    name = chain or _chain_of(on)
    length, head = _hold(name)
    event = Event(
        chain=name,
        number=length + 1,
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor=str(by) if by else "Sistem",
        act=act,
        target_type=on._meta.label_lower if on is not None else "",
        target_id=str(on.pk) if on is not None else "",
        says=says,
        data=data,
        previous=head,
    )
    event.digest = seal(event)
    event.save(force_insert=True)
    _move(event)
    return event


def _chain_of(on: models.Model | None) -> str:
    region = getattr(on, "region", None)
    return region.code if region is not None else SITE


# Every act of the product passes here while its region waits, so the chain is moved by two plain statements.
# The first makes the chain if need be and holds its row until the transaction ends: links are added one after the other.
_HOLD = (
    "INSERT INTO audit_chain (name, length, head) VALUES (%s, 0, %s) "
    "ON CONFLICT (name) DO UPDATE SET length = audit_chain.length RETURNING length, head"
)
_MOVE = "UPDATE audit_chain SET length = %s, head = %s WHERE name = %s"


def _hold(chain: str) -> tuple[int, str]:
    """The length and the head of ``chain``, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [chain, GENESIS])
        length, head = cursor.fetchone()
    return length, head


def _move(event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [event.number, event.digest, event.chain])
