"""Who may answer for an agency's part of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Membership, Region
from pamong.agencies.queries.people import people_with, possible_stewards
from pamong.agencies.standing import holds_on
from pamong.planning.models import Plan, Task
from pamong.planning.queries.ground import OWN_AGENCY, OWN_LABEL
from pamong.planning.queries.tasks import stewards_of


@dataclass(frozen=True, slots=True)
class Place:
    """An agency of a plan, or the region's own office."""

    slug: str
    name: str
    pk: int | None
    path: str


def houses_of(plan: Plan) -> list[Place]:
    """Every agency with something to do in ``plan``, by name; the region's own office last."""
    slugs = {each["agency"] for each in plan.result["steps"]}
    agencies = Agency.objects.filter(region=plan.region, slug__in=slugs - {OWN_AGENCY})
    found = [Place(each.slug, str(each), each.pk, each.path) for each in agencies]
    return found + ([Place(OWN_AGENCY, OWN_LABEL, None, "")] if OWN_AGENCY in slugs else [])


def able_in(region: Region, houses: Iterable[Place]) -> dict[str, list[User]]:
    """For each place the active people with a role there or above it; for the region's own, who answers its indicators."""
    seats = Membership.objects.filter(
        holds_on(timezone.localdate()), region=region, agency__isnull=False, person__is_active=True
    ).select_related("person", "agency")
    by_agency: dict[int, dict[int, User]] = {}
    for seat in seats.order_by("person__name", "person__pk"):
        by_agency.setdefault(seat.agency_id or 0, {})[seat.person_id] = seat.person
    found = {place.slug: _along(place, by_agency) for place in houses if place.pk}
    own = people_with(Permission.CLAIM_INSTITUTION, region)
    return found | {OWN_AGENCY: list(own)}


def _along(place: Place, by_agency: dict[int, dict[int, User]]) -> list[User]:
    """People of the place itself first, then of those above it."""
    line = [int(part) for part in place.path.strip("/").split("/")]
    people: dict[int, User] = {}
    for pk in reversed(line):
        for person_pk, person in by_agency.get(pk, {}).items():
            people.setdefault(person_pk, person)
    return list(people.values())


def proposed(region: Region, houses: Iterable[Place], able: dict[str, list[User]]) -> dict[str, User]:
    """For each place its steward, else the first who can."""
    places = list(houses)
    stewards = stewards_of(Agency.objects.filter(region=region, pk__in=[each.pk for each in places if each.pk]))
    found = {}
    for place in places:
        steward = stewards.get(place.pk or 0)
        if steward is not None and steward in able[place.slug]:
            found[place.slug] = steward
        elif able[place.slug]:
            found[place.slug] = able[place.slug][0]
    return found


def able_for(task: Task) -> QuerySet[User]:
    """Who may be given ``task``."""
    if task.agency is not None:
        return possible_stewards(task.agency)
    return people_with(Permission.CLAIM_INSTITUTION, task.region)
