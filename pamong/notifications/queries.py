"""What lies in the outbox."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.notifications import policies
from pamong.notifications.models import Message

# The last part of a link, when it is long enough to be a secret.
_SECRET = re.compile(r"(https?://\S*?/)[\w\-:=]{20,}(?=/|\s|$)")
LATE = timedelta(minutes=10)


def visible_to(user: User, region: Region | None) -> QuerySet[Message]:
    """The messages of ``region`` for its administrator; all (``None``) for the site's."""
    if not policies.can_read(user, region):
        return Message.objects.none()
    rows = Message.objects.select_related("region")
    return rows.filter(region=region) if region else rows


def search(
    messages: QuerySet[Message], words: str = "", state: str = "", *, region: Region | None = None
) -> QuerySet[Message]:
    """Narrow by receiver or subject, and by ``state``. ``region``: whose outbox it is; the site's finds no region's subjects."""
    if words:
        told = Q(subject__icontains=words) if region else Q(subject__icontains=words, region__isnull=True)
        messages = messages.filter(Q(to__icontains=words) | told)
    return messages.filter(state=state) if state in Message.State.values else messages


def figures(messages: QuerySet[Message]) -> dict[str, int]:
    """How many wait, how many wait unusually long (is the worker running?), how many failed."""
    late = Q(state=Message.State.WAITING, attempts=0, created_at__lt=timezone.now() - LATE)
    return messages.aggregate(
        waiting=Count("pk", filter=Q(state=Message.State.WAITING)),
        late=Count("pk", filter=late),
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
    )


class Letter(NamedTuple):
    """What a message says, as far as whoever reads the outbox may know."""

    subject: str
    body: str


def readable(message: Message, region: Region | None) -> Letter:
    """``message`` as the outbox of ``region`` (``None``: of the site) shows it.

    Without the secrets in its links: they are for the receiver alone. And to administrators of the site, who read no
    innovations, without what is said inside a region.
    """
    if region is None and message.region_id is not None:
        return Letter("Pesan di dalam daerah", "Isinya hanya dapat dibaca administrator daerahnya.")
    return Letter(message.subject, _SECRET.sub(r"\1…(rahasia penerima)…", message.body))
