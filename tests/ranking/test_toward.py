"""Which index a rank takes, and from there to a plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from pamong.agencies.models import Region
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.planning.actions import plans as asking
from pamong.planning.models import Plan
from pamong.planning.tasks import solve
from pamong.ranking import queries
from pamong.ranking.models import Series
from pamong.ranking.toward import newest, next_rank, toward
from tests.build import People
from tests.planning import build as plans
from tests.ranking import build

Login = Callable[[object], Client]
PAGE = "/kota-contoh/peringkat/menuju/"
NEW = "/kota-contoh/rencana/baru/"
SENT = {"name": "Naik", "until": plans.in_days(60).isoformat(), "otherwise": "6"}


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


def test_results_without_others_of_the_regions_kind_say_nothing_of_its_rank(two_years: None, region: Region) -> None:
    text = build.HEADER + "33.08;Kabupaten Lain;50,00;;;\n33.71;Kota Contoh;60,00;;;\n"
    build.results(text, year=2026, regions=2)
    found = newest(region)
    assert found is not None
    assert found.year == 2025


def test_one_year_alone_tells_no_movement(region: Region, people: People, login: Login) -> None:
    plans.year(people, 1)
    build.results(table(0), year=2025, regions=8)
    page = login(people.region_admin).get(PAGE, {"peringkat": "1"}).content.decode()
    assert "gerak daerah lain belum dapat diperkirakan" in page
    assert "Rencanakan menuju peringkat 1" in page


def test_the_page_leads_to_a_plan_with_rank_or_index_filled_in(two_years: None, people: People, login: Login) -> None:
    client = login(people.region_admin)
    assert "Rencanakan menuju" not in client.get(PAGE, {"peringkat": "2"}).content.decode()  # no year to plan for
    plans.year(people, 1)
    page = client.get(PAGE, {"peringkat": "2"}).content.decode()
    assert '/kota-contoh/rencana/baru/?peringkat=2"' in page
    assert "Rencanakan menuju peringkat 2" in page
    assert "/kota-contoh/rencana/baru/?indeks=60.00&amp;peringkat=2" in page  # should nobody move
    page = client.get(PAGE, {"peringkat": "2", "kelompok": "semua"}).content.decode()
    assert "/kota-contoh/rencana/baru/?indeks=62.00&amp;peringkat=2" in page  # plans take ranks from the own kind only
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
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        client.get(PAGE, {"peringkat": "2"})


@pytest.mark.parametrize(("rank", "better"), [(1, None), (2, 1), (10, 9), (11, 10), (20, 10), (21, 20), (357, 350)])
def test_the_next_rank_is_a_round_one_until_the_first_ten(rank: int, better: int | None) -> None:
    assert next_rank(rank) == better


def test_the_table_leads_whoever_plans_to_a_plan_for_a_better_rank(
    two_years: None, people: People, login: Login
) -> None:
    table, way = "/kota-contoh/peringkat/", "Rencanakan menuju peringkat 7"
    client = login(people.region_admin)
    assert way not in client.get(table).content.decode()  # no year to plan for
    plans.year(people, 1)
    page = client.get(table).content.decode()
    assert f'<a href="/kota-contoh/rencana/baru/?peringkat=7">{way}</a>' in page
    for other in ("?tabel=iid-2024", "?kelompok=semua"):  # plans take ranks from the newest table of the own kind
        assert way not in client.get(table + other).content.decode()
    for reader in (people.region_head, people.operator):
        assert way not in login(reader).get(table).content.decode()


def test_a_plan_for_a_rank_aims_at_the_index_it_takes_and_says_from_what(
    two_years: None, people: People, login: Login
) -> None:
    plans.year(people, 1)
    client = login(people.region_admin)
    form = client.get(f"{NEW}?peringkat=2").content.decode()
    assert "Diambil dari Indeks Inovasi Daerah" in form
    assert "2025, 8 kota. Daerah ini di urutan 8." in form
    assert re.search(r'value="rank"[^>]* checked', form)
    assert "Peringkat 2 dari 8 kota memerlukan indeks 62,00" in form
    made = client.post(NEW, {**SENT, "goal": "rank", "rank": "2"})
    plan = Plan.objects.get()
    assert (plan.goal, plan.target, plan.wish["rank"]["rank"]) == ("rank", Decimal("62.00"), 2)
    solve(plan.pk)
    page = client.get(made["Location"]).content.decode()
    assert "mencapai peringkat 2 (indeks 62,00)" in page
    assert "Peringkat 2 dari 8 kota memerlukan indeks 62,00" in page
    assert "bila daerah lain bergerak seperti tahun 2024–2025" in page
    assert "sumber: Keputusan contoh" in page
    assert "peringkat 2 (indeks 62,00)" in client.get("/kota-contoh/rencana/").content.decode()
    build.results(table(20), year=2026, regions=8)  # what was asked stays what it was
    assert "Peringkat 2 dari 8 kota memerlukan indeks 62,00" in client.get(made["Location"]).content.decode()


def test_a_plan_for_a_rank_supposes_nobody_moves_where_one_year_is_known(people: People, login: Login) -> None:
    plans.year(people, 1)
    build.results(table(0), year=2025, regions=8)
    page = login(people.region_admin).get(f"{NEW}?peringkat=2").content.decode()
    assert "memerlukan indeks 58,00</strong>, bila daerah lain tidak bergerak" in page


@pytest.mark.parametrize(
    ("rank", "says"),
    [
        ("", "Tulis peringkat yang dituju."),
        ("9", "Hanya ada 8 kota dalam tabel itu."),
        ("0", "field-error"),
        ("-3", "field-error"),
        ("dua", "field-error"),
        ("9" * 40, "field-error"),
    ],
)
def test_a_rank_that_cannot_be_is_told_and_no_plan_is_made(
    two_years: None, people: People, login: Login, rank: str, says: str
) -> None:
    plans.year(people, 1)
    client = login(people.region_admin)
    answer = client.post(NEW, {**SENT, "goal": "rank", "rank": rank})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert client.get(f"{NEW}?peringkat={rank}").status_code == 200
    assert not Plan.objects.exists()
    assert not Event.objects.filter(act="plan.asked").exists()


def test_without_whole_results_no_rank_is_offered_and_it_says_what_to_do(people: People, login: Login) -> None:
    assessment = plans.year(people, 1)
    build.results(table(0), year=2025, regions=90)
    client = login(people.region_admin)
    page = client.get(f"{NEW}?peringkat=2").content.decode()
    assert "hasil lengkap seluruh kota belum dimuat" in page
    assert 'value="rank"' not in page
    assert client.post(NEW, {**SENT, "goal": "rank", "rank": "2"}).status_code == 422
    with pytest.raises(Refused, match="Belum ada hasil lengkap"):
        asking.ask(assessment, plans.wish(goal="rank", rank=2), by=people.region_admin)
    assert not Plan.objects.exists()
    assert not Event.objects.filter(act="plan.asked").exists()


def test_a_rank_beyond_the_table_is_refused(two_years: None, people: People) -> None:
    assessment = plans.year(people, 1)
    for rank in (9, 0, None):
        with pytest.raises(Refused, match="tidak sebanyak ini"):
            asking.ask(assessment, plans.wish(goal="rank", rank=rank), by=people.region_admin)
    assert not Plan.objects.exists()
