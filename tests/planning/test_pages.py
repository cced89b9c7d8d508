"""What the pages of planning show, to whom, and what they cost."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

from django.test import Client
from python_calamine import CalamineWorkbook

from pamong.assessments.models import Entry
from pamong.planning.actions import plans
from pamong.planning.asks import Without
from pamong.planning.models import EffortSetting, Plan, Task
from pamong.planning.states import State
from tests.assessments import build as reports
from tests.build import People
from tests.planning import build

Login = Callable[[object], Client]
ROOT = "/kota-contoh/rencana/"


def test_an_operator_sees_the_gaps_of_the_own_agency_only(people: People, login: Login) -> None:
    assessment = build.year(people, 1)
    other = reports.entered(assessment, people.other_agency, people.neighbour, name="Punya tetangga")
    page = login(people.operator).get(f"{ROOT}celah/").content.decode()
    assert "Punya tetangga" not in page
    assert other.code not in page
    assert "Indikator daerah" not in page
    assert (
        "Punya tetangga" in login(people.region_head).get(f"{ROOT}celah/?urut=inovasi&cari=tetangga").content.decode()
    )


def test_gaps_are_filtered_sorted_and_exported(people: People, login: Login) -> None:
    build.year(people, 2)
    client = login(people.region_admin)
    found = client.get(f"{ROOT}celah/?indikator=16&format=xlsx")
    lines = CalamineWorkbook.from_filelike(io.BytesIO(found.content)).get_sheet_by_index(0).to_python()
    assert [line[2] for line in lines[1:]] == ["16", "16"]
    for odd in ("?urut=xx", "?page=99999999999", "?cari=%00", "?indikator=999", "?instansi=%27"):
        assert client.get(f"{ROOT}celah/{odd}").status_code == 200
    assert client.get(f"{ROOT}celah/?tahun=1999").status_code == 404


def test_the_gaps_page_costs_as_many_queries_for_three_entries_as_for_one(people: People, login: Login, django_assert_num_queries) -> None:  # fmt: skip
    client = login(people.region_admin)
    for entries in (1, 2):
        build.year(people, entries)
        client.get(f"{ROOT}celah/")
        with django_assert_num_queries(11):
            client.get(f"{ROOT}celah/")


def test_the_task_list_costs_as_many_queries_for_three_tasks_as_for_one(people: People, login: Login, django_assert_num_queries) -> None:  # fmt: skip
    plan = build.agreed(people)
    client = login(people.region_admin)
    keep = list(plan.tasks.values_list("pk", flat=True)[:3])
    for number in (3, 1):
        Task.objects.exclude(pk__in=keep[:number]).delete()
        client.get(f"{ROOT}tugas/")
        with django_assert_num_queries(9):
            assert client.get(f"{ROOT}tugas/").content.decode().count("Tambahan indeks</td>") == 0


def test_an_effort_is_set_and_given_back_on_its_page(people: People, login: Login) -> None:
    build.year(people, 1)
    client = login(people.region_admin)
    sent = {"days1": "2,5", "cost1": "100000", "lead1": "14"}
    assert client.post(f"{ROOT}upaya/16/", sent).status_code == 302
    only = EffortSetting.objects.get()
    assert (only.indicator, only.level, only.days, only.cost, only.lead) == ("16", 1, Decimal("2.5"), 100000, 14)
    assert "ditetapkan daerah" in client.get(f"{ROOT}upaya/").content.decode()
    page = client.post(f"{ROOT}upaya/16/", {"cost1": "5", "days2": "-1"})
    assert page.status_code == 422
    assert "Isi juga hari kerjanya" in page.content.decode()
    assert client.post(f"{ROOT}upaya/16/", {}).status_code == 302
    assert not EffortSetting.objects.exists()


def test_a_plan_is_asked_for_computed_and_read(
    people: People, login: Login, django_capture_on_commit_callbacks
) -> None:
    build.year(people)
    client = login(people.region_admin)
    sent = {"name": "Maret", "goal": "most", "until": build.in_days(60).isoformat(), "otherwise": "6"}
    with django_capture_on_commit_callbacks(execute=True):
        sent_to = client.post(f"{ROOT}baru/", sent)
    plan = Plan.objects.get()
    assert sent_to["Location"] == f"{ROOT}{plan.code}/"
    page = client.get(sent_to["Location"]).content.decode()
    assert "Terbukti terbaik" in page
    assert "Dinas Contoh" in page
    assert plan.data_digest[:12] in page
    assert "Maret" in client.get(ROOT).content.decode()


def test_what_was_typed_wrong_is_kept_and_nothing_is_asked(people: People, login: Login) -> None:
    build.year(people, 1)
    client = login(people.region_admin)
    sent = {"name": "Maret", "goal": "reach", "until": "2001-01-01", f"days-{people.agency.slug}": "abc"}
    page = client.post(f"{ROOT}baru/", sent)
    assert page.status_code == 422
    assert "Tulis indeks yang dituju" in page.content.decode()
    assert 'value="Maret"' in page.content.decode()
    assert "Tenggatnya sudah lewat" in page.content.decode()
    assert not Plan.objects.exists()


def test_what_is_left_out_is_typed_kept_and_told(people: People, login: Login) -> None:
    build.year(people, 1)
    code = Entry.objects.get(kind="innovation").code
    client = login(people.region_admin)
    sent = {
        "name": "Tanpa", "goal": "most", "until": build.in_days(60).isoformat(), "own": "3,5",
        "no_agencies": [people.agency.slug], "no_entries": [code], "no_indicators": ["18"],
    }  # fmt: skip
    wrong = client.post(f"{ROOT}baru/", {**sent, "until": "", "no_entries": [code, "tidak-ada"]})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert f'value="{code}" ' in page
    assert page.count("checked") == 4  # and the goal
    assert 'value="3,5"' in page
    assert not Plan.objects.exists()
    made = client.post(f"{ROOT}baru/", sent)
    plan = Plan.objects.get()
    assert plan.wish["budgets"] == {"": "3.5"}
    assert plan.wish["without"] == {"agencies": [people.agency.slug], "entries": [code], "indicators": ["18"]}
    plans.solve(plan)
    page = client.get(made["Location"]).content.decode()
    name = Entry.objects.get(kind="innovation").innovation.name
    assert f"Tidak diikutkan: {people.agency.name}; {name}; indikator 18 Dukungan anggaran;" in page
    assert "Peluang indeks sedikitnya" in page


def test_an_agency_does_not_read_whose_innovations_were_left_out(people: People, login: Login) -> None:
    build.year(people, 1)
    entry = Entry.objects.get(kind="innovation")
    plan = build.agreed(people, without=Without(entries=(entry.code,)))
    assert entry.innovation.name in login(people.operator).get(f"{ROOT}{plan.code}/").content.decode()
    assert entry.innovation.name not in login(people.neighbour).get(f"{ROOT}{plan.code}/").content.decode()


def test_a_target_in_the_address_is_filled_in(people: People, login: Login) -> None:
    build.year(people, 1)
    client = login(people.region_admin)
    page = client.get(f"{ROOT}baru/?indeks=65.01&peringkat=20").content.decode()
    assert 'value="65,01"' in page
    assert 'value="Menuju peringkat 20 ' in page
    assert "Menuju peringkat <" not in client.get(f"{ROOT}baru/?peringkat=%3Cscript").content.decode()
    for odd in ("NaN", "1e999", "-3", "x"):
        assert client.get(f"{ROOT}baru/?indeks={odd}").status_code == 200


def test_a_plan_under_way_shows_its_progress_and_is_cancelled(people: People, login: Login) -> None:
    plan = build.asked(people)
    Plan.objects.filter(pk=plan.pk).update(state=State.RUNNING, done=3, of=9)
    client = login(people.region_admin)
    part = client.get(f"{ROOT}{plan.code}/", headers={"HX-Request": "true"}).content.decode()
    assert "3 / 9" in part
    assert "<html" not in part
    assert client.post(f"{ROOT}{plan.code}/batal/").status_code == 302
    ended = client.get(f"{ROOT}{plan.code}/", headers={"HX-Request": "true"})
    assert ended["HX-Refresh"] == "true"
    assert "dibatalkan sebelum selesai" in ended.content.decode()


def test_an_agency_sees_its_part_of_an_agreed_plan_and_nobody_elses(people: People, login: Login) -> None:
    plan = build.agreed(people)
    page = login(people.operator).get(f"{ROOT}{plan.code}/").content.decode()
    assert "langkah instansi Anda" in page
    assert people.region_head.name not in page
    page = login(people.neighbour).get(f"{ROOT}{plan.code}/").content.decode()
    assert "Tidak ada langkah untuk instansi Anda" in page
    assert build.solved(people).code not in login(people.operator).get(ROOT).content.decode()


def test_agreeing_proposes_people_and_makes_tasks(people: People, login: Login) -> None:
    plan = build.solved(people)
    client = login(people.region_admin)
    page = client.get(f"{ROOT}{plan.code}/sepakati/").content.decode()
    assert "Penanggung jawab Dinas Contoh" in page
    day = build.in_days(20).isoformat()
    sent = {
        f"person-{people.agency.slug}": people.operator.pk,
        f"due-{people.agency.slug}": day,
        "person-": "",
        "due-": day,
    }
    assert client.post(f"{ROOT}{plan.code}/sepakati/", {**sent, "person-": "999999"}).status_code == 422
    assert not Task.objects.exists()
    assert client.post(f"{ROOT}{plan.code}/sepakati/", sent).status_code == 302
    assert set(Task.objects.values_list("person", flat=True)) <= {people.operator.pk, None}
    page = login(people.operator).get(f"{ROOT}tugas/?saya=on").content.decode()
    assert str(Task.objects.filter(person=people.operator).first().entry) in page


def test_a_task_is_finished_on_its_page_and_what_was_typed_wrong_is_kept(people: People, login: Login) -> None:
    task = build.task(people)
    client = login(people.operator)
    assert client.post(f"{ROOT}tugas/{task.pk}/selesai/", {"spent": "dua"}).status_code == 422
    assert client.post(f"{ROOT}tugas/{task.pk}/selesai/", {"spent": "2,5", "note": "Lancar"}).status_code == 302
    done = Task.objects.get(pk=task.pk)
    assert (done.state, done.spent, done.note) == (Task.State.DONE, Decimal("2.5"), "Lancar")
    assert "2,5 hari kerja: Lancar" in client.get(f"{ROOT}tugas/{task.pk}/").content.decode()
