"""The head of region's page, and why an index moved."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from pamong.accounts.roles import Role
from pamong.assessments.actions import year as year_
from pamong.assessments.models import Entry, Verdict
from pamong.dashboards import causes, head
from pamong.dashboards.charts import waterfall
from pamong.planning.models import Task
from pamong.planning.queries.ground import ground
from pamong.scoring import queries as scoring
from pamong.scoring.actions.closing import close
from pamong.scoring.models import PastFigure
from tests.build import People, seat
from tests.planning import build as planning
from tests.verification import build as verification

Login = Callable[[object], Client]


def test_the_difference_of_claim_and_proof_is_told_in_parts_that_sum_to_it(people: People) -> None:
    verification.accepted(people, {"16": 3, "17": 2, "32": 1, "33": 1, "35": 1})
    entry = verification.rejected(people)
    pair = causes.usual(causes.results(people.region_head, people.region))
    assert pair is not None
    found = causes.explained(people.region_head, *pair)
    assert (pair[0].word, pair[1].word) == ("klaim", "terverifikasi")
    assert found.before == scoring.index(entry.assessment, scoring.CLAIMED).index
    assert found.after == scoring.index(entry.assessment, scoring.VERIFIED).index
    assert sum(line.amount for line in found.lines) == found.change < 0
    assert found.sentences[0].startswith("Indeks terverifikasi")
    assert "lebih rendah daripada klaim" in found.sentences[0]
    assert "penolakan" in found.sentences[1]


def test_another_region_is_compared_only_by_who_reads_both(people: People, login: Login) -> None:
    verification.accepted(people)
    assert {each.region for each in causes.results(people.region_head, people.region)} == {people.region}
    client = login(people.region_head)
    assert client.get("/kota-contoh/sebab/").status_code == 200
    assert client.get("/kota-contoh/sebab/?dari=kabupaten-lain/2026/klaim&ke=kota-contoh/2026/klaim").status_code == 404
    seat(people.region_head, Role.REGION_HEAD, people.other_region)
    del people.region_head._standing
    assert {each.region for each in causes.results(people.region_head, people.region)} <= {
        people.region,
        people.other_region,
    }


def test_a_sealed_result_is_compared_as_it_was_sealed(people: People, login: Login) -> None:
    entry = verification.accepted(people)
    year_.end_reporting(entry.assessment, by=people.region_admin)
    close(entry.assessment, by=people.region_admin, leaving_undecided=True)
    every = causes.results(people.region_head, people.region, sealed=True)
    kept = [each for each in every if each.sealed]
    assert sorted(each.word for each in kept) == ["klaim", "terverifikasi"]
    assert causes.usual(every) == causes.usual(causes.results(people.region_head, people.region))
    proven = next(each for each in kept if each.word == "terverifikasi")
    now = next(each for each in every if not each.sealed and each.word == "terverifikasi")
    assert causes.explained(people.region_head, proven, now).change == 0
    # What changes afterwards changes the present, not what was sealed.
    Entry.objects.filter(pk=entry.pk).update(verified="0" * len(entry.verified))
    assert causes.explained(people.region_head, proven, now).change < 0
    page = login(people.region_head).get(f"/kota-contoh/sebab/?dari={proven.key}&ke={now.key}").content.decode()
    assert "terverifikasi (tersegel " in page
    for other in (people.operator, people.stranger):
        assert login(other).get(f"/kota-contoh/sebab/?dari={proven.key}&ke={now.key}").status_code == 404


def test_a_year_of_which_only_a_figure_is_known_is_named(people: People, login: Login) -> None:
    verification.accepted(people)
    PastFigure.objects.create(region=people.region, year=2019, index=Decimal("41.5"), source="contoh")
    assert (
        "2019 (41,50) hanya diketahui angkanya" in login(people.region_head).get("/kota-contoh/sebab/").content.decode()
    )


def test_a_waterfall_ends_each_bar_where_the_next_begins() -> None:
    drawn = waterfall(("A", Decimal(50)), [("naik", Decimal(4)), ("turun", Decimal(-1))], ("B", Decimal(53)))
    first, up, down, last = drawn.bars
    assert first.end == up.x
    assert abs(down.end - up.end) <= 1
    assert abs(last.end - down.x) <= 1
    assert [bar.text for bar in drawn.bars] == ["50", "+4", "−1", "53"]


def test_agencies_are_held_against_their_own_possible(people: People) -> None:
    verification.accepted(people, {"16": 3, "17": 3, "32": 3, "33": 3, "35": 3})
    entry = verification.rejected(people)
    (house,) = head.houses(ground(entry.assessment))
    assert (house.innovations, house.points, house.possible) == (2, 42, 222)
    assert house.share == Decimal("18.9")


def test_points_proven_are_counted_week_by_week_beside_what_was_planned(people: People) -> None:
    task = planning.task(people)
    planning.proven(task, people)
    rows = head.tasks.rows(head.tasks.visible_to(people.region_admin, people.region))
    last = head.weeks(task.entry.assessment, rows, timezone.localdate())[-1]
    weight = task.entry.assessment.edition.indicator(task.indicator).weight
    assert last.proven == weight * task.level
    # Nothing stood when the plan was agreed on; by the day its tasks are due they are to have brought their worth.
    assert last.planned == 0
    later = head.weeks(task.entry.assessment, rows, task.due_on)[-1]
    indicators = task.entry.assessment.edition.indicators
    worth = [
        indicators[each.task.indicator].weight * (each.task.level - each.task.start)
        for each in rows
        if each.task.indicator in task.entry.assessment.edition.innovation_codes
    ]
    assert later.planned == sum(worth) > 0
    assert head.weeks(task.entry.assessment, [], timezone.localdate())[-1].planned is None


def test_the_page_says_where_why_what_next_and_who_is_late(people: People, login: Login) -> None:
    task = planning.task(people)
    Task.objects.filter(pk=task.pk).update(due_on=timezone.localdate() - timedelta(days=2))
    page = login(people.region_head).get("/kota-contoh/ringkas/").content.decode()
    for title in ("Di mana kita", "Mengapa", "Berikutnya", "Siapa yang terlambat"):
        assert f">{title}</h2>" in page
    assert "terlambat 2 hari" in page


def test_the_page_on_paper_is_one_sheet_with_the_same_figures(people: People, login: Login) -> None:
    task = planning.task(people)
    response = login(people.region_head).get("/kota-contoh/ringkas/unduh/")
    document = pypdf.PdfReader(io.BytesIO(response.content))
    assert len(document.pages) == 1
    text = document.pages[0].extract_text()
    found = head.brief(people.region_head, people.region, task.entry.assessment)
    assert str(found.within).replace(".", ",") in text
    assert "Kota Contoh" in text


def test_the_same_data_makes_the_same_sheet_to_the_byte(people: People, login: Login) -> None:
    planning.task(people)
    client = login(people.region_head)
    first = client.get("/kota-contoh/ringkas/unduh/").content
    time.sleep(1.1)  # a clock inside would have moved on
    assert client.get("/kota-contoh/ringkas/unduh/").content == first


def test_points_of_a_rejected_innovation_are_not_proven(people: People) -> None:
    entry = verification.rejected(people)
    assert Verdict.objects.filter(entry=entry, level__gt=0).exists()
    assert head.weeks(entry.assessment, [], timezone.localdate())[-1].proven == 0


def test_nobody_is_called_punctual_while_somebody_is_late(people: People, login: Login) -> None:
    verification.accepted(people)
    client = login(people.region_head)
    page = client.get("/kota-contoh/ringkas/").content.decode()
    assert ("belum diajukan menjelang tenggat" in page, "Tidak ada yang terlambat" in page) == (True, False)
    Entry.objects.filter(kind="institution").update(state="submitted")
    page = client.get("/kota-contoh/ringkas/").content.decode()
    assert ("belum diajukan menjelang tenggat" in page, "Tidak ada yang terlambat" in page) == (False, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_short_page_and_the_causes_cost_the_same_whatever_the_rows(
    people: People, login: Login, number: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(number):
        verification.accepted(people)
    client = login(people.region_head)
    for url, needed in {"/kota-contoh/ringkas/": 23, "/kota-contoh/sebab/": 14}.items():
        client.get(url)
        with django_assert_num_queries(needed):
            client.get(url)


def test_without_a_year_the_page_says_so(people: People, login: Login) -> None:
    client = login(people.region_head)
    assert "Belum ada tahun penilaian" in client.get("/kota-contoh/ringkas/").content.decode()
    assert client.get("/kota-contoh/ringkas/unduh/").status_code == 404
    assert "Belum ada dua hasil" in client.get("/kota-contoh/sebab/").content.decode()
