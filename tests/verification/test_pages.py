"""The verifiers' pages: what they show, to whom, in how many queries, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from pamong.agencies.models import Region
from pamong.assessments.actions import verifying
from pamong.assessments.models import CannedReason, Entry, Verdict
from pamong.assessments.states import State
from pamong.audit.models import Event
from tests import sheets
from tests.assessments import build as reports
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build


def at(name: str, region: Region, *args: object) -> str:
    return reverse(f"verification:{name}", args=[region.slug, *args])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


# -- the queue ------------------------------------------------------------------------------------------------------------


def test_the_queue_counts_and_shows_everything_sent_upward_and_no_draft(people: People, login: Any) -> None:
    reports.entry(people, name="Masih Draf")
    build.submitted(people, name="Baru Diajukan")
    build.returned(people, name="Sedang Diperbaiki")
    build.accepted(people, name="Sudah Diterima")
    shown = login(people.verifier).get(at("queue", people.region)).context["queue"]
    assert sorted(row.name for row in shown.rows) == ["Baru Diajukan", "Sedang Diperbaiki", "Sudah Diterima"]
    assert shown.by_state() == {
        State.SUBMITTED: 1, State.VERIFYING: 0, State.RETURNED: 1, State.ACCEPTED: 1, State.REJECTED: 0
    }  # fmt: skip
    assert (shown.open, shown.unassigned, shown.reopened, shown.late) == (2, 1, 1, 0)
    by_name = {row.name: row for row in shown.rows}
    assert by_name["Sedang Diperbaiki"].reopened == ("16",)
    assert (by_name["Baru Diajukan"].claimed, by_name["Baru Diajukan"].stake) == (1400, 1400)
    assert (by_name["Sudah Diterima"].judged, by_name["Sudah Diterima"].stake) == (5, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_as_much_for_one_entry_as_for_three(people: People, login: Any, rows: int) -> None:
    for _ in range(rows):
        build.judged(people)
    client = login(people.verifier)
    client.get(at("queue", people.region))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(at("queue", people.region)).status_code == 200
    # session, person, region, seats, years, own hands, reopened verdicts, entries
    assert len(seen) == 8, [query["sql"][:90] for query in seen]


def test_a_deadline_is_counted_from_the_handover_or_the_assignment_and_passing_it_shows(
    people: People, login: Any
) -> None:
    entry = build.submitted(people)
    Entry.objects.filter(pk=entry.pk).update(submitted_at=timezone.now() - timedelta(days=20))
    row = login(people.verifier).get(at("queue", people.region)).context["queue"].rows[0]
    assert (row.days, row.late) == (20, 6)
    verifying.assign(entry, people.verifier, by=people.region_admin)
    assert login(people.verifier).get(at("queue", people.region)).context["queue"].late == 0


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["A", "B", "C gamma"]),
        ("q=gamma", ["C gamma"]),
        ("status=verifying", ["B"]),
        ("status=accepted", []),
        ("instansi=dinas-contoh", ["A", "B", "C gamma"]),
        ("instansi=tidak-ada", ["A", "B", "C gamma"]),
        ("verifikator=saya", ["B"]),
        ("verifikator=kosong", ["A", "C gamma"]),
        ("hanya=terlambat", []),
        ("hanya=terbuka", ["A", "B", "C gamma"]),
        ("urut=taruhan", ["C gamma", "A", "B"]),
        ("urut=nama", ["A", "B", "C gamma"]),
        ("urut=%27%3B&status=zzz&tahun=99999999999999999999&page=99999999999999999999", ["A", "B", "C gamma"]),
    ],
)
def test_the_queue_is_narrowed_and_ordered(people: People, login: Any, query: str, names: list[str]) -> None:
    build.submitted(people, name="A")
    entry = build.verifying_(people, name="B")
    build.judge(entry, "16", by=people.verifier)
    build.submitted(people, {**reports.MANDATORY, "16": 3}, name="C gamma")
    response = login(people.verifier).get(at("queue", people.region) + f"?{query}")
    assert [row.name for row in response.context["page"].object_list] == names


def test_the_queue_exports_what_is_shown(people: People, login: Any) -> None:
    build.submitted(people, name="=Bahaya()")
    build.verifying_(people, name="Lain")
    response = login(people.verifier).get(at("export", people.region) + "?status=submitted")
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Inovasi", "=Bahaya()"]
    assert rows[1][9:12] == [14.0, 0.0, 14.0]


def test_an_office_without_an_open_year_is_told_so(people: People, login: Any) -> None:
    assert "Belum ada penilaian yang dibuka" in text(login(people.verifier).get(at("queue", people.region)))


@pytest.mark.parametrize(
    "role", ["operator", "agency_head", "region_head", "nation_reader", "neighbour", "stranger", "juror"]
)
def test_the_verifiers_pages_do_not_exist_for_others(people: People, login: Any, role: str) -> None:
    entry = build.verifying_(people)
    client = login(getattr(people, role))
    code = entry.code
    pages = [
        at("queue", people.region), at("export", people.region), at("sentences", people.region),
        at("entry", people.region, code), at("indicator", people.region, code, "16"),
        at("return", people.region, code), at("accept", people.region, code), at("reject", people.region, code),
    ]  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [404] * len(pages)
    before = everything()
    posts = [
        at(name, people.region, code) for name in ("begin", "take", "assign", "accept", "reject", "reopen", "return")
    ]
    assert [client.post(page, {"reason": "x"}).status_code for page in posts] == [404] * len(posts)
    assert everything() == before


def test_a_draft_has_no_page_here(people: People, login: Any) -> None:
    entry = reports.entry(people)
    assert login(people.verifier).get(at("entry", people.region, entry.code)).status_code == 404


# -- one entry --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("levels", [{"16": 1, "17": 1, "32": 1, "33": 1, "35": 1}, None])
def test_an_entrys_page_asks_the_same_whatever_it_holds(people: People, login: Any, levels: Any) -> None:
    every = dict.fromkeys((str(code) for code in range(16, 36)), 1)
    entry = build.judged(people, levels or every)
    client = login(people.verifier)
    client.get(at("entry", people.region, entry.code))
    for name, args, number in (("entry", (), 13), ("indicator", ("16",), 16)):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(name, people.region, entry.code, *args)).status_code == 200
        assert len(seen) == number, [query["sql"][:120] for query in seen]


def test_the_indicators_page_shows_rule_claim_proof_and_history_side_by_side(people: People, login: Any) -> None:
    entry = build.repaired(people)
    page = text(login(people.verifier).get(at("indicator", people.region, entry.code, "16")))
    proof = entry.claims.get(indicator="16").proofs.get()
    for said in (
        "16 Regulasi Inovasi Daerah", "Tingkat 2 (diklaim): Peraturan Kepala Daerah", proof.document.subject,
        "Berubah sejak terakhir diperiksa", "Tingkat klaim 1 menjadi 2.", build.WHY, "Dibuka kembali",
        "Keyakinan: terbaca pada salinan dokumen kementerian", "Yang dianggap bukti",
    ):  # fmt: skip
        assert said in page, said


def test_an_unknown_indicator_has_no_page(people: People, login: Any) -> None:
    entry = build.verifying_(people)
    assert login(people.verifier).get(at("indicator", people.region, entry.code, "1")).status_code == 404


def _form(entry: Entry, code: str, **more: object) -> dict[str, object]:
    seen = build.seen(entry, code)
    return {"claim": seen.claim, "verdict": seen.verdict, "level": 1, "reason": "", **more}


def test_saving_a_verdict_goes_on_to_the_next_unjudged_indicator(people: People, login: Any) -> None:
    entry = build.submitted(people)
    client = login(people.verifier)
    response = client.post(at("indicator", people.region, entry.code, "16"), _form(entry, "16"))
    assert response["Location"] == at("indicator", people.region, entry.code, "17")
    assert Verdict.objects.get().level == 1
    stay = client.post(at("indicator", people.region, entry.code, "17"), _form(entry, "17", stay="1"))
    assert stay["Location"] == at("entry", people.region, entry.code)


def test_a_canned_sentence_is_a_reason(people: People, login: Any) -> None:
    CannedReason.objects.create(region=people.region, text="Nama tidak tercantum.")
    entry = build.submitted(people)
    login(people.verifier).post(
        at("indicator", people.region, entry.code, "16"),
        _form(entry, "16", level=0, canned="Nama tidak tercantum.", reason="Lihat halaman 2."),
    )
    assert Verdict.objects.get().reason == "Nama tidak tercantum.\nLihat halaman 2."


def test_an_overtaken_verdict_shows_the_present_one_and_keeps_what_was_typed(people: People, login: Any) -> None:
    entry = build.verifying_(people)
    form = _form(entry, "16", level=0, reason="Alasan panjang saya.")
    build.judge(entry, "16", 1, by=build.second(people))
    client = login(people.verifier)
    response = client.post(at("indicator", people.region, entry.code, "16"), form)
    page = text(response)
    assert response.status_code == 409
    assert "Vera Kedua baru saja menilai indikator 16 pada tingkat 1" in page
    assert "Alasan panjang saya." in page
    again = response.context["form"]
    assert (again.data["verdict"], again.data["level"]) == (str(Verdict.objects.get().pk), "0")
    client.post(at("indicator", people.region, entry.code, "16"), dict(again.data.items()))
    assert Verdict.objects.get(stands=True).by == people.verifier


def test_a_missing_reason_keeps_the_page_and_says_so(people: People, login: Any) -> None:
    entry = build.verifying_(people)
    before = everything()
    response = login(people.verifier).post(
        at("indicator", people.region, entry.code, "16"), _form(entry, "16", level=3)
    )
    assert (response.status_code, everything() == before) == (409, True)
    assert "Tulis alasannya" in text(response)


@pytest.mark.parametrize(
    "bad", [{"level": "7"}, {"level": ""}, {"claim": "99999999999999999999999"}, {"verdict": "-1"}]
)
def test_nonsense_is_an_invalid_form_and_changes_nothing(people: People, login: Any, bad: dict[str, str]) -> None:
    entry = build.verifying_(people)
    before = everything()
    response = login(people.verifier).post(at("indicator", people.region, entry.code, "16"), _form(entry, "16", **bad))
    assert (response.status_code, everything() == before) == (422, True)


def test_returning_accepting_rejecting_and_reopening_from_the_pages(people: People, login: Any) -> None:
    entry = build.judged(people)
    client = login(people.verifier)
    assert client.get(at("accept", people.region, entry.code)).status_code == 200
    client.post(at("accept", people.region, entry.code), {"reason": "", "seen": entry.verified})
    assert Entry.objects.get().state == State.ACCEPTED if Entry.objects.count() == 1 else True
    entry.refresh_from_db()
    assert entry.state == State.ACCEPTED
    login(people.region_admin).post(at("reopen", people.region, entry.code), {"reason": "Keliru."})
    client = login(people.verifier)
    client.post(at("return", people.region, entry.code), {"r16": "Lampirkan Perkada."})
    entry.refresh_from_db()
    assert entry.state == State.RETURNED
    assert [each.indicator for each in entry.repairs.all()] == ["16"]


def test_an_empty_return_is_an_invalid_form(people: People, login: Any) -> None:
    entry = build.judged(people)
    before = everything()
    response = login(people.verifier).post(at("return", people.region, entry.code), {"r16": " "})
    assert (response.status_code, everything() == before) == (422, True)


def test_a_stale_decision_is_shown_anew_with_what_was_typed(people: People, login: Any) -> None:
    entry = build.judged(people)
    build.judge(entry, "16", 0, by=people.verifier)
    response = login(people.verifier).post(
        at("reject", people.region, entry.code), {"reason": "Bukan inovasi.", "seen": entry.verified}
    )
    assert response.status_code == 409
    assert "Bukan inovasi." in text(response)
    assert response.context["form"].data["seen"] == Entry.objects.get(pk=entry.pk).verified


def test_the_regions_administrator_deals_out_and_assigns_from_the_pages(people: People, login: Any) -> None:
    entry = build.submitted(people)
    client = login(people.region_admin)
    assert client.get(at("balance", people.region)).status_code == 200
    assert client.post(at("balance", people.region)).status_code == 302
    entry.refresh_from_db()
    assert entry.verifier == people.verifier
    client.post(at("assign", people.region, entry.code), {"verifier": ""})
    entry.refresh_from_db()
    assert entry.verifier is None
    stranger = client.post(at("assign", people.region, entry.code), {"verifier": people.stranger.pk})
    assert stranger.status_code == 422


def test_a_verifier_takes_and_begins_from_the_page(people: People, login: Any) -> None:
    entry = build.submitted(people)
    client = login(people.verifier)
    assert client.post(at("take", people.region, entry.code)).status_code == 302
    begun = client.post(at("begin", people.region, entry.code))
    assert begun["Location"] == at("indicator", people.region, entry.code, "16")


# -- sentences ------------------------------------------------------------------------------------------------------------------


def test_sentences_are_kept_once_and_forgotten_once(people: People, login: Any) -> None:
    client = login(people.verifier)
    for _ in range(2):
        client.post(at("sentences", people.region), {"text": "  Nama   tidak tercantum. "})
    kept = CannedReason.objects.get()
    assert kept.text == "Nama tidak tercantum."
    assert Event.objects.filter(act="sentence.added").count() == 1
    assert "Nama tidak tercantum." in text(client.get(at("sentences", people.region)))
    client.post(at("remove-sentence", people.region, kept.pk))
    assert not CannedReason.objects.exists()
    assert client.post(at("remove-sentence", people.region, kept.pk)).status_code == 404


def test_quality_controllers_read_sentences_and_do_not_write_them(people: People, login: Any) -> None:
    response = login(people.quality_controller).post(at("sentences", people.region), {"text": "x"})
    assert (response.status_code, CannedReason.objects.count()) == (409, 0)


def test_the_canned_reasons_leave_as_a_workbook(people: People, login: Any) -> None:
    client = login(people.region_admin)
    client.post(at("sentences", people.region), {"text": "Nama inovasi tidak tercantum."})
    assert sheets.rows(login(people.verifier).get(at("export_sentences", people.region))) == [
        ["Kalimat"], ["Nama inovasi tidak tercantum."],
    ]  # fmt: skip
