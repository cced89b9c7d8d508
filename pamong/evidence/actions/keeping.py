"""Bytes that passed inspection are kept, once; and let go of again when nobody has spoken of them for a day."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pamong.evidence import queries, storage
from pamong.evidence.inspection import Inspected
from pamong.evidence.models import Content

UNCLAIMED = timedelta(days=1)


def keep(file: Inspected) -> None:
    """Keep ``file.content``. Raises ``storage.NoRoom``; then nothing changed.

    The row is written first: from then on, for ``UNCLAIMED``, these bytes are safe from ``let_go``, which holds the row while
    it deletes. So nothing kept just now can vanish before a document speaks of it.
    """
    Content.objects.update_or_create(pk=file.sha256, defaults={"size": file.size, "kept_at": timezone.now()})
    storage.put(file)


def hold(sha256: str) -> None:
    """Inside a transaction: whoever else wants to make a document of these very bytes waits until it ends."""
    Content.objects.select_for_update().filter(pk=sha256).first()


@transaction.atomic
def let_go(sha256: str) -> bool:
    """Delete these bytes if no row speaks of them and they were last kept more than ``UNCLAIMED`` ago."""
    row = Content.objects.select_for_update().filter(pk=sha256, kept_at__lt=timezone.now() - UNCLAIMED).first()
    if row is None or queries.is_spoken_of(sha256):
        return False
    with storage.trouble():
        storage.delete(sha256)
    row.delete()
    return True
