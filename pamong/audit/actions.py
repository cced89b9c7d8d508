"""Adding to the trail."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import connection, models
from django.utils import timezone

from pamong.audit.chain import GENESIS, seal
from pamong.audit.models import Chain, Event

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
    link = _locked(name)
    event = Event(
        chain=name,
        number=link.length + 1,
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor=str(by) if by else "Sistem",
        act=act,
        target_type=on._meta.label_lower if on is not None else "",
        target_id=str(on.pk) if on is not None else "",
        says=says,
        data=data,
        previous=link.head,
    )
    event.digest = seal(event)
    event.save(force_insert=True)
    Chain.objects.filter(pk=name).update(length=event.number, head=event.digest)
    return event


def _chain_of(on: models.Model | None) -> str:
    region = getattr(on, "region", None)
    return region.code if region is not None else SITE


def _locked(name: str) -> Chain:
    """The chain's last link, held until the transaction ends: links are added one after the other."""
    link = Chain.objects.select_for_update().filter(pk=name).first()
    if link is None:
        Chain.objects.bulk_create([Chain(pk=name, head=GENESIS)], ignore_conflicts=True)
        link = Chain.objects.select_for_update().get(pk=name)
    return link
