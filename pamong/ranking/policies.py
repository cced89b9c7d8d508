"""Who may see ranks, and who may bring published results."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.agencies import policies as agencies
from pamong.agencies.models import Region
from pamong.agencies.queries.tree import may_read
from pamong.common.permit import YES, Permit, no


def can_see(user: User, region: Region) -> Permit:
    """Published results are public; their pages here are for who works for the region."""
    if may_read(user, region):
        return YES
    return no("Halaman peringkat untuk orang yang bertugas di daerah ini.")


def can_bring(user: User) -> Permit:
    """Bring published results and the members of clusters: the same for every region of the installation."""
    return agencies.can_manage_site(user)
