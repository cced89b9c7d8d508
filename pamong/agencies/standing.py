"""What one person may do, everywhere, today: asked once a request and then known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from pamong.accounts.roles import ROLES, Permission, Role, Scope
from pamong.agencies.models import Agency, Membership, Region

if TYPE_CHECKING:
    from pamong.accounts.models import User


@dataclass(frozen=True, slots=True)
class Seat:
    """One membership, reduced to what decides: the role, the region (None: all), the agency subtree (empty: all)."""

    role: Role
    region_id: int | None
    region_code: str
    region_kind: str
    agency_id: int | None
    agency_path: str

    @property
    def scope(self) -> Scope:
        return ROLES[self.role].scope

    def covers_region(self, region: Region) -> bool:
        if self.scope is Scope.NATION and (self.region_id is None or self.region_kind == Region.Kind.PROVINSI):
            return self.region_id in (None, region.pk) or region.province_code == self.region_code
        return self.region_id == region.pk

    def covers_agency(self, agency: Agency) -> bool:
        return agency.region_id == self.region_id and agency.path.startswith(self.agency_path)


class Standing:
    """The seats of one person today."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self.seats = tuple(seats)

    def may(self, permission: Permission) -> bool:
        """Whether any seat, anywhere, allows ``permission``."""
        return any(permission in ROLES[seat.role].permissions for seat in self.seats)

    def may_in(self, permission: Permission, region: Region) -> bool:
        """Whether a seat over the *whole* ``region`` allows ``permission``."""
        return any(
            seat.scope is not Scope.AGENCY and permission in ROLES[seat.role].permissions and seat.covers_region(region)
            for seat in self.seats
        )

    def may_for(self, permission: Permission, agency: Agency) -> bool:
        """Whether a seat over ``agency``, one above it, or its region allows ``permission``."""
        return any(
            permission in ROLES[seat.role].permissions
            and (seat.covers_agency(agency) if seat.scope is Scope.AGENCY else seat.region_id == agency.region_id)
            for seat in self.seats
        )

    def belongs_to(self, region: Region) -> bool:
        return any(seat.covers_region(region) for seat in self.seats)

    def paths(self, permission: Permission, region: Region) -> tuple[str, ...]:
        """The agency subtrees of ``region`` in which a seat allows ``permission`` (region-wide seats not counted)."""
        return tuple(
            seat.agency_path
            for seat in self.seats
            if seat.scope is Scope.AGENCY and seat.region_id == region.pk and permission in ROLES[seat.role].permissions
        )

    def works_at(self, agency: Agency) -> bool:
        """Whether any seat names ``agency``, one above it or one below it: the person's own house."""
        return any(
            seat.agency_path and (agency.path.startswith(seat.agency_path) or seat.agency_path.startswith(agency.path))
            for seat in self.seats
        )

    def roles_in(self, region: Region) -> frozenset[Role]:
        return frozenset(seat.role for seat in self.seats if seat.covers_region(region))


NOBODY = Standing(())


def standing(user: User) -> Standing:
    """The standing of ``user`` today, remembered on the user object: one query a request."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    known: Standing | None = getattr(user, "_standing", None)
    if known is None:
        known = user._standing = Standing(_seats(user, timezone.localdate()))  # type: ignore[attr-defined]
    return known


def holds_on(day: date) -> Q:
    """The memberships that hold on ``day``: begun, not past their last day, not taken away."""
    return Q(starts_on__lte=day, stopped_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _seats(user: User, today: date) -> list[Seat]:
    rows = Membership.objects.filter(holds_on(today), person=user).values_list(
        "role", "region_id", "region__code", "region__kind", "agency_id", "agency__path"
    )
    return [
        Seat(Role(role), region, code or "", kind or "", agency, path or "")
        for role, region, code, kind, agency, path in rows
    ]
