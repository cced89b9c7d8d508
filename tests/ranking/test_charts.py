"""A chart of years has whole ranks with the first at the top, and joins only neighbouring years of one series."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pamong.agencies.models import Region
from pamong.ranking import charts
from tests.build import People
from tests.ranking import build
from tests.ranking.test_pages import text

Login = Callable[[Any], Client]


@pytest.mark.parametrize("worst", [1, 2, 3, 7, 98, 416, 552])
def test_the_scale_of_ranks_is_whole_numbers_from_one_at_the_top(worst: int) -> None:
    chart = charts.ranks([(2024, 1), (2025, worst)])
    assert chart is not None
    numbers = [int(tick.text) for tick in chart.scale]
    assert (numbers[0], numbers == sorted(set(numbers)), numbers[-1] >= worst, len(numbers) <= 8) == (
        1,
        True,
        True,
        True,
    )
    assert chart.scale[0].at == min(tick.at for tick in chart.scale) == chart.marks[0].y
    assert chart.marks[0].y <= chart.marks[1].y


def test_a_year_without_a_result_is_a_gap() -> None:
    chart = charts.ranks([(2025, 3), (2021, 9), (2022, 5)])
    assert chart is not None
    assert ([mark.text for mark in chart.marks], len(chart.lines)) == (["9", "5", "3"], 1)
    assert [tick.text for tick in chart.years] == ["2021", "2022", "2023", "2024", "2025"]


def test_one_year_is_not_drawn() -> None:
    assert (charts.ranks([(2025, 3)]), charts.values([(2025, 3.0, "3")]), charts.ranks([])) == (None, None, None)


def test_what_is_expected_stands_apart_and_is_not_joined() -> None:
    chart = charts.ranks([(2025, 30)], (2026, 12.0, 20.4, 35.0))
    assert chart is not None
    assert chart.span is not None
    assert (chart.lines, chart.span.text, chart.span.high < chart.span.y < chart.span.low) == ((), "12–35", True)


def test_ranks_of_tables_that_are_not_whole_are_not_drawn(region: Region, people: People, login: Login) -> None:
    for year in (2024, 2025):
        build.results(year=year, regions=9)
    at = reverse("ranking:history", args=[region.slug])
    page = login(people.operator).get(at)
    assert [bool(years.ranks) for years in page.context["series"]] == [False]
    assert "Urutan dari tahun ke tahun tidak digambar" in text(page)
    for year in (2024, 2025):
        build.results(year=year, regions=4)
    assert [bool(years.ranks) for years in login(people.operator).get(at).context["series"]] == [True]


def test_each_series_is_drawn_by_itself(region: Region, people: People, login: Login) -> None:
    for year in (2018, 2019):
        build.results(build.HEADER + "33.71;Kota Contoh;20030;;;\n", year=year, code="iga-poin")
    for year in (2020, 2021):
        build.results(year=year)
    page = login(people.operator).get(reverse("ranking:history", args=[region.slug]))
    drawn = [[tick.text for tick in years.values.years] for years in page.context["series"]]
    assert drawn == [["2020", "2021"], ["2018", "2019"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_years_of_a_region_ask_the_same_for_one_and_for_three(
    count: int, region: Region, people: People, login: Login, django_assert_num_queries: Any
) -> None:
    for year in range(2021, 2021 + count):
        build.results(year=year)
    client, at = login(people.operator), reverse("ranking:history", args=[region.slug])
    client.get(at)
    with django_assert_num_queries(6):
        assert len(client.get(at).context["series"][0].points) == count
