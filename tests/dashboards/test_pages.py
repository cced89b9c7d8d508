"""What the pages of figures show, to whom, and what they cost."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from pamong.agencies.actions.regions import set_rules
from pamong.agencies.models import Target
from pamong.assessments.models import Assessment
from pamong.dashboards import queries
from pamong.scoring.models import PastFigure
from tests.assessments import build as reports
from tests.build import People
from tests.verification import build as entries

Login = Callable[[object], Client]


def _standing(people: People) -> queries.Standing:
    assessment = Assessment.objects.get(region=people.region)
    return queries.region_standing(assessment, queries.rows(queries.whole(assessment)))


def test_the_region_page_shows_the_index_in_three_values(people: People, login: Login) -> None:
    entries.accepted(people, {"16": 3, "17": 2, "32": 1, "33": 1, "35": 1})
    page = login(people.region_head).get("/kota-contoh/").content.decode()
    standing = _standing(people)
    assert standing.claimed.index == standing.verified.index
    for label, figure in (("Klaim", standing.claimed.index), ("Terverifikasi", standing.verified.index)):
        assert f"<h3>{label}</h3>" in page
        assert str(figure).replace(".", ",") in page
    assert "<h3>Hasil kementerian</h3>" in page


def test_the_cost_of_rejected_innovations_is_the_index_they_would_have_given_as_claimed(people: People) -> None:
    entries.accepted(people)
    assert _standing(people).cost is None
    entries.rejected(people)
    standing = _standing(people)
    cost = standing.cost
    assert cost is not None
    assert (cost.innovations, cost.as_is) == (1, standing.verified.index)
    # Nothing else differs between claim and proof here, so proven as claimed is the claimed index.
    assert cost.if_proven == standing.claimed.index
    assert cost.lost == standing.claimed.index - standing.verified.index > 0


def test_a_rejected_innovation_is_shown_as_worth_nothing(people: People) -> None:
    entry = entries.rejected(people)
    (row,) = queries.rows(queries.whole(entry.assessment))
    assert (row.state, row.verified, row.claimed) == ("rejected", Decimal(0), Decimal(14))


def test_an_operator_sees_the_totals_of_the_region_but_only_their_own_innovations(people: People, login: Login) -> None:
    entries.submitted(people, name="Inovasi Rahasia Dinas")
    own = login(people.operator).get("/kota-contoh/").content.decode()
    assert "Inovasi Rahasia Dinas" in own
    other = login(people.neighbour).get("/kota-contoh/").content.decode()
    assert "Inovasi Rahasia Dinas" not in other
    assert "1 lainnya milik instansi lain" in other


@pytest.mark.parametrize("role", ["juror", "citizen", "consultant", "assessor"])
def test_who_does_not_read_the_region_sees_no_figure(people: People, login: Login, role: str) -> None:
    entries.submitted(people, name="Inovasi Rahasia Dinas")
    client = login(getattr(people, role))
    assert "Indeks" not in client.get("/kota-contoh/").content.decode().replace("Angka indeks", "")
    assert client.get("/kota-contoh/kepatuhan/").status_code == 404
    assert client.get("/kota-contoh/instansi/dinas-contoh/").status_code == 404


def test_a_neighbour_is_told_how_many_there_are_and_why_they_are_not_listed(people: People, login: Login) -> None:
    entries.submitted(people, name="Inovasi Rahasia Dinas")
    Target.objects.create(region=people.region, year=2026, kind=people.agency.kind, minimum=5)
    seen = {}
    for who in ("neighbour", "region_head", "operator"):
        page = login(getattr(people, who)).get(f"/kota-contoh/instansi/{people.agency.slug}/").content.decode()
        seen[who] = [
            words in page
            for words in ("kurang 4 inovasi", "Inovasi Rahasia Dinas", "dibaca oleh orang-orangnya", "/inovasi/catat/")
        ]
    assert seen == {
        "neighbour": [True, False, True, False],
        "region_head": [True, True, False, False],
        "operator": [True, True, False, True],
    }


@pytest.mark.parametrize("role", ["verifier", "region_head", "operator"])
def test_what_waits_leads_to_a_page_its_reader_may_open(people: People, login: Login, role: str) -> None:
    entry = entries.submitted(people)
    client = login(getattr(people, role))
    todo = client.get("/kota-contoh/").context["todo"]
    address = "/kota-contoh/verifikasi/" if role == "verifier" else f"/kota-contoh/penilaian/2026/ikut/{entry.code}/"
    assert [each["url"] for each in todo if "verifikator" in each["text"]] == [address]
    assert client.get(address).status_code == 200


def test_agencies_are_led_to_their_own_work_first(people: People, login: Login) -> None:
    entries.submitted(people)
    entries.returned(people)
    own = login(people.operator).get("/kota-contoh/").context
    assert own["todo_title"] == "Inovasi instansi Anda"
    assert [(each["count"], each["text"]) for each in own["todo"]] == [
        (1, "inovasi dikembalikan untuk diperbaiki"),
        (1, "inovasi menunggu putusan verifikator"),
    ]
    assert login(people.neighbour).get("/kota-contoh/").context["todo"] == []


def test_past_figures_are_shown_with_their_source(people: People, login: Login) -> None:
    PastFigure.objects.create(region=people.region, year=2022, reported=45, source="Siedoo.com, 24 Februari 2023")
    page = login(people.region_admin).get("/kota-contoh/").content.decode()
    assert "Siedoo.com, 24 Februari 2023" in page
    years = queries.trend(people.region_admin, people.region)
    assert [(year.year, year.reported, year.claimed) for year in years] == [(2022, 45, None)]


def test_an_unknown_year_is_not_found_and_nonsense_shows_the_newest(people: People, login: Login) -> None:
    reports.assessment(people.region, people.region_admin)
    client = login(people.region_admin)
    assert client.get("/kota-contoh/?tahun=1999").status_code == 404
    assert client.get("/kota-contoh/?tahun=dua").status_code == 200
    assert client.get("/kota-contoh/?tahun=99999999999999999999").status_code == 200


def test_compliance_puts_first_who_owes_most_and_counts_only_what_was_reported(people: People, login: Login) -> None:
    Target.objects.create(region=people.region, year=2026, kind="opd", minimum=1)
    entry = entries.submitted(people)
    reports.entered(entry.assessment, people.other_agency, people.neighbour)
    sheet = login(people.region_admin).get("/kota-contoh/kepatuhan/?format=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert [(row[0], row[3], row[5], row[6], row[8]) for row in rows[1:]] == [
        ("Dinas Tetangga", 1, 1, 0, 1),
        ("Dinas Contoh", 1, 1, 1, 0),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_whatever_the_number_of_innovations(
    people: People, login: Login, number: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(number):
        entries.accepted(people)
    client = login(people.region_admin)
    costs = {"/kota-contoh/": 15, "/kota-contoh/kepatuhan/": 8, "/kota-contoh/instansi/dinas-contoh/": 10}
    for url, queries_needed in costs.items():
        client.get(url)
        with django_assert_num_queries(queries_needed):  # type: ignore[attr-defined]
            client.get(url)


def test_the_notice_of_the_region_stands_first_and_is_text_only(people: People, login: Login) -> None:
    set_rules(
        people.region,
        by=people.region_admin,
        endorsement_required=True,
        verification_days=14,
        notice="<b>Libur</b> bersama.",
    )
    page = login(people.operator).get("/kota-contoh/").content.decode()
    assert "&lt;b&gt;Libur&lt;/b&gt; bersama." in page
