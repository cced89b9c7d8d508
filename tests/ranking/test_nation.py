"""How sure the rank of every region is: told to who reads all of them, the same again from the same seed, never beyond them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from python_calamine import CalamineWorkbook

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.models import Region
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import Phase, State
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.ranking import nationwide, queries, tasks
from pamong.ranking.actions import bringing, computing
from pamong.ranking.models import Run
from pamong.ranking.states import Kind
from pamong.ranking.states import State as RunState
from pamong.scoring.queries import VERIFIED, index
from tests import build as people_build
from tests.ranking.test_pages import text
from tests.scoring import build

Login = Callable[[Any], Client]


@pytest.fixture
def home(db: None) -> Iterator[Region]:
    """Six regions that report under one edition; the first one's scope is not entered."""
    build.nation(regions=6, each=5)
    with scopes_disabled():
        Assessment.objects.update(edition_code="iid-2026", phase=Phase.VERIFYING)
        yield Region.objects.order_by("code")[0]


@pytest.fixture
def reader(home: Region) -> User:
    who = people_build.person("Pembaca Nasional")
    people_build.seat(who, Role.NATION_READER)
    return who


def started(region: Region, by: User, **more: Any) -> Run:
    asked = {"year": 2026, "province": "", "lowered": 20.0, "rejected": 10.0, "margin": 2.0, "noise": 10.0, "draws": 200, "seed": 7} | more  # fmt: skip
    return computing.start(region, Kind.NATION, "Semua daerah", asked, by=by)


def worked(run: Run) -> Run:
    tasks.work(run.pk)
    return Run.objects.get(pk=run.pk)


def test_the_same_seed_gives_every_rank_again_to_the_digit(home: Region, reader: User) -> None:
    first, second = worked(started(home, reader)), worked(started(home, reader))
    assert first.state == RunState.DONE
    assert (first.data, first.result) == (second.data, second.result)
    assert worked(started(home, reader, seed=8)).result != first.result


def test_without_doubt_and_noise_every_rank_stands_where_it_is(home: Region, reader: User) -> None:
    run = worked(started(home, reader, lowered=0.0, rejected=0.0, margin=0.0, noise=0.0))
    for row in run.result["rows"]:
        now, low, median, high = row["ranks"]["semua"]
        assert (low, median, high) == (now, now, now)
        assert sorted(row["bands"])[-1] == 100


def test_a_closed_year_counts_as_it_was_published(home: Region, reader: User) -> None:
    Assessment.objects.update(phase=Phase.CLOSED)
    run = worked(started(home, reader, noise=0.0))
    own = {year.region.code: float(index(year, VERIFIED).index) for year in Assessment.objects.select_related("region")}
    assert {row["code"]: row["index"] for row in run.result["rows"]} == own
    assert (run.data["unjudged"], run.data["undecided"]) == (0, 0)


def test_what_happens_to_one_region_says_nothing_of_another(home: Region, reader: User) -> None:
    """Two regions alike in everything are not lucky together."""
    one, other = list(Assessment.objects.order_by("region__code"))[:2]
    Entry.objects.filter(assessment=other).delete()
    for entry in Entry.objects.filter(assessment=one, kind="innovation"):
        entry.pk, entry.code, entry.assessment, entry.region = None, f"x{entry.code[1:]}", other, other.region
        entry.save(force_insert=True)
    Entry.objects.filter(assessment__in=(one, other)).update(state=State.VERIFYING, verified="-" * 20)
    run = worked(started(home, reader, noise=0.0))
    rows = {row["code"]: row for row in run.result["rows"]}
    twins = [rows[each.region.code] for each in (one, other)]
    assert twins[0]["index"] == twins[1]["index"]
    assert twins[0]["ranks"]["semua"][0] == twins[1]["ranks"]["semua"][0]
    assert twins[0]["ranks"]["semua"][1] < twins[0]["ranks"]["semua"][3]


def test_ranks_are_told_within_each_cluster(home: Region, reader: User) -> None:
    codes = list(Region.objects.order_by("code").values_list("code", flat=True))[:2]
    bringing.set_cluster(by=None, code="tertinggal", name="Tertinggal", source="Perpres", members=codes)
    run = worked(started(home, reader))
    within = {row["code"]: row["ranks"]["tertinggal"] for row in run.result["rows"] if "tertinggal" in row["ranks"]}
    assert set(within) == set(codes)
    assert sorted(now for now, *_ in within.values()) == [1, 2]
    assert [(group["code"], group["regions"]) for group in run.result["groups"]] == [
        ("semua", 6),
        ("kabupaten", 6),
        ("tertinggal", 2),
    ]


def test_regions_under_other_rules_and_silent_ones_are_counted_not_ranked(home: Region, reader: User) -> None:
    years = list(Assessment.objects.order_by("pk"))
    Assessment.objects.filter(pk=years[0].pk).update(edition_code="iid-2023")
    Entry.objects.filter(assessment=years[1]).update(state=State.DRAFT)
    years[2].delete() if not years[2].entries.exists() else Assessment.objects.filter(pk=years[2].pk).update(year=2025)
    run = worked(started(home, reader))
    assert (run.data["regions"], run.data["other_edition"], run.data["silent"]) == (3, 1, 2)


def test_a_year_nobody_reported_says_so(home: Region, reader: User) -> None:
    run = worked(started(home, reader, year=2031))
    assert (run.state, run.reason[:37]) == (RunState.FAILED, "Belum ada daerah yang melaporkan apa ")


def test_cancelling_midway_ends_the_work(home: Region, reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    run, real, seen = started(home, reader), nationwide.doubts.year_of, []

    def interrupted(*given: Any) -> Any:
        seen.append(given)
        if len(seen) == 2:
            with scopes_disabled():
                computing.cancel(run, by=reader)
        return real(*given)

    monkeypatch.setattr(nationwide.doubts, "year_of", interrupted)
    assert tasks.work(run.pk) == "cancelled"
    assert (len(seen), Run.objects.get(pk=run.pk).result) == (2, {})


def test_only_who_reads_all_regions_computes_and_sees_all_regions(home: Region, reader: User) -> None:
    run = worked(started(home, reader))
    admin, province = people_build.person("Admin"), people_build.person("Pembaca provinsi")
    people_build.seat(admin, Role.REGION_ADMIN, home)
    above = people_build.region("Provinsi Sebelas", "11")
    Region.objects.filter(pk=above.pk).update(kind="provinsi")
    Region.objects.filter(pk=home.pk).update(province_code="11")
    home.refresh_from_db()
    people_build.seat(province, Role.NATION_READER, above)
    before = Event.objects.count()
    with pytest.raises(Refused, match="hanya pembaca provinsi atau nasional"):
        started(home, admin)
    with pytest.raises(Refused):
        computing.cancel(run, by=admin)
    assert (Run.objects.count(), Event.objects.count()) == (1, before)
    assert [queries.visible_to(who, home).count() for who in (reader, admin, province)] == [1, 0, 0]
    own = worked(started(home, province, province="11"))
    assert [row["code"] for row in own.result["rows"]] == [home.code]
    assert [queries.visible_to(who, home).count() for who in (reader, admin, province)] == [2, 0, 1]


def test_the_page_asks_for_the_province_of_who_asks(home: Region, reader: User, login: Login) -> None:
    sent = {
        "year": "2026",
        "lowered": "20",
        "rejected": "10",
        "margin": "2",
        "noise": "10",
        "draws": "1000",
        "seed": "1",
    }
    answer = login(reader).post(reverse("ranking:nation", args=[home.slug]), sent | {"province": "99"})
    run = Run.objects.get()
    assert (answer.status_code, run.asked["province"], run.state) == (302, "", RunState.QUEUED)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_all_regions_is_sorted_narrowed_and_asks_the_same(
    count: int, home: Region, reader: User, login: Login, django_assert_num_queries: Any
) -> None:
    run, client = worked(started(home, reader)), login(reader)
    run.result["rows"] = run.result["rows"][:count]
    run.save()
    at = reverse("ranking:run", args=[home.slug, run.code])
    client.get(at)
    with django_assert_num_queries(5):
        page = client.get(at + "?urut=-lebar&kelompok=kabupaten")
    widths = [line.width for line in page.context["lines"]]
    assert (len(widths), widths) == (count, sorted(widths, key=int, reverse=True))
    assert "Kabupaten (6)" in text(page)
    assert client.get(at + "?urut=x'&kelompok=x&page=99").status_code == 200


def test_all_regions_leave_as_a_workbook(home: Region, reader: User, login: Login) -> None:
    run = worked(started(home, reader))
    answer = login(reader).get(reverse("ranking:run_export", args=[home.slug, run.code]) + "?urut=urutan")
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert head[:4] == ["Urutan sekarang", "Kode", "Daerah", "Indeks"]
    assert [row[0] for row in rows] == sorted(row["ranks"]["semua"][0] for row in run.result["rows"])
