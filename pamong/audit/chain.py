"""How one link of the trail is sealed to the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pamong.audit.models import Event

GENESIS = "0" * 64


def seal(event: Event) -> str:
    """SHA-256 over everything the event says and the seal before it."""
    body = [
        event.previous,
        event.chain,
        event.number,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor,
        event.act,
        event.target_type,
        event.target_id,
        event.says,
        event.data,
    ]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
