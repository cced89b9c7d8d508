"""The tree of a region's agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission, Role
from pamong.agencies.models import Agency, AgencyChange, Membership, Region, Steward, Target
from pamong.agencies.standing import holds_on, standing


def visible_to(user: User, region: Region) -> QuerySet[Agency]:
    """Every agency of ``region``, open and closed, for whoever reads the region or works in one of its agencies."""
    return Agency.objects.filter(region=region) if may_read(user, region) else Agency.objects.none()


def may_read(user: User, region: Region) -> bool:
    """Whether ``user`` reads the whole region or works in one of its agencies."""
    who = standing(user)
    return who.may_in(Permission.READ_REGION, region) or bool(who.paths(Permission.READ_AGENCY, region))


def agencies_for(user: User, region: Region, permission: Permission) -> QuerySet[Agency]:
    """The open agencies in which ``user`` may act with ``permission``: all for a region-wide seat, else the subtrees."""
    who = standing(user)
    agencies = Agency.objects.filter(region=region, closed_on__isnull=True)
    if who.may_in(permission, region):
        return agencies
    paths = who.paths(permission, region)
    return agencies.filter(under(paths)) if paths else agencies.none()


def under(paths: tuple[str, ...], field: str = "path") -> Q:
    """Rows whose ``field`` lies in one of the subtrees ``paths``. At least one path is demanded."""
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths))


def open_in(region: Region) -> QuerySet[Agency]:
    """The agencies of ``region`` that exist today."""
    return Agency.objects.filter(region=region, closed_on__isnull=True)


def possible_parents(agency: Agency) -> QuerySet[Agency]:
    """Where ``agency`` may be moved, or what it may be merged into: any open agency outside its own subtree."""
    return open_in(agency.region).exclude(path__startswith=agency.path)


def search(agencies: QuerySet[Agency], words: str = "", kind: str = "", state: str = "open") -> QuerySet[Agency]:
    """Narrow by name of today or of the past, by kind, and by ``state`` (``open``, ``closed``, ``all``)."""
    if words:
        past = AgencyChange.objects.filter(agency=OuterRef("pk"), old_name__icontains=words)
        agencies = agencies.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Exists(past))
    if kind:
        agencies = agencies.filter(kind=kind)
    if state in ("open", "closed"):
        agencies = agencies.filter(closed_on__isnull=state == "open")
    return agencies


def with_figures(agencies: QuerySet[Agency], today: date | None = None) -> QuerySet[Agency]:
    """Adds ``operators`` and ``steward_count``, each the people of the agency itself on ``today``."""
    today = today or timezone.localdate()
    operators = Membership.objects.filter(holds_on(today), role=Role.OPERATOR, person__is_active=True)
    stewards = Steward.objects.filter(stewarding_on(today))
    return agencies.annotate(operators=_count(operators), steward_count=_count(stewards)).select_related("successor")


def _count(rows: QuerySet[Membership] | QuerySet[Steward]) -> Coalesce:
    counted = rows.filter(agency=OuterRef("pk")).order_by().values("agency").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def stewarding_on(day: date) -> Q:
    """The steward rows that hold on ``day``."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def in_tree_order(agencies: QuerySet[Agency], region: Region) -> list[int]:
    """The keys of ``agencies`` as the tree reads: each below its parent, siblings by name.

    A parent that was filtered away still places its children: the order is taken from the whole region.
    """
    names = dict(Agency.objects.filter(region=region).order_by().values_list("pk", "name"))
    paths = agencies.order_by().values_list("pk", "path")
    return [pk for pk, _ in sorted(paths, key=lambda row: _branch(row[1], names))]


def rows(keys: Sequence[int], agencies: QuerySet[Agency]) -> list[Agency]:
    """``agencies`` with these keys and their figures, in the order of ``keys``, each with its ``depth`` (0 at the root)."""
    found = with_figures(agencies).in_bulk(keys)
    return [_placed(found[key]) for key in keys if key in found]


def _placed(agency: Agency) -> Agency:
    agency.depth = agency.path.count("/") - 2  # type: ignore[attr-defined]
    return agency


def _branch(path: str, names: dict[int, str]) -> list[tuple[str, int]]:
    return [(names.get(int(part), "").lower(), int(part)) for part in path.strip("/").split("/")]


def changes_of(agency: Agency) -> QuerySet[AgencyChange]:
    """The renamings, mergers and closing of ``agency``, newest first."""
    return AgencyChange.objects.filter(agency=agency).select_related("by")


def without_steward(region: Region) -> QuerySet[Agency]:
    """Open agencies that have no steward today."""
    stewards = Steward.objects.filter(stewarding_on(timezone.localdate()), agency=OuterRef("pk"))
    return open_in(region).filter(~Exists(stewards))


def targets(region: Region, year: int) -> dict[str, Target]:
    """The targets of ``year`` by kind of agency."""
    return {target.kind: target for target in Target.objects.filter(region=region, year=year)}


def has_open_children(agency: Agency) -> bool:
    return open_in(agency.region).filter(parent=agency).exists()


def line_of(agency: Agency) -> list[Agency]:
    """The agencies above ``agency``, from the root down."""
    above = [int(part) for part in agency.path.strip("/").split("/")[:-1]]
    found = Agency.objects.filter(region=agency.region_id).in_bulk(above)
    return [found[key] for key in above if key in found]


def children_of(agency: Agency) -> list[Agency]:
    """What stands directly under ``agency``, open before closed, with figures."""
    return list(
        with_figures(Agency.objects.filter(parent=agency)).order_by(F("closed_on").asc(nulls_first=True), "name")
    )
