"""What nobody wants any more: uploads given up, an inbox long forgotten, bytes no row speaks of."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.utils import timezone

from pamong.evidence import pieces, queries, storage
from pamong.evidence.actions import arriving, keeping
from pamong.evidence.models import Arrival

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was thrown away: arrivals whose time was over, pieces of files under way, kept files, half-written files."""

    arrivals: int
    pieces: int
    files: int
    halves: int


def sweep() -> Swept:
    """Throw away everything that may go. Whatever cannot be deleted just now is left for the next time."""
    now = timezone.now()
    expired = queries.expired(now - timedelta(days=settings.UNFINISHED_DAYS), now - timedelta(days=settings.INBOX_DAYS))
    arrivals = sum(_forget(found) for found in expired)
    day_ago = now - keeping.UNCLAIMED
    lost = [name for name in pieces.older_than(day_ago) if not queries.is_piece(name)]
    pieces.drop(lost)
    files = sum(keeping.let_go(sha256) for sha256 in queries.unclaimed(day_ago))
    halves = sum(storage.sweep_halves(store, day_ago) for store in (default_storage, storages["arriving"]))
    return Swept(arrivals, len(lost), files, halves)


@transaction.atomic
def _forget(arrival: Arrival) -> bool:
    """Without a row in the trail: the date was announced, and nothing of the region's changes."""
    arriving.throw_away(arrival)
    return True
