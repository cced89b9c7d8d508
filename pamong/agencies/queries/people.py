"""Who holds which role where, and who is invited."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Permission, Role, Scope, roles_with
from pamong.agencies.models import Agency, Invitation, Membership, Region, Steward
from pamong.agencies.queries.tree import may_read, under
from pamong.agencies.standing import holds_on, standing


def people_with(
    permission: Permission, region: Region, agency: Agency | None = None, *, region_wide: bool = True
) -> QuerySet[User]:
    """The active people whose role today allows ``permission`` in ``region``: those to tell.

    With an ``agency``, agency roles count only if they sit at it or above it. ``region_wide=False`` leaves out the roles
    over the whole region. Readers of a province or the nation are never told.
    """
    roles = roles_with(permission)
    wide = [role.value for role in roles if ROLES[role].scope is Scope.REGION] if region_wide else []
    local = Q(role__in=[role.value for role in roles if ROLES[role].scope is Scope.AGENCY])
    if agency is not None:
        local &= Q(agency__in=[int(part) for part in agency.path.strip("/").split("/")])
    seats = Membership.objects.filter(holds_on(timezone.localdate()), local | Q(role__in=wide), region=region)
    return User.objects.filter(Exists(seats.filter(person=OuterRef("pk"))), is_active=True).order_by("pk")


def seats_visible_to(user: User, region: Region) -> QuerySet[Membership]:
    """The memberships of ``region`` past and present: all for who manages its people, their own subtree for a head."""
    who = standing(user)
    seats = Membership.objects.filter(region=region).select_related("agency", "person")
    if who.may_in(Permission.MANAGE_PEOPLE, region):
        return seats
    paths = who.paths(Permission.ENDORSE, region)
    return seats.filter(under(paths, "agency__path")) if paths else seats.none()


def visible_to(user: User, region: Region) -> QuerySet[User]:
    """The people who hold or held a role in ``region``, as far as ``user`` may know them."""
    return _people_of(seats_visible_to(user, region))


def site_visible_to(user: User) -> QuerySet[User]:
    """Every account, for administrators of the site."""
    people = User.objects.all() if standing(user).may(Permission.MANAGE_SITE) else User.objects.none()
    return _with_seats(people.order_by("name", "pk"), site_seats(user))


def site_seats(user: User) -> QuerySet[Membership]:
    """Every membership, for administrators of the site."""
    seats = Membership.objects.select_related("person", "agency", "region")
    return seats if standing(user).may(Permission.MANAGE_SITE) else seats.none()


def _people_of(seats: QuerySet[Membership]) -> QuerySet[User]:
    people = User.objects.filter(Exists(seats.filter(person=OuterRef("pk")))).order_by("name", "pk")
    return _with_seats(people, seats.select_related("agency", "region"))


def _with_seats(people: QuerySet[User], seats: QuerySet[Membership]) -> QuerySet[User]:
    return people.prefetch_related(Prefetch("memberships", seats.order_by("ends_on", "-pk"), to_attr="seats"))


def search(
    people: QuerySet[User],
    seats: QuerySet[Membership],
    *,
    words: str = "",
    role: str = "",
    agency: Agency | None = None,
    state: str = "now",
) -> QuerySet[User]:
    """Narrow ``people`` by name or address, and by those ``seats``' role, agency subtree and ``state`` (``now``, ``past``, ``all``)."""
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words) | Q(position__icontains=words))
    if role:
        seats = seats.filter(role=role)
    if agency is not None:
        seats = seats.filter(agency__path__startswith=agency.path)
    today = timezone.localdate()
    current = seats.filter(holds_on(today) | Q(starts_on__gt=today, stopped_at__isnull=True))
    if state == "past":
        return people.filter(_holds(seats)).exclude(_holds(current))
    if state == "now":
        return people.filter(_holds(current))
    return people.filter(_holds(seats)) if role or agency else people


def _holds(seats: QuerySet[Membership]) -> Exists:
    return Exists(seats.filter(person=OuterRef("pk")))


def invitations_visible_to(user: User, region: Region | None) -> QuerySet[Invitation]:
    """Invitations of ``region`` (``None``: every invitation, for administrators of the site), as far as ``user`` may see."""
    who = standing(user)
    rows = Invitation.objects.select_related("agency", "region", "by", "accepted_by")
    if region is None:
        return rows if who.may(Permission.MANAGE_SITE) else rows.none()
    rows = rows.filter(region=region)
    if who.may_in(Permission.MANAGE_PEOPLE, region):
        return rows
    paths = who.paths(Permission.ENDORSE, region)
    return rows.filter(under(paths, "agency__path"), role=Role.OPERATOR) if paths else rows.none()


def pending(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Not yet taken and not withdrawn; those run out are shown too, so that they can be sent again."""
    return invitations.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def invitation(token: str) -> Invitation | None:
    """The invitation behind a link, whatever became of it."""
    return Invitation.objects.select_related("agency", "region", "by").filter(token=token).first()


def account(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower()).first()


def stewards_visible_to(user: User, region: Region) -> QuerySet[Steward]:
    """Every steward of ``region``, past and present, for whoever sees its agencies."""
    rows = Steward.objects.filter(region=region).select_related("agency", "person", "handed_to__person")
    return rows if may_read(user, region) else rows.none()


def stewarding(stewards: QuerySet[Steward], words: str = "", *, past: bool = False) -> QuerySet[Steward]:
    """Today's stewards (and those of days to come), or those of the past; narrowed by agency or person."""
    today = timezone.localdate()
    stewards = stewards.filter(ends_on__lt=today) if past else stewards.exclude(ends_on__lt=today)
    if words:
        named = Q(agency__name__icontains=words) | Q(agency__short_name__icontains=words)
        stewards = stewards.filter(named | Q(person__name__icontains=words))
    return stewards.order_by("agency__name", "-starts_on", "-pk")


def possible_stewards(agency: Agency, today: date | None = None) -> QuerySet[User]:
    """The active people with a role at ``agency`` or above it in the tree."""
    line = [int(part) for part in agency.path.strip("/").split("/")]
    seats = Membership.objects.filter(holds_on(today or timezone.localdate()), agency__in=line)
    return User.objects.filter(_holds(seats), is_active=True).order_by("name", "pk")


def may_see(user: User, agency: Agency) -> bool:
    """Whether ``user`` may know who holds roles in ``agency``."""
    who = standing(user)
    return who.may_for(Permission.ENDORSE, agency) or who.may_in(Permission.MANAGE_PEOPLE, agency.region)


def holding(seats: QuerySet[Membership], agency: Agency) -> QuerySet[Membership]:
    """Those of ``seats`` that hold in ``agency`` itself today or from a later day."""
    today = timezone.localdate()
    lasting = Q(stopped_at__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return seats.filter(lasting, agency=agency).order_by("role", "person__name")
