"""Two people at once, for real: threads with connections of their own, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from pamong.accounts.models import User
from pamong.audit.models import Event
from pamong.innovations import actions
from pamong.innovations.models import Innovation, LifeEvent
from tests import build as people_build
from tests.build import People
from tests.innovations import build
from tests.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd(transactional_db: None) -> People:
    region = people_build.region()
    with scope(region=region):
        return People(region, people_build.agency(region))


def made(crowd: People, name: str = "SIPPUT", **options: Any) -> Innovation:
    with scope(region=crowd.region):
        return build.innovation(crowd.agency, crowd.operator, name, **options)


def stored(crowd: People) -> Innovation:
    with scope(region=crowd.region):
        return Innovation.objects.get()


def test_two_writers_of_different_fields_both_keep_their_words(crowd: People) -> None:
    innovation = made(crowd)

    def writes(by: User, **fields: str) -> Callable[[], Innovation]:
        return lambda: actions.edit(innovation, by=by, base_version=1, **fields)

    outcomes = together(
        crowd.region,
        writes(crowd.operator, purpose="Dari dinas", benefit=""),
        writes(crowd.region_admin, benefit="Dari Bappeda", purpose=""),
    )
    assert [type(outcome) for outcome in outcomes] == [Innovation, Innovation]
    after = stored(crowd)
    assert (after.purpose, after.benefit, after.version) == ("Dari dinas", "Dari Bappeda", 3)


def test_two_writers_of_one_field_one_is_kept_the_other_is_told(crowd: People) -> None:
    innovation = made(crowd)
    outcomes = together(
        crowd.region,
        lambda: actions.edit(innovation, by=crowd.operator, base_version=1, purpose="Dari dinas"),
        lambda: actions.edit(innovation, by=crowd.region_admin, base_version=1, purpose="Dari Bappeda"),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Clashed", "Innovation"]
    (clashed,) = [outcome for outcome in outcomes if isinstance(outcome, actions.Clashed)]
    after = stored(crowd)
    assert {clashed.clashes[0].mine[0], after.purpose} == {"Dari dinas", "Dari Bappeda"}
    assert clashed.clashes[0].theirs == (after.purpose,)
    assert after.version == 2


def test_a_double_click_on_capture_makes_one_innovation(crowd: People) -> None:
    def capture() -> Innovation:
        return actions.capture(
            region=crowd.region, agency=crowd.agency, by=crowd.operator, name="SIPPUT", changed="Baru",
            since=date(2025, 6, 1), already_running=True,
        )  # fmt: skip

    outcomes = together(crowd.region, *[capture] * 4)
    assert [type(outcome) for outcome in outcomes] == [Innovation] * 4
    with scope(region=crowd.region):
        assert (Innovation.objects.count(), LifeEvent.objects.count()) == (1, 1)
    assert Event.objects.filter(act="innovation.captured").count() == 1


def test_two_people_taking_one_name_one_is_told(crowd: People) -> None:
    def capture(by: User, agency: Any) -> Callable[[], Innovation]:
        return lambda: actions.capture(
            region=crowd.region, agency=agency, by=by, name="SIPPUT", changed=str(by), since=None, already_running=False
        )

    outcomes = together(
        crowd.region, capture(crowd.operator, crowd.agency), capture(crowd.neighbour, crowd.other_agency)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Innovation", "NameTaken"]


def test_a_double_click_on_a_step_records_it_once(crowd: People) -> None:
    innovation = made(crowd, running=True)
    outcomes = together(
        crowd.region,
        *[
            lambda: actions.take_step(
                innovation, "develop", by=crowd.operator, on=date(2025, 9, 1), note="Tambah", paper=paper()
            )
        ]
        * 3,
    )
    assert [type(outcome) for outcome in outcomes] == [Innovation] * 3
    with scope(region=crowd.region):
        assert LifeEvent.objects.filter(step="develop").count() == 1


def paper() -> dict[str, Any]:
    return {"instrument": "laporan", "subject": "Laporan", "link": "https://contoh.go.id/laporan"}


def test_two_different_steps_from_one_page_the_second_is_overtaken(crowd: People) -> None:
    innovation = made(crowd, running=True)
    outcomes = together(
        crowd.region,
        lambda: actions.take_step(innovation, "fall_dormant", by=crowd.operator, on=date(2025, 9, 1), note="Sepi"),
        lambda: actions.take_step(innovation, "fall_dormant", by=crowd.region_admin, on=date(2025, 9, 2), note="Lain"),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Innovation", "Overtaken"]


def test_autosave_twice_at_once_keeps_one_draft(crowd: People) -> None:
    innovation = made(crowd)
    outcomes = together(
        crowd.region,
        *[
            lambda: actions.save_draft(
                region=crowd.region, by=crowd.operator, data={"purpose": "x"}, innovation=innovation, base_version=1
            )
        ]
        * 4,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Draft"] * 4
    with scope(region=crowd.region):
        assert innovation.drafts.count() == 1


def test_taking_a_table_over_twice_at_once_happens_once(crowd: People) -> None:
    with scope(region=crowd.region):
        table = actions.bring(
            region=crowd.region, by=crowd.operator, content=b"Nama;OPD\nA;Dinas Contoh\nB;Dinas Contoh\n", name="a.csv"
        )
        digest = actions.planned_for(table, crowd.operator).digest
    outcomes = together(crowd.region, *[lambda: actions.take_over(table, by=crowd.operator, digest=digest)] * 3)
    assert [outcome.report["new"] for outcome in outcomes] == [2, 2, 2]
    with scope(region=crowd.region):
        assert Innovation.objects.count() == 2


def test_the_database_is_postgresql() -> None:
    assert connection.vendor == "postgresql"
