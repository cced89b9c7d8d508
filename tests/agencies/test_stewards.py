"""Every agency's stewards are known: who, since when, and who came after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from pamong.agencies.actions import stewards as actions
from pamong.agencies.models import Agency, Region, Steward
from pamong.agencies.queries import people as queries
from pamong.agencies.queries import tree
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from tests.agencies import build
from tests.build import People

TODAY = timezone.localdate


def _rows() -> list[Any]:
    return [list(Steward.objects.order_by("pk").values_list()), Event.objects.count()]


@pytest.fixture
def steward(people: People, agency: Agency) -> Steward:
    return build.steward(agency, people.operator, people.region_admin)


def test_the_task_is_handed_to_a_successor_with_a_note(people: People, agency: Agency, steward: Steward) -> None:
    heir = actions.hand_over(
        steward, by=people.agency_head, to=people.agency_head, on=TODAY(), note=" Bukti 21 kurang. "
    )
    steward.refresh_from_db()
    assert (steward.ends_on, steward.handed_to, steward.handover_note) == (TODAY(), heir, "Bukti 21 kurang.")
    assert (heir.person, heir.starts_on, heir.ends_on) == (people.agency_head, TODAY(), None)
    assert Event.objects.latest("pk").says == "mengalihkan tugas pamong Dinas Contoh dari Operator kepada Agency Head"


def test_a_second_click_hands_over_once(people: People, steward: Steward) -> None:
    actions.hand_over(steward, by=people.region_admin, to=people.agency_head, on=TODAY(), note="")
    before = _rows()
    with pytest.raises(Refused):
        actions.hand_over(steward, by=people.region_admin, to=people.agency_head, on=TODAY(), note="")
    with pytest.raises(Overtaken):
        build.steward(steward.agency, people.agency_head, people.region_admin)
    assert _rows() == before


@pytest.mark.parametrize("who", ["operator", "verifier", "neighbour", "stranger", "site_admin"])
def test_only_administrator_and_head_decide_about_stewards(
    who: str, people: People, agency: Agency, steward: Steward
) -> None:
    by, before = getattr(people, who), _rows()
    for one in (
        lambda: actions.appoint(agency, by=by, person=people.agency_head, starts_on=TODAY()),
        lambda: actions.hand_over(steward, by=by, to=people.agency_head, on=TODAY(), note=""),
        lambda: actions.end(steward, by=by, on=TODAY()),
    ):
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_a_steward_works_at_the_agency_and_dates_are_in_order(people: People, agency: Agency, steward: Steward) -> None:
    before = _rows()
    for one in (
        lambda: build.steward(agency, people.neighbour, people.region_admin),
        lambda: build.steward(agency, people.agency_head, people.region_admin, TODAY() + timedelta(days=1)),
        lambda: actions.hand_over(steward, by=people.region_admin, to=people.operator, on=TODAY(), note=""),
        lambda: actions.end(steward, by=people.region_admin, on=date(2023, 1, 1)),
    ):
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_agencies_without_a_steward_are_named(region: Region, people: People, agency: Agency, steward: Steward) -> None:
    assert [a.name for a in tree.without_steward(region)] == ["Dinas Tetangga"]
    actions.end(steward, by=people.region_admin, on=TODAY() - timedelta(days=1))
    assert [a.name for a in tree.without_steward(region)] == ["Dinas Contoh", "Dinas Tetangga"]
    past = queries.stewarding(queries.stewards_visible_to(people.operator, region), past=True)
    assert [s.person for s in past] == [people.operator]
