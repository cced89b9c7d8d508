"""The trail is read by those who may, and says honestly how far it has been examined."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from pamong.agencies.models import Agency, Region
from pamong.audit import checking, schedules, trail, triggers
from pamong.audit.actions import record
from pamong.audit.models import Check, Event
from tests.agencies import build
from tests.build import People

Login = Callable[[object], Client]


def _url(region: Region, name: str = "list") -> str:
    return reverse(f"audit:{name}", args=[region.slug])


@pytest.fixture
def acts(region: Region, people: People) -> Agency:
    """Three acts in Kota Contoh, one in the other region."""
    house = build.agency(region, people.region_admin, "Dinas Satu")
    build.steward(people.agency, people.operator, people.region_admin)
    build.closed(house, people.region_admin)
    with transaction.atomic():
        record(
            "agency.added", by=people.stranger, says="menambahkan instansi Dinas Asing", chain=people.other_region.code
        )
    return house


@pytest.mark.parametrize("name", ["list", "export"])
def test_only_administrators_of_the_region_read_its_trail(
    name: str, region: Region, people: People, acts: Agency, login: Login
) -> None:
    assert login(people.region_admin).get(_url(region, name)).status_code == 200
    for who in (
        people.operator,
        people.verifier,
        people.region_head,
        people.nation_reader,
        people.stranger,
        people.site_admin,
    ):
        assert login(who).get(_url(region, name)).status_code == 404


def test_the_trail_reads_as_sentences_of_this_region_alone(
    region: Region, people: People, acts: Agency, login: Login
) -> None:
    page = login(people.region_admin).get(_url(region))
    assert [str(event) for event in page.context["page"]] == [
        "Region Admin menutup instansi Dinas Satu",
        "Region Admin menugaskan Operator sebagai pamong Dinas Contoh",
        "Region Admin menambahkan instansi Dinas Satu",
    ]


def test_the_trail_is_narrowed_by_person_words_kind_and_day(
    region: Region, people: People, acts: Agency, login: Login
) -> None:
    browser, today = login(people.region_admin), timezone.localdate()

    def found(**asked: object) -> int:
        return browser.get(_url(region), asked).context["page"].paginator.count

    assert found(orang="region") == 3
    assert found(orang="siapa") == 0
    assert found(cari="menutup") == 1
    assert found(tentang="steward") == 1
    assert found(tentang="ngawur") == 3
    assert found(sejak=today, sampai=today) == 3
    assert found(sejak=today + timedelta(days=1)) == 0
    assert found(sampai=today - timedelta(days=1)) == 0
    assert found(sejak="9999-12-31", sampai="0001-01-01", cari="\x00", page="9" * 25) == 3


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_the_database_the_same_however_long(
    more: int,
    region: Region,
    people: People,
    acts: Agency,
    login: Login,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for number in range(more):
        build.agency(region, people.region_admin, f"Dinas Lain {number}")
    browser = login(people.region_admin)
    with django_assert_num_queries(8):
        assert browser.get(_url(region)).status_code == 200


def test_the_workbook_holds_the_seals(region: Region, people: People, acts: Agency, login: Login) -> None:
    answer = login(people.region_admin).get(_url(region, "export"), {"cari": "menutup"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    event = Event.objects.get(act="agency.closed")
    assert [rows[1][i] for i in (0, 3, 6)] == [event.number, event.says, event.digest]


def test_what_was_done_to_one_thing(acts: Agency) -> None:
    assert [event.act for event in trail.of(acts)] == ["agency.closed", "agency.added"]


def test_an_examined_chain_says_up_to_where(region: Region, people: People, acts: Agency, login: Login) -> None:
    browser = login(people.region_admin)
    assert "belum pernah diperiksa" in browser.get(_url(region)).content.decode()
    assert checking.check() == []
    assert (Check.objects.get(pk=region.code).number, Check.objects.get(pk=region.code).fault) == (3, "")
    build.agency(region, people.region_admin, "Dinas Dua")
    page = browser.get(_url(region)).content.decode()
    assert "Rantai utuh sampai nomor 3" in page
    assert "sampai 4" in page


def test_a_broken_chain_is_shown_in_its_own_region_alone(
    region: Region, people: People, acts: Agency, login: Login
) -> None:
    triggers.remove(connection)
    Event.objects.filter(chain=region.code, number=2).update(says="tidak berbuat apa pun")
    assert [fault.number for fault in checking.check()] == [2]
    assert "Rantai jejak rusak" in login(people.region_admin).get(_url(region)).content.decode()
    assert "Rantai utuh" in login(people.stranger).get(_url(people.other_region)).content.decode()


def test_the_examination_runs_every_day_and_is_planned_once(db: None) -> None:
    from django_q.models import Schedule

    for _ in range(2):
        schedules.ensure()
    assert [(s.func, s.schedule_type) for s in Schedule.objects.filter(name=schedules.NAME)] == [
        ("pamong.audit.tasks.check", "D")
    ]


def test_the_site_administrator_has_the_chains_examined(people: People, acts: Agency, login: Login) -> None:
    browser = login(people.site_admin)
    assert browser.post(reverse("site:trail_check")).status_code == 302
    assert Check.objects.count() == 2
    assert login(people.region_admin).post(reverse("site:trail_check")).status_code == 404
