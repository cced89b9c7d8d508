"""Who may see ranks, and who may bring published results."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission, Scope
from pamong.agencies import policies as agencies
from pamong.agencies.models import Region
from pamong.agencies.queries.tree import may_read
from pamong.agencies.standing import Seat, standing
from pamong.common.permit import YES, Permit, no
from pamong.ranking.models import Run
from pamong.ranking.states import Kind

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


def province_read(user: User, region: Region) -> str | None:
    """The province all of whose regions ``user`` reads, ``region`` among them; empty for the whole nation, ``None`` for none."""
    seats = [each for each in standing(user).seats if each.scope is Scope.NATION and each.covers_region(region)]
    codes = {"" if each.region_id is None else each.region_code for each in seats if _is_wide(each)}
    return min(codes, default=None)


def _is_wide(seat: Seat) -> bool:
    return seat.region_id is None or seat.region_kind == Region.Kind.PROVINSI


def can_compare(user: User, region: Region) -> Permit:
    """Compute about the ranks of all regions at once: it tells every region's figures."""
    if province_read(user, region) is not None:
        return YES
    return no(
        "Perhitungan semua daerah memakai angka setiap daerah; hanya pembaca provinsi atau nasional yang dapat membukanya."
    )


def can_start(user: User, region: Region, kind: Kind, under_way: int) -> Permit:
    """Start one more computation."""
    if not (permit := can_compare(user, region) if kind == Kind.NATION else can_compute(user, region)):
        return permit
    if under_way >= MOST_UNDER_WAY:
        return no(f"Sudah {under_way} perhitungan menunggu. Tunggu sampai selesai, atau batalkan salah satu.")
    return YES


def can_cancel(user: User, run: Run) -> Permit:
    """Stop a computation that is not done."""
    if not (permit := can_compare(user, run.region) if run.kind == Kind.NATION else can_compute(user, run.region)):
        return permit
    return YES if run.is_under_way else no("Perhitungan ini sudah berakhir.")


def can_share(user: User, run: Run) -> Permit:
    """Show one's own simulation to those who read the region, or to oneself alone again."""
    if run.kind == Kind.COMPOSITE and run.by_id == user.pk:
        return can_compute(user, run.region)
    return no("Hanya pembuatnya yang dapat membagikan simulasi ini.")


def can_discard(user: User, run: Run) -> Permit:
    """Throw one's own simulation away, once it is not being worked on."""
    if not (permit := can_share(user, run)):
        return permit
    return no("Batalkan dahulu perhitungannya, lalu buang.") if run.is_under_way else YES


def can_bring(user: User) -> Permit:
    """Bring published results and the members of clusters: the same for every region of the installation."""
    return agencies.can_manage_site(user)
