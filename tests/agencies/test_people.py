"""Roles are given by those who may, end without undoing anything, and never run out of administrators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission, Role
from pamong.agencies import policies
from pamong.agencies.actions import people as actions
from pamong.agencies.models import Agency, Membership, Region
from pamong.agencies.standing import standing
from pamong.audit.models import Event
from pamong.common.permit import Refused
from tests import build as site
from tests.agencies import build
from tests.build import People

TODAY = timezone.localdate


def _rows() -> list[Any]:
    return [
        list(Membership.objects.order_by("pk").values_list()),
        list(User.objects.order_by("pk").values_list("pk", "is_active")),
        Event.objects.count(),
    ]


def _fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


ALL = set(Role)
OF_SITE = {Role.SITE_ADMIN, Role.NATION_READER}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("site_admin", OF_SITE | {Role.REGION_ADMIN}),
        ("region_admin", ALL - OF_SITE),
        ("agency_head", {Role.OPERATOR}),
        *((who, set()) for who in ("operator", "verifier", "region_head", "nation_reader", "citizen", "juror", "stranger", "neighbour")),
    ],
)  # fmt: skip
def test_who_may_give_which_role(who: str, may: set[Role], region: Region, people: People, agency: Agency) -> None:
    by = getattr(people, who)
    for role in Role:
        local = role in (Role.OPERATOR, Role.AGENCY_HEAD)
        where = (None, None) if role in OF_SITE else (region, agency if local else None)
        assert bool(policies.can_grant(by, role, *where)) is (role in may), role


def test_a_head_gives_operators_to_the_own_house_only(region: Region, people: People, agency: Agency) -> None:
    unit = build.agency(region, people.region_admin, "UPTD Contoh", agency)
    assert policies.can_grant(people.agency_head, Role.OPERATOR, region, unit)
    assert not policies.can_grant(people.agency_head, Role.OPERATOR, region, people.other_agency)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.SITE_ADMIN, "region"),
        (Role.VERIFIER, "nowhere"),
        (Role.OPERATOR, "region"),
        (Role.OPERATOR, "foreign"),
        (Role.OPERATOR, "closed"),
    ],
)
def test_a_role_stands_only_where_its_scope_says(
    role: Role, place: str, region: Region, people: People, agency: Agency
) -> None:
    closed = build.closed(build.agency(region, people.region_admin, "Dinas Tutup"), people.region_admin)
    where: dict[str, Any] = {
        "region": (region, None),
        "nowhere": (None, None),
        "foreign": (region, site.agency(people.other_region, "Dinas Asing")),
        "closed": (region, closed),
    }
    before = _rows()
    with pytest.raises(Refused):
        actions.grant(people.citizen, role, by=people.region_admin, region=where[place][0], agency=where[place][1])
    assert _rows() == before


def test_a_person_holds_several_roles_in_several_places(region: Region, people: People, agency: Agency) -> None:
    build.granted(people.citizen, Role.OPERATOR, people.region_admin, region, agency)
    build.granted(people.citizen, Role.OPERATOR, people.region_admin, region, people.other_agency)
    build.granted(people.citizen, Role.JUROR, people.region_admin, region)
    assert standing(_fresh(people.citizen)).roles_in(region) == {Role.CITIZEN, Role.OPERATOR, Role.JUROR}


def test_the_same_role_twice_is_one_role(region: Region, people: People, agency: Agency) -> None:
    made = [build.granted(people.citizen, Role.OPERATOR, people.region_admin, region, agency) for _ in range(2)]
    assert made[0] == made[1]
    assert Event.objects.filter(act="role.granted").count() == 1


def test_a_role_is_not_given_backwards_in_time(region: Region, people: People) -> None:
    before = _rows()
    for starts, ends in ((TODAY() - timedelta(days=1), None), (TODAY(), TODAY() - timedelta(days=1))):
        with pytest.raises(Refused):
            actions.grant(
                people.citizen, Role.JUROR, by=people.region_admin, region=region, starts_on=starts, ends_on=ends
            )
    assert _rows() == before


def test_a_role_for_later_does_not_hold_yet(region: Region, people: People) -> None:
    later = TODAY() + timedelta(days=3)
    actions.grant(people.citizen, Role.VERIFIER, by=people.region_admin, region=region, starts_on=later)
    assert not standing(_fresh(people.citizen)).may_in(Permission.VERIFY, region)


def test_a_role_ended_at_once_holds_no_longer_and_may_be_given_again(region: Region, people: People) -> None:
    seat = people.verifier.memberships.get()
    actions.end(seat, by=people.region_admin)
    assert not standing(_fresh(people.verifier)).may_in(Permission.VERIFY, region)
    build.granted(people.verifier, Role.VERIFIER, people.region_admin, region)
    assert standing(_fresh(people.verifier)).may_in(Permission.VERIFY, region)
    assert people.verifier.memberships.count() == 2


def test_a_role_ended_on_a_day_holds_through_that_day(region: Region, people: People) -> None:
    actions.end(people.verifier.memberships.get(), by=people.region_admin, on=TODAY())
    assert standing(_fresh(people.verifier)).may_in(Permission.VERIFY, region)
    with build.tomorrow():
        assert not standing(_fresh(people.verifier)).may_in(Permission.VERIFY, region)


def test_a_role_is_not_ended_backwards_nor_twice(people: People) -> None:
    seat = people.verifier.memberships.get()
    before = _rows()
    with pytest.raises(Refused):
        actions.end(seat, by=people.region_admin, on=TODAY() - timedelta(days=1))
    assert _rows() == before
    actions.end(seat, by=people.region_admin)
    before = _rows()
    with pytest.raises(Refused):
        actions.end(seat, by=people.region_admin)
    assert _rows() == before


@pytest.mark.parametrize("who", ["operator", "verifier", "stranger", "neighbour", "site_admin", "agency_head"])
def test_strangers_and_equals_end_no_verifier(who: str, people: People) -> None:
    before = _rows()
    with pytest.raises(Refused):
        actions.end(people.verifier.memberships.get(), by=getattr(people, who))
    assert _rows() == before


def test_a_head_ends_operators_of_the_own_house_only(people: People) -> None:
    actions.end(people.operator.memberships.get(), by=people.agency_head)
    with pytest.raises(Refused):
        actions.end(people.neighbour.memberships.get(), by=people.agency_head)
    with pytest.raises(Refused):
        actions.end(people.agency_head.memberships.get(), by=people.agency_head)


@pytest.mark.parametrize(
    ("who", "by"), [("site_admin", "site_admin"), ("region_admin", "region_admin"), ("region_admin", "site_admin")]
)
def test_the_last_administrator_stays(who: str, by: str, people: People) -> None:
    before = _rows()
    for on in (None, TODAY() + timedelta(days=30)):
        with pytest.raises(Refused):
            actions.end(getattr(people, who).memberships.get(), by=getattr(people, by), on=on)
    assert _rows() == before


def test_an_administrator_whose_account_is_off_or_who_leaves_does_not_count(region: Region, people: People) -> None:
    second = site.person("Dua", "dua@contoh.test")
    seat = build.granted(second, Role.REGION_ADMIN, people.region_admin, region)
    actions.end(seat, by=people.region_admin, on=TODAY() + timedelta(days=30))
    with pytest.raises(Refused):
        actions.end(people.region_admin.memberships.get(), by=people.region_admin)
    third = site.person("Tiga", "tiga@contoh.test")
    build.granted(third, Role.REGION_ADMIN, people.region_admin, region)
    actions.deactivate(third, by=people.site_admin)
    with pytest.raises(Refused):
        actions.end(people.region_admin.memberships.get(), by=people.region_admin)
    actions.reactivate(third, by=people.site_admin)
    actions.end(people.region_admin.memberships.get(), by=people.region_admin)
    assert standing(_fresh(third)).may_in(Permission.MANAGE_PEOPLE, region)


def test_an_account_switched_off_opens_nothing_and_loses_nothing(region: Region, people: People) -> None:
    for _ in range(2):
        actions.deactivate(people.verifier, by=people.site_admin)
    assert standing(_fresh(people.verifier)).seats == ()
    assert people.verifier.memberships.get().ends_on is None
    assert Event.objects.get(act="account.deactivated").chain == "site"
    actions.reactivate(people.verifier, by=people.site_admin)
    assert standing(_fresh(people.verifier)).may_in(Permission.VERIFY, region)


def test_nobody_is_switched_off_who_is_the_last_administrator_or_oneself(people: People) -> None:
    before = _rows()
    for person in (people.site_admin, people.region_admin):
        with pytest.raises(Refused):
            actions.deactivate(person, by=people.site_admin)
    with pytest.raises(Refused):
        actions.deactivate(people.operator, by=people.region_admin)
    assert _rows() == before
