"""Handing over: complete, in time, once; endorsed, declined, withdrawn, submitted again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pamong.agencies.models import Region
from pamong.assessments.actions import submitting, year
from pamong.assessments.models import Assessment, Entry, Hand, Repair
from pamong.assessments.sent_profile import profile_sent
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.innovations.actions import edit
from pamong.notifications.models import Message
from tests.assessments import build
from tests.assessments.state import everything
from tests.build import People


def state_of(entry: Entry) -> str:
    return Entry.objects.get(pk=entry.pk).state


def without_endorsement(people: People) -> None:
    people.region.endorsement_required = False
    people.region.save()


# -- submit -----------------------------------------------------------------------------------------------------------


def test_submit_asks_the_head_to_endorse_and_twice_is_once(people: People) -> None:
    entry = build.entry(people)
    Message.objects.all().delete()
    first = submitting.submit(entry, by=people.operator)
    second = submitting.submit(entry, by=people.operator)
    assert (first.state, second.state) == (State.AWAITING, State.AWAITING)
    assert list(Message.objects.values_list("person", flat=True)) == [people.agency_head.pk]
    assert Event.objects.filter(act="entry.submitted").count() == 1
    assert Hand.objects.filter(entry=entry, act="submitted", person=people.operator).count() == 1
    assert first.submitted_by == people.operator


def test_submit_goes_straight_to_the_verifiers_where_no_endorsement_is_asked_for(people: People) -> None:
    without_endorsement(people)
    entry = submitting.submit(build.entry(people), by=people.operator)
    assert entry.state == State.SUBMITTED


@pytest.mark.parametrize("role", ["neighbour", "stranger", "verifier", "agency_head", "site_admin", "region_head"])
def test_submit_refuses_strangers_and_changes_nothing(people: People, role: str) -> None:
    entry = build.entry(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya pengelola Dinas Contoh"):
        submitting.submit(entry, by=getattr(people, role))
    assert everything() == before


def test_submit_names_every_mandatory_indicator_that_is_missing_or_unproven(people: People) -> None:
    entry = build.entry(people, levels={"16": 2, "32": 0})
    build.claim(entry, "17", 1, by=people.operator)
    before = everything()
    with pytest.raises(Refused) as caught:
        submitting.submit(entry, by=people.operator)
    assert caught.value.reasons == (
        "Indikator 17 Ketersediaan dan peran SDM wajib, tetapi belum ada buktinya. Lampirkan dokumen.",
        "Indikator 32 Kecepatan penciptaan inovasi wajib, tetapi belum diklaim. Pilih tingkatnya.",
        "Indikator 33 Kemanfaatan inovasi wajib, tetapi belum diklaim. Pilih tingkatnya.",
        "Indikator 35 Video inovasi daerah wajib, tetapi belum diklaim. Pilih tingkatnya.",
    )
    assert everything() == before


def test_submit_names_what_the_profile_lacks(people: People) -> None:
    entry = build.entry(people, theme="", latitude=None)
    with pytest.raises(Refused, match=r"Profil inovasi belum lengkap: .*oordinat.*"):
        submitting.submit(entry, by=people.operator)
    assert state_of(entry) == State.DRAFT


@pytest.mark.parametrize(("opens", "closes", "reason"), [(1, 20, "Pengajuan dimulai"), (-30, -1, "sudah berakhir")])
def test_submit_outside_the_dates_is_refused(people: People, opens: int, closes: int, reason: str) -> None:
    entry = build.entry(people)
    today = timezone.localdate()
    Assessment.objects.update(
        opens_on=today + timedelta(days=opens),
        internal_deadline=today + timedelta(days=closes),
        closes_on=today + timedelta(days=closes),
    )
    before = everything()
    with pytest.raises(Refused, match=reason):
        submitting.submit(entry, by=people.operator)
    assert everything() == before


def test_submit_after_reporting_ended_is_refused(people: People) -> None:
    entry = build.entry(people)
    year.end_reporting(entry.assessment, by=people.region_admin)
    with pytest.raises(Refused, match="sudah berakhir"):
        submitting.submit(entry, by=people.operator)
    assert state_of(entry) == State.DRAFT


def test_the_region_submits_its_own_indicators_without_endorsement_once_every_mandatory_one_is_answered(
    people: People,
) -> None:
    from decimal import Decimal

    from pamong.assessments.actions import claiming
    from pamong.assessments.answers import Typed

    own = build.assessment(people.region, people.region_admin).entries.get(kind="institution")
    with pytest.raises(Refused, match="Indikator 1 Visi dan Misi wajib"):
        submitting.submit(own, by=people.region_admin)
    for line in own.assessment.edition.institution:
        typed = Typed(basis=line.options[0].code) if line.options else Typed(value=Decimal(1))
        claiming.claim(own, line.code, by=people.region_admin, typed=typed, version=0)
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        submitting.submit(own, by=people.operator)
    assert submitting.submit(own, by=people.region_admin).state == State.SUBMITTED


# -- endorse and decline ----------------------------------------------------------------------------------------------


def test_endorse_is_the_heads_and_twice_is_once(people: People) -> None:
    entry = build.entry(people, State.AWAITING)
    for _ in range(2):
        entry = submitting.endorse(entry, by=people.agency_head)
    assert (entry.state, entry.endorsed_by) == (State.SUBMITTED, people.agency_head)
    assert Event.objects.filter(act="entry.endorsed").count() == 1
    assert Hand.objects.filter(entry=entry, act="endorsed").count() == 1


@pytest.mark.parametrize("role", ["operator", "neighbour", "stranger", "region_admin", "verifier", "region_head"])
def test_nobody_else_endorses_or_declines(people: People, role: str) -> None:
    entry = build.entry(people, State.AWAITING)
    before = everything()
    for attempt in (
        lambda: submitting.endorse(entry, by=getattr(people, role)),
        lambda: submitting.decline(entry, by=getattr(people, role), reason="Tidak."),
    ):
        with pytest.raises(Refused, match="Hanya kepala Dinas Contoh"):
            attempt()
    assert everything() == before


def test_decline_returns_the_draft_with_its_reason_and_tells_the_submitter_once(people: People) -> None:
    entry = build.entry(people, State.AWAITING)
    Message.objects.all().delete()
    for _ in range(2):
        entry = submitting.decline(entry, by=people.agency_head, reason=" SK belum ditandatangani. ")
    assert (entry.state, entry.decision_reason) == (State.DRAFT, "SK belum ditandatangani.")
    assert (entry.submitted_by, entry.submitted_at) == (None, None)
    assert list(Message.objects.values_list("person", flat=True)) == [people.operator.pk]
    assert Event.objects.filter(act="entry.declined").count() == 1
    assert submitting.submit(entry, by=people.operator).decision_reason == ""


def test_decline_without_a_reason_is_refused(people: People) -> None:
    entry = build.entry(people, State.AWAITING)
    before = everything()
    with pytest.raises(Refused, match="Tulis alasan"):
        submitting.decline(entry, by=people.agency_head, reason="  ")
    assert everything() == before


# -- withdraw ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.AWAITING, State.SUBMITTED])
def test_withdraw_returns_the_draft_and_frees_its_verifier(people: People, state: State) -> None:
    entry = build.entry(people, state)
    Entry.objects.filter(pk=entry.pk).update(verifier=people.verifier)
    Message.objects.all().delete()
    for _ in range(2):
        entry = submitting.withdraw(entry, by=people.operator)
    assert (entry.state, entry.verifier, entry.submitted_at, entry.endorsed_at) == (State.DRAFT, None, None, None)
    assert list(Message.objects.values_list("person", flat=True)) == [people.verifier.pk]
    assert Event.objects.filter(act="entry.withdrawn").count() == 1


@pytest.mark.parametrize("state", [State.VERIFYING, State.RETURNED, State.ACCEPTED, State.REJECTED])
def test_withdraw_is_too_late_once_verification_began(people: People, state: State) -> None:
    entry = build.entry(people, State.SUBMITTED)
    Entry.objects.filter(pk=entry.pk).update(state=state)
    before = everything()
    with pytest.raises(Refused, match="Verifikasi sudah dimulai"):
        submitting.withdraw(entry, by=people.operator)
    assert everything() == before


def test_withdraw_refuses_strangers(people: People) -> None:
    entry = build.entry(people, State.SUBMITTED)
    before = everything()
    with pytest.raises(Refused, match="Hanya pengelola"):
        submitting.withdraw(entry, by=people.neighbour)
    assert everything() == before


# -- resubmit ---------------------------------------------------------------------------------------------------------


def returned(people: People, *codes: str) -> Entry:
    """Returned for repair of ``codes``, as verification does it."""
    entry = build.entry(people, State.SUBMITTED, levels={**build.MANDATORY, "18": 2})
    versions = dict(entry.claims.values_list("indicator", "version"))
    for code in codes:
        Repair.objects.create(
            region=entry.region, entry=entry, round=1, indicator=code, reason="Halaman tidak terbaca.",
            claim_version=versions.get(code, 0), by=people.verifier,
        )  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(state=State.RETURNED, verifier=people.verifier)
    return Entry.objects.get(pk=entry.pk)


def test_resubmit_names_what_was_not_touched(people: People) -> None:
    entry = returned(people, "16", "18")
    build.claim(entry, "16", 2, by=people.operator)
    before = everything()
    with pytest.raises(Refused) as caught:
        submitting.resubmit(entry, by=people.operator)
    assert caught.value.reasons == (
        "Indikator 18 dikembalikan dengan alasan “Halaman tidak terbaca.” dan belum diubah. "
        "Perbaiki klaim atau buktinya, atau tulis keterangan mengapa tetap.",
    )
    assert everything() == before


def test_resubmit_after_a_change_or_a_note_tells_the_verifier_and_twice_is_once(people: People) -> None:
    entry = returned(people, "16", "18")
    build.attached(entry, "16", people.operator)
    build.claim(entry, "18", 2, by=people.operator, note="Anggaran memang hanya dua tahun.")
    Message.objects.all().delete()
    for _ in range(2):
        entry = submitting.resubmit(entry, by=people.operator)
    assert entry.state == State.VERIFYING
    assert entry.repairs.filter(answered_at=None).count() == 0
    assert list(Message.objects.values_list("person", flat=True)) == [people.verifier.pk]
    assert Event.objects.filter(act="entry.resubmitted").count() == 1


def test_resubmit_is_possible_after_reporting_ended_but_not_after_the_year_closed(people: People) -> None:
    entry = returned(people, "18")
    build.claim(entry, "18", 1, by=people.operator)
    year.end_reporting(entry.assessment, by=people.region_admin)
    year.close_year(entry.assessment, by=people.region_admin, leaving_undecided=True)
    before = everything()
    with pytest.raises(Refused, match="sudah ditutup"):
        submitting.resubmit(entry, by=people.operator)
    assert everything() == before
    Assessment.objects.update(phase="verifying")
    assert submitting.resubmit(entry, by=people.operator).state == State.VERIFYING


def test_resubmit_refuses_a_mandatory_indicator_that_lost_its_proof(people: People) -> None:
    from pamong.assessments.actions import claiming
    from pamong.assessments.models import Proof

    entry = returned(people, "16")
    claiming.detach(Proof.objects.get(claim__entry=entry, claim__indicator="16"), by=people.operator)
    with pytest.raises(Refused, match=r"Indikator 16 .* belum ada buktinya"):
        submitting.resubmit(entry, by=people.operator)
    assert state_of(entry) == State.RETURNED


def test_the_regions_setting_is_read_when_it_is_handed_over(people: People) -> None:
    entry = build.entry(people)
    Region.objects.update(endorsement_required=False)
    assert submitting.submit(entry, by=people.operator).state == State.SUBMITTED


def test_a_submission_holds_on_to_the_profile_and_the_affair_as_they_are_then(people: People) -> None:
    entry = build.entry(people, affair="kesehatan")
    innovation = entry.innovation
    edit(
        innovation,
        by=people.operator,
        base_version=innovation.version,
        affair="sosial",
        purpose="Tujuan saat diajukan.",
    )
    entry = submitting.submit(entry, by=people.operator)
    assert entry.affair == "sosial"
    innovation.refresh_from_db()
    edit(innovation, by=people.operator, base_version=innovation.version, purpose="Tujuan baru.")
    entry = Entry.objects.select_related("innovation").get(pk=entry.pk)
    assert [(line.label, line.sent, line.now) for line in profile_sent(entry) if line.differs] == [
        ("Tujuan", "Tujuan saat diajukan.", "Tujuan baru.")
    ]


def test_the_profile_as_submitted_has_a_page_for_readers_of_the_entry_only(people: People, client: Client) -> None:
    entry = build.entry(people, State.SUBMITTED)
    address = f"/kota-contoh/penilaian/2026/ikut/{entry.code}/profil/"
    client.force_login(people.verifier)
    assert client.get(address).status_code == 200
    client.force_login(people.neighbour)
    assert client.get(address).status_code == 404
