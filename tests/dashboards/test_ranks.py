"""Why a rank moved between two years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.test import Client

from pamong.dashboards.causes import Result
from pamong.dashboards.ranks import RankMoved, rank_moved
from tests.assessments import build as reports
from tests.build import People
from tests.ranking import build as ranking
from tests.verification import build as verification

HEADER = ranking.HEADER


def two_years(people: People) -> tuple[Result, Result]:
    """The same innovations in both years: whatever moves the rank, others did it."""
    for year, edition in ((2025, "iid-2025"), (2026, "iid-2026")):
        assessment = reports.assessment(people.region, people.region_admin, year=year, edition_code=edition)
        verification.accepted(
            people,
            assessment=assessment,
            name=f"Inovasi {year}",
            trial_on=date(year - 1, 1, 5),
            applied_on=date(year - 1, 2, 1),
        )
    first, second = (Result(people.region, year, "terverifikasi") for year in (2025, 2026))
    return first, second


def published(year: int, *others: str, regions: int | None = None) -> None:
    rows = [f"33.{72 + at};Kota {at};{value};;;" for at, value in enumerate(others)]
    ranking.results(
        HEADER + "\n".join(["33.71;Kota Contoh;50;;;", *rows]) + "\n", year=year, regions=regions or 1 + len(others)
    )


def test_what_others_did_is_told_apart_and_the_parts_sum_to_the_change(people: People) -> None:
    published(2025, "0,01", "0,02", "99")
    published(2026, "98", "97", "99")
    found = rank_moved(people.region_admin, *two_years(people))
    assert isinstance(found, RankMoved)
    assert (found.before, found.after, found.among) == (2, 4, (4, 4))
    assert sum(amount for _, amount in found.lines) == found.change == 2
    assert found.lines[-1] == ("gerak daerah lain", Decimal("2.0"))
    assert found.says == "Peringkat di antara kota turun dari 2 menjadi 4; karena daerah lain saja, 2,0 tempat turun."


def test_where_the_others_are_not_known_the_page_says_so(people: People) -> None:
    published(2025, "0,01")
    published(2026, "98", regions=500)  # not all of those measured
    said = rank_moved(people.region_admin, *two_years(people))
    assert isinstance(said, str)
    assert "hasil lengkap semua daerah tahun 2025 dan 2026" in said


def test_two_values_of_one_year_have_no_rank_to_compare(people: People) -> None:
    one, other = (Result(people.region, 2026, word) for word in ("klaim", "terverifikasi"))
    assert rank_moved(people.region_admin, one, other) == ""


def test_the_page_shows_it(people: People, login: Callable[[object], Client]) -> None:
    published(2025, "0,01")
    published(2026, "98")
    two_years(people)
    address = "/kota-contoh/sebab/?dari=kota-contoh/2025/terverifikasi&ke=kota-contoh/2026/terverifikasi"
    page = login(people.operator).get(address).content.decode()
    assert ("turun dari 1 menjadi 2" in page, "gerak daerah lain" in page) == (True, True)
