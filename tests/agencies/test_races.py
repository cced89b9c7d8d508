"""Two people at once: one of them waits, and then sees what the other did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django_scopes import scope

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import inviting, stewards, structure
from pamong.agencies.actions import people as actions
from pamong.agencies.models import Agency, Invitation, Membership, Region, Steward
from pamong.common.permit import Refused
from pamong.notifications.actions import sending
from pamong.notifications.models import Message
from tests import build as site
from tests.agencies import build
from tests.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> Iterator[site.People]:
    region = site.region()
    with scope(region=region):
        yield site.People(region, site.agency(region))


def at_once(region: Region, *acts: Callable[[], Any]) -> list[str]:
    """Start every act at the same moment, each on its own connection; what each came to: ``done`` or ``refused``."""
    outcomes = together(region, *acts)
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome
    return sorted("refused" if isinstance(outcome, Refused) else "done" for outcome in outcomes)


@pytest.mark.parametrize("turn", range(3))
def test_two_administrators_cannot_end_each_other(world: site.People, turn: int) -> None:
    one, region = world.region_admin, world.region
    two = site.person("Dua")
    build.granted(two, Role.REGION_ADMIN, one, region)
    seats = [person.memberships.get(role=Role.REGION_ADMIN) for person in (one, two)]
    assert at_once(
        region,
        lambda: actions.end(seats[1], by=User.objects.get(pk=one.pk)),
        lambda: actions.end(seats[0], by=User.objects.get(pk=two.pk)),
    ) == ["done", "refused"]
    assert Membership.objects.filter(role=Role.REGION_ADMIN, region=region, ends_on=None).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_site_administrators_cannot_switch_each_other_off(world: site.People, turn: int) -> None:
    one, two = world.site_admin, site.person("Dua")
    build.granted(two, Role.SITE_ADMIN, one, None)
    assert at_once(
        world.region,
        lambda: actions.deactivate(two, by=User.objects.get(pk=one.pk)),
        lambda: actions.deactivate(one, by=User.objects.get(pk=two.pk)),
    ) == ["done", "refused"]
    assert User.objects.filter(pk__in=[one.pk, two.pk], is_active=True).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_branches_cannot_be_hung_into_each_other(world: site.People, turn: int) -> None:
    admin, one, two = world.region_admin, world.agency, world.other_agency
    found = at_once(
        world.region,
        lambda: structure.move(one, by=admin, parent=two),
        lambda: structure.move(two, by=admin, parent=one),
    )
    assert found == ["done", "refused"]
    paths = {agency.pk: agency.path for agency in Agency.objects.all()}
    assert sorted(path.count("/") for path in paths.values()) == [2, 3]


def test_a_double_click_on_merge_merges_once(world: site.People) -> None:
    def merge() -> Agency:
        return build.merged(world.agency, world.other_agency, world.region_admin)

    assert at_once(world.region, merge, merge) == ["done", "refused"]
    assert Membership.objects.filter(person=world.operator).count() == 2


def test_one_address_invited_by_two_at_once_is_one_invitation(world: site.People) -> None:
    def invite() -> Invitation:
        return build.invitation(world.region_admin, world.region)

    assert at_once(world.region, invite, invite, invite) == ["done"] * 3
    assert Invitation.objects.count() == 1


def test_an_invitation_accepted_twice_at_once_makes_one_person(world: site.People) -> None:
    held = build.invitation(world.region_admin, world.region)
    assert at_once(world.region, *[lambda: build.joined(held)] * 3) == ["done"] * 3
    assert User.objects.filter(email=held.email).count() == 1
    assert Membership.objects.filter(person__email=held.email).count() == 1


def test_an_invitation_accepted_and_withdrawn_at_once_is_one_of_both(world: site.People) -> None:
    held = build.invitation(world.region_admin, world.region)
    at_once(world.region, lambda: build.joined(held), lambda: inviting.revoke(held, by=world.region_admin))
    held.refresh_from_db()
    assert (held.accepted_at is None) != (held.revoked_at is None)
    assert User.objects.filter(email=held.email).exists() is (held.accepted_at is not None)


def test_one_task_handed_over_by_two_at_once_has_one_heir(world: site.People) -> None:
    steward = build.steward(world.agency, world.operator, world.region_admin)
    today = build.timezone.localdate()

    def hand_over() -> Steward:
        return stewards.hand_over(steward, by=world.region_admin, to=world.agency_head, on=today, note="")

    assert at_once(world.region, hand_over, hand_over) == ["done", "refused"]
    assert Steward.objects.count() == 2


def test_many_workers_take_each_message_once(world: site.People) -> None:
    for number in range(12):
        Message.objects.create(to=f"a{number}@contoh.test", subject="Halo", body="Isi")
    taken: list[int] = []

    def work() -> None:
        while message := sending.take_next():
            taken.append(message.pk)

    assert at_once(world.region, *[work] * 4) == ["done"] * 4
    assert len(taken) == len(set(taken)) == 12
