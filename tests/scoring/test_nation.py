from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_q.models import Schedule
from django_scopes import scopes_disabled

from pamong.assessments import packing
from pamong.assessments.models import Assessment, Entry, EntryScore
from pamong.scoring import queries, schedules, tasks
from pamong.scoring.actions.refreshing import refresh, refresh_nation
from pamong.scoring.models import IndexScore
from tests.scoring import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every_region():
    with scopes_disabled():
        yield


def test_the_nation_gets_the_same_figures_as_each_region_by_itself() -> None:
    years = build.nation(regions=9, each=17)
    assert refresh_nation(2026) == Entry.objects.count()
    stored = {row.pk: (row.claimed, row.verified) for row in IndexScore.objects.all()}
    assert {year.pk: (score.claimed, score.verified) for year in years if (score := refresh(year))} == stored
    alone = {
        year.pk: tuple(int(queries.index(year, value).index * 100) for value in ("claimed", "verified"))
        for year in years
    }
    assert stored == alone


def test_every_entry_gets_the_score_its_packed_levels_come_to() -> None:
    build.nation(regions=3, each=5)
    refresh_nation(2026)
    for entry in Entry.objects.select_related("assessment", "score"):
        assert (entry.score.claimed, entry.score.verified) == (
            packing.points(entry, "claimed"),
            packing.points(entry, "verified"),
        )


def test_refreshing_twice_changes_nothing_twice() -> None:
    build.nation(regions=2, each=3)
    refresh_nation(2026)
    before = list(EntryScore.objects.order_by("pk").values_list())
    refresh_nation(2026)
    assert list(EntryScore.objects.order_by("pk").values_list()) == before


def test_refreshing_a_year_leaves_other_years_alone() -> None:
    build.nation(regions=2, each=3)
    assert refresh_nation(2025) == 0
    assert not IndexScore.objects.exists()
    assert not EntryScore.objects.exists()


@pytest.mark.parametrize("each", [1, 3])
def test_one_region_is_refreshed_in_as_many_queries_whatever_its_size(each: int) -> None:
    year = build.nation(regions=1, each=each)[0]
    refresh(year)
    with CaptureQueriesContext(connection) as seen:
        refresh(year)
    assert len(seen) == 2  # entries read, index written


def test_the_clock_refreshes_years_some_region_still_works_on() -> None:
    running = build.nation(regions=3, each=2, seed=5)
    Assessment.objects.update(phase="open")
    closed = build.nation(regions=1, each=1, year=2024, seed=6, first=50)
    Assessment.objects.filter(year=2024).update(phase="closed")
    assert tasks.refresh_running_years() == Entry.objects.filter(assessment__year=2026).count()
    assert set(IndexScore.objects.values_list("pk", flat=True)) == {year.pk for year in running}
    assert closed


def test_the_clock_is_set_once() -> None:
    for _ in range(2):
        schedules.ensure()
    assert Schedule.objects.filter(func="pamong.scoring.tasks.refresh_running_years").count() == 1
