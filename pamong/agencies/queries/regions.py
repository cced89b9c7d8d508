"""The regions of the installation."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission, Role, Scope
from pamong.agencies.models import Membership, Region
from pamong.agencies.standing import holds_on, standing


def visible_to(user: User) -> QuerySet[Region]:
    """Every region, used or not, for administrators of the site."""
    return Region.objects.all() if standing(user).may(Permission.MANAGE_SITE) else Region.objects.none()


def regions_of(user: User) -> list[Region]:
    """The regions ``user`` belongs to today, by name; the whole nation for a national reader."""
    wanted = Q(pk__in=[])
    for seat in standing(user).seats:
        if seat.scope is Scope.NATION and seat.region_id is None:
            wanted = Q()
            break
        if seat.scope is Scope.NATION and seat.region_kind == Region.Kind.PROVINSI:
            wanted |= Q(province_code=seat.region_code)
        if seat.region_id is not None:
            wanted |= Q(pk=seat.region_id)
    return list(Region.objects.filter(wanted, is_active=True).order_by("name"))


def search(regions: QuerySet[Region], words: str = "", kind: str = "", state: str = "all") -> QuerySet[Region]:
    """Narrow by name or code, kind, and ``state`` (``active``, ``inactive``, ``all``)."""
    if words:
        regions = regions.filter(Q(name__icontains=words) | Q(code__startswith=words))
    if kind:
        regions = regions.filter(kind=kind)
    if state in ("active", "inactive"):
        regions = regions.filter(is_active=state == "active")
    return regions


def with_figures(regions: QuerySet[Region]) -> QuerySet[Region]:
    """Adds ``admins``: how many administrators a region has today."""
    admins = (
        Membership.objects.filter(
            holds_on(timezone.localdate()),
            role=Role.REGION_ADMIN,
            region=OuterRef("pk"),
            person__is_active=True,
        )
        .order_by()
        .values("region")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return regions.annotate(admins=Coalesce(Subquery(admins), 0))
