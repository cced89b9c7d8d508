"""The entry as a whole: returned with reasons, accepted, rejected, reopened."""

from __future__ import annotations

import pytest

from pamong.assessments import verification_queries as queries
from pamong.assessments.actions import submitting, verifying
from pamong.assessments.models import Entry, Repair, Verdict
from pamong.assessments.states import State
from pamong.assessments.verification_sheet import sheet
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.notifications.models import Message
from tests.assessments import build as reports
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("assessment", "innovation", "agency", "region").get(pk=entry.pk)


# -- return ---------------------------------------------------------------------------------------------------------------


def test_returning_names_what_to_repair_reopens_its_verdict_and_tells_the_operators(people: People) -> None:
    entry = build.judged(people)
    Message.objects.all().delete()
    verifying.return_for_repair(entry, by=people.verifier, reasons={"16": "Lampirkan Perkada.", "17": " Peran. "})
    entry = fresh(entry)
    assert entry.state == State.RETURNED
    assert list(Repair.objects.values_list("round", "indicator", "reason", "claim_version")) == [
        (1, "16", "Lampirkan Perkada.", 2), (1, "17", "Peran.", 2)
    ]  # fmt: skip
    before = Repair.objects.get(indicator="16").before
    proof = entry.claims.get(indicator="16").proofs.get()
    assert (before["level"], before["proofs"]) == (
        1, [{"document": proof.document.code, "subject": proof.document.subject, "version": 1}]
    )  # fmt: skip
    assert sorted(Verdict.objects.filter(stands=False).values_list("indicator", flat=True)) == ["16", "17"]
    assert entry.verified.count("1") == 3
    told = Message.objects.get()
    assert (told.person, told.subject) == (people.operator, f"Perlu perbaikan: {entry}")
    assert "- Indikator 16: Lampirkan Perkada." in told.body


def test_returning_twice_with_the_same_words_is_once(people: People) -> None:
    entry = build.judged(people)
    for _ in range(2):
        verifying.return_for_repair(entry, by=people.verifier, reasons={"16": "Lampirkan Perkada."})
    assert Repair.objects.count() == 1
    assert Event.objects.filter(act="entry.returned").count() == 1


def test_a_colleagues_return_refuses_the_second_one(people: People) -> None:
    entry = build.returned(people)
    other = build.second(people)
    before = everything()
    with pytest.raises(Refused, match="sedang diperbaiki"):
        verifying.return_for_repair(entry, by=other, reasons={"17": "x"})
    assert everything() == before


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ({}, "Pilih sedikitnya satu indikator"),
        ({"16": "  "}, "Tulis apa yang harus diperbaiki pada indikator 16"),
        ({"99": "x"}, "Indikator 99 tidak ada"),
    ],
)
def test_a_return_without_a_reason_changes_nothing(people: People, reasons: dict[str, str], said: str) -> None:
    entry = build.judged(people)
    before = everything()
    with pytest.raises(Refused, match=said):
        verifying.return_for_repair(entry, by=people.verifier, reasons=reasons)
    assert everything() == before


def test_resubmission_shows_what_changed_and_the_rounds_are_counted(people: People) -> None:
    entry = build.returned(people)
    reports.claim(entry, "16", 2, by=people.operator, note="Perkada dilampirkan.")
    document = reports.attached(entry, "16", people.operator)
    submitting.resubmit(fresh(entry), by=people.operator)
    entry = fresh(entry)
    line = sheet(entry).line("16")
    assert line is not None
    assert line.changed == [
        "Tingkat klaim 1 menjadi 2.", "Keterangan sekarang: “Perkada dilampirkan.”.", f"Bukti baru: {document.subject}."
    ]  # fmt: skip
    assert sheet(entry).line("17").changed == []
    assert queries.to_judge(entry) == ["16"]
    verifying.return_for_repair(entry, by=people.verifier, reasons={"16": "Masih kurang."})
    assert [(each.round, each.answered_at is None) for each in Repair.objects.all()] == [(1, False), (2, True)]


def test_an_untouched_repair_shows_no_change(people: People) -> None:
    assert [line.changed for line in sheet(fresh(build.returned(people))).lines] == [[]] * 20


# -- accept and reject ------------------------------------------------------------------------------------------------------


def test_accepting_waits_for_every_claimed_and_mandatory_indicator(people: People) -> None:
    entry = build.verifying_(people, {**reports.MANDATORY, "20": 1})
    before = everything()
    with pytest.raises(Refused, match="Belum semua dinilai: indikator 16, 17, 20, 32, 33, 35"):
        verifying.accept(entry, by=people.verifier)
    assert everything() == before


def test_accepting_decides_tells_and_twice_is_once(people: People) -> None:
    entry = build.judged(people)
    Message.objects.all().delete()
    for _ in range(2):
        verifying.accept(entry, by=people.verifier, reason="Baik.", seen=entry.verified)
    entry = fresh(entry)
    assert (entry.state, entry.decided_by, entry.decision_reason) == (State.ACCEPTED, people.verifier, "Baik.")
    told = Message.objects.get()
    assert (told.person, told.body) == (
        people.operator,
        f"{entry} diterima dengan nilai 14,00 oleh Verifier. Catatan: Baik.",
    )
    assert Event.objects.filter(act="entry.accepted").count() == 1


def test_a_decision_on_stale_verdicts_is_overtaken(people: People) -> None:
    entry = build.judged(people)
    seen = entry.verified
    build.judge(entry, "16", 0, by=people.verifier)
    before = everything()
    for act in (verifying.accept, verifying.reject):
        with pytest.raises(Overtaken, match="Hasil verifikasi berubah"):
            act(entry, by=people.verifier, reason="x", seen=seen)
    assert everything() == before


def test_a_second_verifiers_decision_is_refused_and_says_why(people: People) -> None:
    entry = build.accepted(people)
    other = build.second(people)
    before = everything()
    with pytest.raises(Refused, match="sudah diterima"):
        verifying.reject(entry, by=other, reason="x")
    assert everything() == before


def test_rejecting_needs_a_reason_and_changes_nothing_without(people: People) -> None:
    entry = build.verifying_(people)
    before = everything()
    with pytest.raises(Refused, match="Tulis alasan penolakan"):
        verifying.reject(entry, by=people.verifier, reason=" ")
    assert everything() == before


def test_rejecting_tells_the_operator_why(people: People) -> None:
    entry = build.verifying_(people)
    Message.objects.all().delete()
    for _ in range(2):
        verifying.reject(entry, by=people.verifier, reason="Bukan inovasi.")
    assert fresh(entry).state == State.REJECTED
    assert list(Message.objects.values_list("person", "body")) == [
        (people.operator.pk, f"{entry} ditolak oleh Verifier. Alasan: Bukan inovasi.")
    ]


# -- reopen -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", ["accepted", "rejected"])
def test_the_regions_administrator_reopens_a_decision_with_a_reason(people: People, make: str) -> None:
    entry = getattr(build, make)(people)
    Message.objects.all().delete()
    verifying.reopen(entry, by=people.region_admin, reason="Bukti baru ditemukan.")
    entry = fresh(entry)
    assert (entry.state, entry.decided_by, entry.decision_reason) == (State.VERIFYING, None, "")
    assert entry.verdicts.filter(stands=True).count() == 5
    assert sorted(Message.objects.values_list("person", flat=True)) == sorted([people.verifier.pk, people.operator.pk])


@pytest.mark.parametrize("role", ["verifier", "operator", "region_head", "stranger", "agency_head"])
def test_nobody_else_reopens(people: People, role: str) -> None:
    entry = build.accepted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        verifying.reopen(entry, by=getattr(people, role), reason="x")
    assert everything() == before


def test_reopening_needs_a_reason_and_a_decision(people: People) -> None:
    entry = build.accepted(people)
    before = everything()
    with pytest.raises(Refused, match="Tulis mengapa"):
        verifying.reopen(entry, by=people.region_admin, reason="")
    assert everything() == before
    verifying.reopen(entry, by=people.region_admin, reason="x")
    with pytest.raises(Refused, match="belum diputus"):
        verifying.reopen(entry, by=people.region_admin, reason="x")
