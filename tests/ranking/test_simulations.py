"""A simulation by one's own weights is one's own until shared; a small one is answered at once, a wrong one not begun."""

from __future__ import annotations

import io
from ast import literal_eval
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import Schedule
from python_calamine import CalamineWorkbook

from pamong.agencies.models import Region
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.ranking import forms, queries, tasks
from pamong.ranking.actions import computing
from pamong.ranking.models import Run
from pamong.ranking.states import Kind, State
from tests.build import People
from tests.ranking import build
from tests.ranking.test_pages import text

Login = Callable[[Any], Client]


def sent(client: Client, region: Region, **more: Any) -> Any:
    file = SimpleUploadedFile("a.csv", b"daerah,a\nKab. A,2\nKab. B,1\n")
    given = {
        "title": "Bobot kami",
        "spec": build.SPEC,
        "noise": "25",
        "draws": "1000",
        "seed": "1",
        "file": file,
    } | more
    return client.post(reverse("ranking:composite", args=[region.slug]), given)


def test_nobody_else_sees_a_simulation_until_it_is_shared_nor_its_name_in_the_trail(
    region: Region, people: People
) -> None:
    run = build.simulated(region, people.region_admin)
    assert not queries.visible_to(people.region_head, region).exists()
    assert not Event.objects.filter(says__contains="Simulasi sendiri").exists()
    computing.share(run, by=people.region_admin, shared=True)
    assert queries.visible_to(people.region_head, region).get() == run
    computing.share(run, by=people.region_admin, shared=False)
    assert not queries.visible_to(people.region_head, region).exists()
    acts = list(Event.objects.filter(act="run.shared").order_by("pk").values_list("says", flat=True))
    assert acts == ["membagikan simulasi “Simulasi sendiri”", "berhenti membagikan simulasi “Simulasi sendiri”"]


def test_only_its_maker_shares_a_simulation(region: Region, people: People) -> None:
    run = build.simulated(region, people.region_admin, shared=True)
    before = Event.objects.count()
    for person in (people.region_head, people.operator, people.stranger):
        with pytest.raises(Refused, match="Hanya pembuatnya"):
            computing.share(run, by=person, shared=False)
    assert (Run.objects.get().shared, Event.objects.count()) == (True, before)


def test_the_page_shares_and_keeps_to_oneself_again(region: Region, people: People, login: Login) -> None:
    run, client = build.simulated(region, people.region_admin), login(people.region_admin)
    at = reverse("ranking:run_share", args=[region.slug, run.code])
    assert "Siapa pun yang membaca seluruh daerah dapat membukanya." in text(
        client.post(at, {"bagikan": "1"}, follow=True)
    )
    page = text(login(people.region_head).get(reverse("ranking:run", args=[region.slug, run.code])))
    assert "bobot pilihan Region Admin, bukan nilai resmi" in page
    assert "Berhenti membagikan" not in page
    assert "Sekarang hanya Anda yang melihatnya." in text(login(people.region_admin).post(at, follow=True))
    assert login(people.region_head).get(reverse("ranking:run", args=[region.slug, run.code])).status_code == 404


def test_its_maker_throws_a_simulation_away_and_nobody_else_does(region: Region, people: People, login: Login) -> None:
    run = build.simulated(region, people.region_admin, shared=True)
    at = reverse("ranking:run_discard", args=[region.slug, run.code])
    assert "Hanya pembuatnya" in text(login(people.region_head).post(at, follow=True))
    assert Run.objects.get() == run
    assert "Buang simulasi ini" not in text(
        login(people.region_head).get(reverse("ranking:run", args=[region.slug, run.code]))
    )
    assert "Simulasi dibuang." in text(login(people.region_admin).post(at, follow=True))
    assert not Run.objects.exists()
    assert Event.objects.get(act="run.discarded").says == "membuang simulasi: Simulasi sendiri"
    assert login(people.region_admin).post(at).status_code == 404  # a second click


def test_a_simulation_under_way_is_cancelled_before_it_is_thrown_away(region: Region, people: People) -> None:
    asked = {"spec": build.SPEC, "table": "daerah,a\nKab. A,2\n", "draws": 10, "seed": 1, "noise": 5.0}
    run = computing.start(region, Kind.COMPOSITE, "x", asked, by=people.region_admin)
    with pytest.raises(Refused, match="Batalkan dahulu"):
        computing.discard(run, by=people.region_admin)
    computing.cancel(run, by=people.region_admin)
    computing.discard(run, by=people.region_admin)
    assert not Run.objects.exists()


def test_a_worker_answers_a_simulation_whose_web_server_died(region: Region, people: People) -> None:
    asked = {"spec": build.SPEC, "table": "daerah,a\nKab. A,2\nKab. B,1\n", "draws": 10, "seed": 1, "noise": 5.0}
    run = computing.start(region, Kind.COMPOSITE, "x", asked, by=people.region_admin, now=True)
    planned = Schedule.objects.get(func=computing.TASK)
    assert planned.next_run > timezone.now()
    assert tasks.work(*literal_eval(planned.args)) == "done"
    assert Run.objects.get().state == State.DONE
    assert tasks.work(run.pk) == "nothing"  # had it been answered at once, the worker finds nothing to do


def test_a_small_simulation_is_answered_at_once(region: Region, people: People, login: Login) -> None:
    answer = sent(login(people.region_admin), region)
    run = Run.objects.get()
    assert (answer.url, run.state) == (reverse("ranking:run", args=[region.slug, run.code]), State.DONE)


def test_a_large_simulation_waits_for_the_worker(
    region: Region, people: People, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "QUICK", 1)
    sent(login(people.region_admin), region)
    assert Run.objects.get().state == State.QUEUED


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"spec": "{"}, "$: bukan JSON"),
        (
            {"spec": build.SPEC.replace('"weight": 1, "direction"', '"weight": -1, "direction"')},
            "weight: harus 0 atau lebih, bukan -1",
        ),
        ({"file": SimpleUploadedFile("a.csv", b"daerah,b\nKab. A,2\n")}, "kolom &quot;a&quot; tidak ada"),
        ({"file": SimpleUploadedFile("a.csv", b"daerah,a\nKab. A,2.000,5\n")}, "ada 3 sel, seharusnya 2"),
    ],
)
def test_a_wrong_tree_or_table_is_told_beside_its_field_and_nothing_is_begun(
    wrong: dict[str, Any], told: str, region: Region, people: People, login: Login
) -> None:
    answer = sent(login(people.region_admin), region, **wrong)
    assert (answer.status_code, Run.objects.count()) == (422, 0)
    assert told in answer.content.decode()
    assert "Bobot kami" in answer.content.decode()


def test_a_simulation_leaves_as_a_workbook_labelled_with_whose_weights(
    region: Region, people: People, login: Login
) -> None:
    run = build.simulated(region, people.region_admin)
    answer = login(people.region_admin).get(reverse("ranking:run_export", args=[region.slug, run.code]))
    head, first, _ = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert head[:3] == ["Urutan", "Baris", "indeks (simulasi, bobot Region Admin)"]
    assert first[:3] == [1, "Kab. A", 100]


PILLARS = (
    "institusi", "infrastruktur", "adopsi_tik", "stabilitas_ekonomi_makro", "kesehatan", "keterampilan", "pasar_produk",
    "pasar_tenaga_kerja", "sistem_keuangan", "ukuran_pasar", "dinamika_bisnis", "kapabilitas_inovasi",
)  # fmt: skip


def weighed(client: Client, region: Region, **more: Any) -> Any:
    """The form of IDSD with equal weights, and two regions: the first better at institutions, the second at everything else."""
    lines = [["daerah", *PILLARS], ["Kab. A", "5", *["3"] * 11], ["Kab. B", "1", *["4"] * 11]]
    file = SimpleUploadedFile("idsd.csv", "\n".join(",".join(line) for line in lines).encode())
    weights = {f"weight_{place}": "1" for place in range(16)}
    given = {"title": "Bobot kami", "noise": "0", "draws": "1000", "seed": "1", "file": file} | weights | more
    return client.post(reverse("ranking:idsd", args=[region.slug]), given)


def test_idsd_is_weighed_number_by_number(region: Region, people: People, login: Login) -> None:
    client = login(people.region_admin)
    weighed(client, region)
    assert [row["id"] for row in Run.objects.get().result["rows"]] == ["Kab. B", "Kab. A"]
    only = {f"weight_{place}": "0" for place in (2, 3, 4, 5, 8)}  # institutions and innovation alone
    weighed(client, region, **only, weight_0="7,5")
    own = Run.objects.first()
    assert own is not None
    assert [row["id"] for row in own.result["rows"]] == ["Kab. A", "Kab. B"]
    assert own.result["weights"]["Institusi"] == pytest.approx(7.5 / (7.5 + 1))
    assert set(own.asked) == {"spec", "table", "draws", "seed", "noise"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"weight_1": "-1"}, "lebih besar dari atau sama dengan 0"),
        ({"weight_1": "banyak"}, "Masukkan sebuah bilangan."),
        ({f"weight_{place}": "0" for place in (6, 7)}, "Bobot semua pilar sumber daya manusia nol."),
        ({f"weight_{place}": "0" for place in (0, 5, 8, 13)}, "Bobot semua komponen nol."),
    ],
)
def test_bad_weights_are_told_and_nothing_is_begun(
    wrong: dict[str, str], told: str, region: Region, people: People, login: Login
) -> None:
    answer = weighed(login(people.region_admin), region, **wrong)
    assert (answer.status_code, Run.objects.count()) == (422, 0)
    assert told in text(answer)
    assert 'value="Bobot kami"' in answer.content.decode()


def test_a_long_simulation_stops_soon_after_it_is_cancelled(
    region: Region, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"spec": build.SPEC, "table": "daerah,a\n" + "".join(f"{n},{n}\n" for n in range(600)), "draws": 20_000, "seed": 1, "noise": 5.0}  # fmt: skip
    run = computing.start(region, Kind.COMPOSITE, "x", asked, by=people.region_admin, now=True)
    seen, real = [], computing.progress

    def cancelled(one: Run, done: int) -> None:
        seen.append(done)
        if done == 2:
            computing.cancel(one, by=people.region_admin)
        real(one, done)

    monkeypatch.setattr(computing, "progress", cancelled)
    assert (tasks.work(run.pk), seen) == ("cancelled", [1, 2])
    assert Run.objects.get().result == {}


def test_the_list_of_computations_leaves_without_what_others_keep_to_themselves(
    region: Region, people: People, login: Login
) -> None:
    build.simulated(region, people.region_admin)
    build.simulated(region, people.region_head, shared=True)
    answer = login(people.region_head).get(reverse("ranking:runs_export", args=[region.slug]))
    head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (head[:4], [line[:4] for line in lines]) == (
        ["Perhitungan", "Jenis", "Keadaan", "Oleh"],
        [["Simulasi sendiri", "Simulasi indeks komposit", "Selesai", "Region Head"]],
    )
