"""What is computed about a rank is kept with its question, its data and its seed; it can be cancelled, and done again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pamong.agencies.models import Region
from pamong.assessments.models import Assessment
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.engine import robustness
from pamong.ranking import doubts, tasks, working
from pamong.ranking.actions import computing
from pamong.ranking.models import Run
from pamong.ranking.states import Kind, State
from pamong.scoring.queries import CLAIMED, index
from tests.build import People
from tests.ranking import build
from tests.verification import build as verification

Login = Callable[[Any], Client]
NONE = doubts.Chances(0, 0, 0)


@pytest.fixture
def year(region: Region, people: People) -> Assessment:
    """A year with one innovation handed over and not judged."""
    verification.submitted(people)
    return Assessment.objects.get()


def asked(year: Assessment, **more: Any) -> dict[str, Any]:
    return {
        "year": year.year, "publication": build.results().pk, "group": "semua", "lowered": 20.0, "rejected": 10.0,
        "margin": 2.0, "noise": 10.0, "draws": 1000, "seed": 7,
    } | more  # fmt: skip


def started(year: Assessment, people: People, **more: Any) -> Run:
    made = computing.start(year.region, Kind.ROBUSTNESS, "Peringkat", asked(year, **more), by=people.region_admin)
    return Run.objects.get(pk=made.pk)


def worked(run: Run) -> Run:
    tasks.work(run.pk)
    return Run.objects.get(pk=run.pk)


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_without_doubt_and_noise_the_index_drawn_is_the_index_claimed(year: Assessment) -> None:
    found = doubts.year_of(year, NONE)
    drawn = robustness.drawn_indices(found.field, (), draws=1, seed=1, noise=0)
    assert robustness.published(drawn).tolist() == [[int(index(year, CLAIMED).index * 100)]]


def test_what_is_not_judged_and_not_decided_is_doubtful(year: Assessment) -> None:
    found = doubts.year_of(year, doubts.Chances(0.2, 0.1, 2))
    (entry,) = year.entries.filter(kind="innovation", state__in=("submitted", "verifying"))
    assert (found.lowered, found.rejected) == (sum(mark not in "-0" for mark in entry.claimed), 1)
    assert {event.unless for event in found.events if event.probability == 0.2} == {0}


def test_a_run_keeps_its_question_its_data_and_its_answer(year: Assessment, people: People) -> None:
    run = worked(started(year, people))
    assert (run.state, run.done, run.asked["seed"]) == (State.DONE, working.PARTS, 7)
    assert run.data["edition_digest"] == year.edition_digest
    assert (run.data["table_digest"], run.data["peers"], run.result["of"]) == ("0" * 64, 3, 4)
    assert sum(band["percent"] for band in run.result["bands"]) == pytest.approx(100, abs=0.1)
    acts = list(Event.objects.filter(act__startswith="run.").order_by("pk").values_list("act", flat=True))
    assert acts == ["run.started", "run.finished"]


def test_the_same_question_has_the_same_answer_to_the_digit(year: Assessment, people: People) -> None:
    first, second = worked(started(year, people)), worked(started(year, people))
    assert (first.data, first.result) == (second.data, second.result)
    assert worked(started(year, people, seed=8)).result != first.result


def test_a_run_worked_on_twice_is_done_once(year: Assessment, people: People) -> None:
    run = worked(started(year, people))
    assert tasks.work(run.pk) == "nothing"
    assert Event.objects.filter(act="run.finished").count() == 1


def test_a_run_whose_worker_was_killed_is_done_by_the_next(year: Assessment, people: People) -> None:
    run = started(year, people)
    computing.begin(run.pk)
    computing.progress(run, 4)
    assert worked(run).state == State.DONE


def test_a_cancelled_run_stops_and_keeps_nothing(year: Assessment, people: People) -> None:
    run = started(year, people)
    computing.begin(run.pk)
    computing.cancel(run, by=people.region_admin)
    with pytest.raises(computing.Cancelled):
        computing.progress(run, 1)
    kept = computing.finish(run, working.Answer({"a": 1}, {"b": 2}))
    assert (kept.state, kept.data, kept.result) == (State.CANCELLED, {}, {})
    with pytest.raises(Refused, match="sudah berakhir"):
        computing.cancel(run, by=people.region_admin)


def test_a_run_cancelled_while_worked_on_ends_the_work(
    year: Assessment, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = started(year, people)
    real = robustness.drawn_indices

    def interrupted(*given: Any, **more: Any) -> Any:
        Run.objects.filter(pk=run.pk).update(state=State.CANCELLED)
        return real(*given, **more)

    monkeypatch.setattr(robustness, "drawn_indices", interrupted)
    assert tasks.work(run.pk) == "cancelled"
    assert Run.objects.get(pk=run.pk).result == {}


def test_who_does_not_read_the_region_starts_and_cancels_nothing(year: Assessment, people: People) -> None:
    run = started(year, people)
    before = Event.objects.count()
    for person in (people.operator, people.stranger, people.site_admin):
        with pytest.raises(Refused, match="hanya pembaca seluruh daerah"):
            computing.start(year.region, Kind.ROBUSTNESS, "x", {}, by=person)
        with pytest.raises(Refused):
            computing.cancel(run, by=person)
    assert (Run.objects.count(), Run.objects.get().state, Event.objects.count()) == (1, State.QUEUED, before)


def test_too_many_at_once_are_refused(year: Assessment, people: People) -> None:
    for _ in range(5):
        started(year, people)
    with pytest.raises(Refused, match="Sudah 5 perhitungan menunggu"):
        started(year, people)
    assert Run.objects.count() == 5


def test_a_table_without_others_cannot_be_compared_with(year: Assessment, people: People) -> None:
    run = worked(started(year, people, group="kota"))
    assert (run.state, run.result) == (State.FAILED, {})
    assert run.reason.startswith("Tabel pembandingnya tidak memuat daerah lain")


def nation(year: int, rise: int = 0) -> None:
    rows = "".join(f"33.{n:02};Kabupaten {n};{20 + 2 * n + rise},00;;;\n" for n in range(1, 21))
    build.results(build.HEADER + rows, year=year)


def forecast(region: Region, people: People, **more: Any) -> Run:
    given = {"series": "iid", "group": "kabupaten", "planned": 70.0, "wished": 1, "draws": 1000, "seed": 1} | more
    return worked(computing.start(region, Kind.FORECAST, "Prakiraan", given, by=people.region_admin))


def test_a_forecast_names_its_years_and_how_well_it_would_have_done(region: Region, people: People) -> None:
    for year, rise in ((2023, 0), (2024, 2), (2025, 4)):
        nation(year, rise)
    run = forecast(region, people)
    assert (run.state, run.data["years"], run.result["next"]) == (
        State.DONE,
        {"2023": 20, "2024": 20, "2025": 20},
        2026,
    )
    assert (run.result["rank"]["median"], run.result["reached_percent"]) == (1, 100)
    assert run.result["backtest"]["covered_percent"] == 100


def test_a_forecast_without_history_says_what_is_missing(region: Region, people: People) -> None:
    nation(2025)
    run = forecast(region, people)
    assert (run.state, run.reason[:31]) == (State.FAILED, "Riwayatnya terlalu sedikit: per")


def test_the_pages_ask_compute_and_tell(year: Assessment, people: People, login: Login) -> None:
    build.results()
    client, slug = login(people.region_admin), year.region.slug
    page = client.get(reverse("ranking:robustness", args=[slug]))
    given = page.context["form"].initial | {"year": year.year, "publication": asked(year)["publication"]}
    sent = (
        {"lowered": "20", "rejected": "10", "margin": "2", "noise": "10", "draws": "1000", "seed": "7"}
        | given
        | {"group": "semua"}
    )
    answer = client.post(reverse("ranking:robustness", args=[slug]), sent, follow=True)
    run = Run.objects.get()
    assert answer.redirect_chain[0][0] == reverse("ranking:run", args=[slug, run.code])
    told = text(client.get(reverse("ranking:run", args=[slug, worked(run).code])))
    assert "Dalam 90 dari 100 kemungkinan, Kota Contoh di urutan" in told
    assert "Benih 7" in told
    assert run.title in text(client.get(reverse("ranking:runs", args=[slug])))


def test_a_run_under_way_can_be_cancelled_from_its_page(year: Assessment, people: People, login: Login) -> None:
    run, client = started(year, people), login(people.region_admin)
    Run.objects.filter(pk=run.pk).update(state=State.RUNNING, done=3, result={}, data={})
    at = reverse("ranking:run", args=[year.region.slug, run.code])
    page = client.get(at).content.decode()
    assert "data-watch" in page
    assert "Batalkan perhitungan" in page
    client.post(reverse("ranking:run_cancel", args=[year.region.slug, run.code]))
    assert "dibatalkan" in text(client.get(at))
    assert "sudah berakhir" in text(
        client.post(reverse("ranking:run_cancel", args=[year.region.slug, run.code]), follow=True)
    )


def test_a_simulation_by_ones_own_weights_is_saved_as_such(region: Region, people: People, login: Login) -> None:
    client = login(people.region_admin)
    columns = re.findall(
        r'"column": "(\w+)"',
        client.get(reverse("ranking:composite", args=[region.slug])).content.decode().replace("&quot;", '"'),
    )
    table = (
        "daerah,"
        + ",".join(columns)
        + "\n"
        + "Kab. A,"
        + ",".join(["4"] * 12)
        + "\nKab. B,"
        + ",".join(["3"] * 12)
        + "\n"
    )
    spec = client.get(reverse("ranking:composite", args=[region.slug])).context["form"].fields["spec"].initial
    given = {"title": "IDSD bobot sama", "spec": spec, "noise": "25", "draws": "1000", "seed": "1"}
    file = SimpleUploadedFile("idsd.csv", table.encode())
    client.post(reverse("ranking:composite", args=[region.slug]), given | {"file": file})
    run = Run.objects.get()
    assert (len(columns), run.state, [row["rank"] for row in run.result["rows"]]) == (12, State.DONE, [1, 2])
    told = text(client.get(reverse("ranking:run", args=[region.slug, run.code])))
    assert "Simulasi dengan bobot pilihan Region Admin, bukan nilai resmi." in told
    assert "1 Kab. A 4,00 1 1–1" in told


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_runs_asks_the_same_for_one_and_for_three(
    count: int, year: Assessment, people: People, login: Login, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        started(year, people)
    client = login(people.region_admin)
    at = reverse("ranking:runs", args=[year.region.slug])
    client.get(at)
    with django_assert_num_queries(6):
        assert client.get(at).status_code == 200
