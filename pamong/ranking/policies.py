"""Who may see ranks, and who may bring published results."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies import policies as agencies
from pamong.agencies.models import Region
from pamong.agencies.queries.tree import may_read
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, no
from pamong.ranking.models import Run

MOST_UNDER_WAY = 5


def can_see(user: User, region: Region) -> Permit:
    """Published results are public; their pages here are for who works for the region."""
    if may_read(user, region):
        return YES
    return no("Halaman peringkat untuk orang yang bertugas di daerah ini.")


def can_compute(user: User, region: Region) -> Permit:
    """Compute about the region's rank, and see what was computed: it tells the whole region's figures."""
    if standing(user).may_in(Permission.READ_REGION, region):
        return YES
    return no("Perhitungan peringkat memakai angka seluruh daerah; hanya pembaca seluruh daerah yang dapat membukanya.")


def can_start(user: User, region: Region, under_way: int) -> Permit:
    """Start one more computation."""
    if not (permit := can_compute(user, region)):
        return permit
    if under_way >= MOST_UNDER_WAY:
        return no(f"Sudah {under_way} perhitungan menunggu. Tunggu sampai selesai, atau batalkan salah satu.")
    return YES


def can_cancel(user: User, run: Run) -> Permit:
    """Stop a computation that is not done."""
    if not (permit := can_compute(user, run.region)):
        return permit
    return YES if run.is_under_way else no("Perhitungan ini sudah berakhir.")


def can_bring(user: User) -> Permit:
    """Bring published results and the members of clusters: the same for every region of the installation."""
    return agencies.can_manage_site(user)
