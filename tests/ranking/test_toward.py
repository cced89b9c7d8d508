"""Which index a rank takes, and from there to a plan."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from pamong.agencies.models import Region
from pamong.ranking import queries
from pamong.ranking.models import Series
from pamong.ranking.toward import newest, toward
from tests.build import People
from tests.ranking import build

Login = Callable[[object], Client]
PAGE = "/kota-contoh/peringkat/menuju/"


def table(shift: int, kinds: str = "71 72 73 74 75 76 77 78") -> str:
    """Eight cities and the own one; everybody gains as much as ``shift``."""
    rows = [f"33.{code};Kota {code};{40 + at * 3 + shift},00;;;\n" for at, code in enumerate(kinds.split())]
    return build.HEADER + "".join(rows)


@pytest.fixture
def two_years(region: Region) -> None:
    build.results(table(0), year=2024, regions=8)
    build.results(table(2), year=2025, regions=8)


def test_the_newest_whole_results_that_were_really_published_count(two_years: None, region: Region) -> None:
    build.results(table(5), year=2026, regions=90)  # not whole
    Series.objects.create(code="contoh", name="Contoh", unit="indeks", method="rekaan", invented=True)
    build.results(table(9), year=2027, code="contoh", regions=8)
    found = newest(region)
    assert found is not None
    assert (found.series.code, found.year) == ("iid", 2025)


def test_a_rank_takes_the_value_of_who_has_it_and_what_they_will_have_next_year(
    two_years: None, region: Region
) -> None:
    publication = newest(region)
    assert publication is not None
    found = toward(region, publication, queries.group_of("kota"), 2)
    assert found is not None
    # 63, 60, 57 … stand above; the own 42 is the lowest.
    assert (found.unmoved, found.of, found.own, found.own_rank, found.year) == (60, 8, Decimal(42), 8, 2026)
    assert found.moved is not None
    assert found.moved.median == 62.0
    assert toward(region, publication, queries.group_of("kota"), 9) is None


def test_one_year_alone_tells_no_movement(region: Region, people: People, login: Login) -> None:
    build.results(table(0), year=2025, regions=8)
    page = login(people.region_admin).get(PAGE, {"peringkat": "1"}).content.decode()
    assert "gerak daerah lain belum dapat diperkirakan" in page
    assert "Rencanakan menuju 61,00" in page


def test_the_page_leads_to_a_plan_with_the_index_filled_in(two_years: None, people: People, login: Login) -> None:
    client = login(people.region_admin)
    page = client.get(PAGE, {"peringkat": "2"}).content.decode()
    assert "/kota-contoh/rencana/baru/?indeks=62.00&amp;peringkat=2" in page
    assert "Rencanakan menuju 62,00" in page
    assert "Menuju peringkat tertentu" in client.get("/kota-contoh/peringkat/").content.decode()
    assert "Rencanakan menuju" not in login(people.operator).get(PAGE, {"peringkat": "2"}).content.decode()


@pytest.mark.parametrize("rank", ["0", "-1", "abc", "99", "99999999999999", ""])
def test_a_rank_that_is_none_is_told(two_years: None, people: People, login: Login, rank: str) -> None:
    answer = login(people.region_admin).get(PAGE, {"peringkat": rank})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


def test_without_results_it_says_what_is_missing(region: Region, people: People, login: Login) -> None:
    assert login(people.region_admin).get(PAGE).status_code == 200


def test_the_page_asks_a_fixed_number_of_questions(
    two_years: None, people: People, login: Login, django_assert_num_queries: Callable[[int], object]
) -> None:
    client = login(people.region_admin)
    client.get(PAGE, {"peringkat": "2"})
    with django_assert_num_queries(13):  # type: ignore[attr-defined]
        client.get(PAGE, {"peringkat": "2"})
