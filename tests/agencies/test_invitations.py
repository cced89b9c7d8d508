"""An invitation is taken once, by the one it was meant for, while it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission, Role
from pamong.agencies.actions import inviting
from pamong.agencies.models import Agency, Invitation, Membership, Region
from pamong.agencies.standing import standing
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from tests import build as site
from tests.agencies import build
from tests.build import People


def _rows() -> list[Any]:
    return [
        list(Invitation.objects.order_by("pk").values_list()),
        User.objects.count(),
        Membership.objects.count(),
        Event.objects.count(),
    ]


@pytest.fixture
def held(region: Region, people: People) -> Invitation:
    return build.invitation(people.region_admin, region)


def test_a_new_person_takes_the_role(held: Invitation, region: Region) -> None:
    person = inviting.accept_as_new(held, name="Baru Sekali", password=build.PASSWORD, position="Analis", phone="08")
    assert (person.email, person.name, person.position, person.check_password(build.PASSWORD)) == (
        "baru@contoh.test", "Baru Sekali", "Analis", True,
    )  # fmt: skip
    assert standing(person).may_in(Permission.VERIFY, region)
    held.refresh_from_db()
    assert held.accepted_by == person
    assert str(Event.objects.latest("pk")) == "Baru Sekali menerima undangan sebagai Verifikator di Kota Contoh"


def test_a_double_click_makes_one_person(held: Invitation) -> None:
    assert build.joined(held) == build.joined(held)
    assert Membership.objects.filter(person__email=held.email).count() == 1


def test_a_used_link_lets_nobody_else_in(held: Invitation) -> None:
    build.joined(held)
    before = _rows()
    with pytest.raises(Refused):
        inviting.accept_as_new(held, name="Lain", password="lain-sekali-2026")
    with time_machine.travel(timezone.now() + timedelta(minutes=3)), pytest.raises(Refused):
        build.joined(held)
    assert _rows() == before


def test_an_expired_or_withdrawn_link_says_so(held: Invitation, region: Region, people: People) -> None:
    other = build.invitation(people.region_admin, region, email="lain@contoh.test")
    inviting.revoke(other, by=people.region_admin)
    build.expired(held)
    before = _rows()
    with pytest.raises(Refused, match="kedaluwarsa"):
        build.joined(held)
    with pytest.raises(Refused, match="dicabut"):
        build.joined(other)
    assert _rows() == before


def test_the_owner_of_the_address_confirms_and_twice_is_once(region: Region, people: People) -> None:
    held = build.invitation(people.region_admin, region, Role.JUROR, email=people.operator.email.upper())
    seats = [inviting.accept(held, by=people.operator) for _ in range(2)]
    assert seats[0] == seats[1]
    assert Event.objects.filter(act="invitation.accepted").count() == 1


def test_nobody_else_takes_it_and_no_second_account_is_made(region: Region, people: People) -> None:
    held = build.invitation(people.region_admin, region, Role.JUROR, email=people.operator.email)
    before = _rows()
    with pytest.raises(Refused):
        inviting.accept(held, by=people.stranger)
    with pytest.raises(Overtaken):
        build.joined(held)
    assert _rows() == before


def test_inviting_twice_holds_out_one_role(held: Invitation, region: Region, people: People) -> None:
    assert build.invitation(people.region_admin, region, email="Baru@Contoh.test") == held
    assert Event.objects.filter(act="invitation.made").count() == 1


def test_inviting_again_after_it_ran_out_gives_a_new_link(held: Invitation, region: Region, people: People) -> None:
    build.expired(held)
    again = build.invitation(people.region_admin, region)
    assert (again.pk, again.is_open) == (held.pk, True)
    assert again.token != held.token


def test_who_already_has_the_role_is_not_invited(region: Region, people: People) -> None:
    before = _rows()
    with pytest.raises(Overtaken):
        build.invitation(people.region_admin, region, email=people.verifier.email)
    assert _rows() == before


@pytest.mark.parametrize("who", ["operator", "verifier", "stranger", "citizen", "site_admin", "agency_head"])
def test_only_who_may_give_the_role_invites_to_it(who: str, region: Region, people: People) -> None:
    before = _rows()
    with pytest.raises(Refused):
        build.invitation(getattr(people, who), region)
    assert _rows() == before


def test_sending_again_changes_the_link_once_a_minute(held: Invitation, people: People) -> None:
    assert inviting.renew(held, by=people.region_admin).token == held.token
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        renewed = inviting.renew(held, by=people.region_admin)
        assert renewed.token != held.token
        assert inviting.renew(held, by=people.region_admin).token == renewed.token


def test_withdrawing_is_for_who_might_have_invited_and_for_open_ones(held: Invitation, people: People) -> None:
    before = _rows()
    with pytest.raises(Refused):
        inviting.revoke(held, by=people.stranger)
    with pytest.raises(Refused):
        inviting.renew(held, by=people.agency_head)
    assert _rows() == before
    build.joined(held)
    for act in (inviting.revoke, inviting.renew):
        with pytest.raises(Refused):
            act(held, by=people.region_admin)


def test_an_invitation_into_an_agency_that_is_no_more_is_withdrawn(
    region: Region, people: People, agency: Agency
) -> None:
    held = build.invitation(people.region_admin, region, Role.OPERATOR, agency=agency)
    build.closed(agency, people.region_admin)
    with pytest.raises(Refused, match="dicabut"):
        build.joined(held)


def test_a_site_administrator_is_invited_from_the_site_alone(people: People) -> None:
    held = build.invitation(people.site_admin, None, Role.SITE_ADMIN)
    with transaction.atomic():
        person = build.joined(held)
    assert standing(person).may(Permission.MANAGE_SITE)
    assert set(Event.objects.values_list("chain", flat=True)) == {"site"}
    assert site.person().is_active
