"""What can be asked about people without knowing where they work."""

from __future__ import annotations

from collections.abc import Iterable

from pamong.accounts.models import User


def by_address(addresses: Iterable[str]) -> User | None:
    """Return the active person with one of ``addresses``; None if nobody, or if several people would fit."""
    found = User.objects.filter(email__in=[one.strip().lower() for one in addresses], is_active=True)[:2]
    return found[0] if len(found) == 1 else None
