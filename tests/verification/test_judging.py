"""One verdict: a level of its own, with a reason where it differs, once, on what was seen."""

from __future__ import annotations

import pytest

from pamong.assessments import packing
from pamong.assessments.actions import submitting, verifying
from pamong.assessments.actions.verifying import Seen
from pamong.assessments.models import Entry, Verdict, VerdictProof
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.notifications.models import Message
from tests.assessments import build as reports
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build


def test_a_verdict_keeps_its_level_the_claim_it_answers_and_the_very_files_seen(people: People) -> None:
    entry = build.verifying_(people, {**reports.MANDATORY, "16": 3})
    verdict = build.judge(entry, "16", 1, by=people.verifier)
    assert (verdict.level, verdict.claimed_level, verdict.reason, verdict.stands) == (1, 3, build.WHY, True)
    claim = entry.claims.get(indicator="16")
    assert verdict.claim_version == claim.version
    document = claim.proofs.get().document
    assert list(VerdictProof.objects.values_list("verdict", "version")) == [(verdict.pk, document.versions.get().pk)]
    fresh = Entry.objects.select_related("assessment", "score").get(pk=entry.pk)
    assert packing.levels_of(fresh, "verified")["16"] == 1
    assert fresh.score.verified == 300
    assert packing.faults(fresh.assessment) == []


def test_a_verdict_may_be_higher_than_the_claim(people: People) -> None:
    entry = build.verifying_(people)
    assert build.judge(entry, "16", 3, by=people.verifier).level == 3


def test_an_unclaimed_indicator_may_be_judged(people: People) -> None:
    entry = build.verifying_(people)
    verdict = build.judge(entry, "20", 1, by=people.verifier)
    assert (verdict.level, verdict.claimed_level, verdict.claim_version) == (1, 0, 0)


def test_a_level_other_than_claimed_needs_a_reason_and_changes_nothing_without(people: People) -> None:
    entry = build.verifying_(people)
    before = everything()
    with pytest.raises(Refused, match="Tulis alasannya: tingkat 0 berbeda dari klaim 1"):
        build.judge(entry, "16", 0, by=people.verifier, reason="  ")
    assert everything() == before


def test_the_first_verdict_begins_verification_and_takes_the_entry(people: People) -> None:
    entry = build.submitted(people)
    build.judge(entry, "16", by=people.verifier)
    entry.refresh_from_db()
    assert (entry.state, entry.verifier) == (State.VERIFYING, people.verifier)
    with pytest.raises(Refused, match="Verifikasi sudah dimulai"):
        submitting.withdraw(entry, by=people.operator)


def test_beginning_twice_is_once(people: People) -> None:
    entry = build.submitted(people)
    assert [verifying.begin(entry, by=people.verifier).state for _ in range(2)] == [State.VERIFYING] * 2
    assert Event.objects.filter(act="verification.begun").count() == 1


def test_a_double_click_gives_the_same_verdict_once(people: People) -> None:
    entry = build.verifying_(people)
    seen = build.seen(entry, "16")
    pair = [verifying.judge(entry, "16", by=people.verifier, level=0, reason="Tidak sah.", seen=seen) for _ in range(2)]
    assert pair[0] == pair[1]
    assert Verdict.objects.filter(indicator="16").count() == 1
    assert Event.objects.filter(act="verdict.given").count() == 1


def test_a_second_thought_replaces_the_verdict_and_keeps_the_first(people: People) -> None:
    entry = build.verifying_(people)
    build.judge(entry, "16", 1, by=people.verifier)
    build.judge(entry, "16", 0, by=people.verifier)
    assert list(Verdict.objects.order_by("pk").values_list("level", "stands")) == [(1, False), (0, True)]
    assert Event.objects.filter(act="verdict.given").count() == 2


def test_a_colleague_with_a_stale_page_is_told_who_judged_what_and_the_colleague_is_told_too(people: People) -> None:
    entry = build.verifying_(people)
    other = build.second(people)
    stale = build.seen(entry, "16")
    build.judge(entry, "16", 0, by=people.verifier)
    Message.objects.all().delete()
    with pytest.raises(Overtaken, match=rf"Verifier baru saja menilai indikator 16 pada tingkat 0 .*{build.WHY}"):
        verifying.judge(entry, "16", by=other, level=1, reason="", seen=stale)
    assert Verdict.objects.get(stands=True).by == people.verifier
    told = Message.objects.get()
    assert (told.person, told.subject) == (people.verifier, f"Dinilai bersamaan: {entry}")
    assert "Vera Kedua juga menilai indikator 16" in told.body


def test_a_colleague_who_saw_the_verdict_may_replace_it_and_the_first_is_told(people: People) -> None:
    entry = build.verifying_(people)
    other = build.second(people)
    build.judge(entry, "16", 1, by=people.verifier)
    Message.objects.all().delete()
    build.judge(entry, "16", 0, by=other)
    assert Verdict.objects.get(stands=True).by == other
    assert list(Message.objects.values_list("person", "subject")) == [
        (people.verifier.pk, f"Penilaian diganti: {entry}")
    ]


def test_ones_own_verdict_from_another_tab_is_said_and_not_overwritten(people: People) -> None:
    entry = build.verifying_(people)
    stale = build.seen(entry, "16")
    build.judge(entry, "16", 1, by=people.verifier)
    before = everything()
    with pytest.raises(Overtaken, match="Anda sudah menilai indikator 16 pada tingkat 1"):
        verifying.judge(entry, "16", by=people.verifier, level=0, reason="Lain.", seen=stale)
    assert everything() == before


def test_a_claim_changed_through_a_repair_overtakes_the_page_that_showed_the_old_one(people: People) -> None:
    entry = build.verifying_(people)
    stale = build.seen(entry, "16")
    other = build.second(people)
    verifying.return_for_repair(entry, by=other, reasons={"16": "Lampirkan Perkada."})
    before = everything()
    with pytest.raises(Refused, match="sedang diperbaiki operator"):
        verifying.judge(entry, "16", by=people.verifier, level=1, reason="", seen=stale)
    assert everything() == before
    reports.claim(entry, "16", 2, by=people.operator)
    submitting.resubmit(entry, by=people.operator)
    before = everything()
    with pytest.raises(Overtaken, match=r"Klaim atau bukti indikator 16 berubah .* sekarang klaimnya tingkat 2"):
        verifying.judge(entry, "16", by=people.verifier, level=1, reason="Kurang.", seen=stale)
    assert everything() == before


def test_a_reopened_verdict_overtakes_the_page_that_showed_it_standing(people: People) -> None:
    entry = build.judged(people)
    seen = build.seen(entry, "16")
    entry.verdicts.filter(pk=seen.verdict).update(stands=False, reopened_because="Berkas diganti.")
    with pytest.raises(Overtaken, match="dibuka kembali"):
        verifying.judge(entry, "16", by=people.verifier, level=0, reason="x", seen=seen)


@pytest.mark.parametrize(("code", "level"), [("99", 1), ("1", 1), ("16", 4), ("16", -1)])
def test_foreign_indicators_and_impossible_levels_are_refused(people: People, code: str, level: int) -> None:
    entry = build.verifying_(people)
    before = everything()
    with pytest.raises(Refused):
        verifying.judge(entry, code, by=people.verifier, level=level, reason="x", seen=Seen(1, 0))
    assert everything() == before


@pytest.mark.parametrize("make", ["returned", "accepted", "rejected"])
def test_nothing_is_judged_outside_verification(people: People, make: str) -> None:
    entry = getattr(build, make)(people)
    before = everything()
    with pytest.raises(Refused):
        build.judge(entry, "17", 0, by=people.verifier)
    assert everything() == before


def test_a_replaced_file_reopens_the_verdict_and_an_accepted_entry(people: People) -> None:
    from pamong.assessments.actions import proving

    entry = build.accepted(people)
    document = entry.claims.get(indicator="35").proofs.get().document
    proving.replace_document(document, by=people.operator, link="https://youtu.be/videobaru01")
    entry.refresh_from_db()
    assert entry.state == State.VERIFYING
    verdict = Verdict.objects.get(indicator="35")
    assert (verdict.stands, verdict.reopened_at is not None) == (False, True)
    before = everything()
    with pytest.raises(Refused, match="Belum semua dinilai: indikator 35"):
        verifying.accept(entry, by=people.verifier)
    assert everything() == before
    build.judge(entry, "35", by=people.verifier)
    assert verifying.accept(entry, by=people.verifier).state == State.ACCEPTED
