"""Claims and proofs: by the agency's people, while the entry is open, never over another's change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pamong.accounts.roles import Role
from pamong.assessments import packing
from pamong.assessments.actions import claiming, submitting, year
from pamong.assessments.answers import Typed
from pamong.assessments.models import Claim, Entry, Hand, Proof, Verdict
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from tests.assessments import build
from tests.assessments.state import everything
from tests.build import People, person, seat


def claim(entry: Entry, code: str, by: object, version: int = 0, **typed: object) -> Claim:
    return claiming.claim(entry, code, by=by, typed=Typed(**typed), version=version)  # type: ignore[arg-type]


def test_claim_writes_row_packing_hand_and_trace(people: People) -> None:
    entry = build.entry(people, levels={})
    made = claim(entry, "16", people.operator, level=2, note=" Perwal 3/2025 ")
    assert (made.level, made.note, made.version) == (2, "Perwal 3/2025", 1)
    assert Entry.objects.get(pk=entry.pk).claimed == "2" + "-" * 19
    assert list(Hand.objects.values_list("person", "act")) == [(people.operator.pk, "claimed")]
    event = Event.objects.get(act="entry.claimed")
    assert str(event) == f"Operator mengklaim tingkat 2 pada indikator 16 Regulasi Inovasi Daerah untuk {entry}"
    assert packing.faults(entry.assessment) == []


def test_the_same_answer_again_changes_nothing(people: People) -> None:
    entry = build.entry(people, levels={})
    claim(entry, "16", people.operator, level=2)
    before = everything()
    claim(entry, "16", people.operator, level=2)
    assert everything() == before


def test_a_claim_over_another_persons_change_is_refused_with_both_values_shown(people: People) -> None:
    entry = build.entry(people, levels={})
    colleague = person("Citra Rekan")
    seat(colleague, Role.OPERATOR, people.region, people.agency)
    claim(entry, "16", colleague, level=2, note="SK terbit")
    before = everything()
    with pytest.raises(Overtaken) as caught:
        claim(entry, "16", people.operator, level=3)
    assert caught.value.reasons[0] == (
        "Citra Rekan baru saja mengubah indikator 16: sekarang tingkat 2 dengan keterangan “SK terbit”. "
        "Anda mengisi tingkat 3."
    )
    assert everything() == before
    assert claim(entry, "16", people.operator, version=1, level=3).version == 2


@pytest.mark.parametrize("role", ["neighbour", "stranger", "verifier", "agency_head", "site_admin", "region_head"])
def test_claim_and_attach_refuse_who_does_not_manage_the_agency_and_change_nothing(people: People, role: str) -> None:
    entry = build.entry(people)
    document = build.document(people.agency, people.operator)
    proof = Proof.objects.first()
    who = getattr(people, role)
    before = everything()
    for attempt in (
        lambda: claim(entry, "18", who, level=1),
        lambda: claiming.attach(entry, "18", document, by=who),
        lambda: claiming.detach(proof, by=who),
    ):
        with pytest.raises(Refused, match="Hanya pengelola"):
            attempt()
    assert everything() == before


@pytest.mark.parametrize("state", [State.AWAITING, State.SUBMITTED])
def test_after_handing_over_claims_and_proofs_are_locked_and_the_reason_says_what_to_do(
    people: People, state: State
) -> None:
    entry = build.entry(people, state)
    document = build.document(people.agency, people.operator)
    before = everything()
    for attempt in (
        lambda: claim(entry, "18", people.operator, level=1),
        lambda: claiming.attach(entry, "16", document, by=people.operator),
        lambda: claiming.detach(Proof.objects.filter(claim__entry=entry).first(), by=people.operator),
    ):
        with pytest.raises(Refused, match="Tarik kembali"):
            attempt()
    assert everything() == before


def test_a_closed_year_takes_no_claim(people: People) -> None:
    entry = build.entry(people)
    year.close_year(entry.assessment, by=people.region_admin)
    before = everything()
    with pytest.raises(Refused, match="sudah ditutup"):
        claim(entry, "18", people.operator, level=1)
    assert everything() == before


@pytest.mark.parametrize(
    ("code", "typed", "reason"),
    [
        ("16", {}, "Pilih tingkat"),
        ("16", {"level": 4}, "0 sampai 3"),
        ("33", {"level": 2}, "Pilih satu dasar"),
        ("33", {"level": 1, "basis": "a", "value": Decimal(600)}, "Angka 600 berarti tingkat 3"),
        ("16", {"value": Decimal(5)}, "tidak dihitung dari angka"),
        ("17", {"value": Decimal("1.5")}, "bilangan bulat"),
        ("99", {"level": 1}, "tidak ada"),
        ("5a", {"level": 1}, "tidak ada"),
    ],
)
def test_answers_that_make_no_sense_are_refused_and_change_nothing(
    people: People, code: str, typed: dict[str, object], reason: str
) -> None:
    entry = build.entry(people, levels={})
    before = everything()
    with pytest.raises(Refused, match=reason):
        claim(entry, code, people.operator, **typed)
    assert everything() == before


def test_benefit_takes_one_basis_and_a_number_decides_its_level(people: People) -> None:
    entry = build.entry(people, levels={})
    made = claim(entry, "33", people.operator, basis="b", value=Decimal("20.01"))
    assert (made.level, made.basis, made.value) == (2, "b", Decimal("20.01"))


def test_not_yet_is_an_answer_worth_zero(people: People) -> None:
    entry = build.entry(people, levels={})
    claim(entry, "18", people.operator, level=0)
    assert Entry.objects.get(pk=entry.pk).claimed[2] == "0"


def test_the_regions_own_numbers_get_their_level_from_the_editions_bands(people: People) -> None:
    own = build.assessment(people.region, people.region_admin).entries.get(kind="institution")
    assert claim(own, "3", people.region_admin, value=Decimal("-60")).level == 1
    assert claim(own, "4", people.region_admin, value=Decimal("5.23")).level == 3
    assert claim(own, "8", people.region_admin, basis="wdp").level == 2
    assert packing.faults(own.assessment) == []
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        claim(own, "9", people.operator, basis="a")
    with pytest.raises(Refused, match="Pilih salah satu jawaban"):
        claim(own, "9", people.region_admin, basis="z")
    assert everything() == before


# -- proofs -----------------------------------------------------------------------------------------------------------


def test_attach_grows_the_claims_version_and_remembers_attacher_and_uploader(people: People) -> None:
    entry = build.entry(people, levels={})
    claim(entry, "16", people.operator, level=1)
    document = build.document(people.agency, people.region_admin)
    first = claiming.attach(entry, "16", document, by=people.operator)
    assert claiming.attach(entry, "16", document, by=people.operator) == first
    assert Claim.objects.get(entry=entry).version == 2
    assert set(Hand.objects.values_list("person", "act")) == {
        (people.operator.pk, "claimed"),
        (people.operator.pk, "uploaded"),
        (people.region_admin.pk, "uploaded"),
    }
    assert Event.objects.filter(act="proof.attached").count() == 1


def test_one_document_proves_several_indicators(people: People) -> None:
    entry = build.entry(people, levels={})
    document = build.document(people.agency, people.operator)
    bundle = claiming.Bundle(documents=[document], also=("23", "24"))
    claiming.answer(entry, "17", by=people.operator, typed=Typed(level=1), version=0, bundle=bundle)
    assert sorted(document.proofs.values_list("claim__indicator", "claim__level")) == [("17", 1), ("23", 0), ("24", 0)]
    assert packing.faults(entry.assessment) == []


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [("16", "jpg", "menerima PDF"), ("25", "pdf", "menerima JPG atau PNG"), ("16", "link", "berupa tautan"), ("35", "pdf", "MP4 atau tautan")],
)  # fmt: skip
def test_a_file_of_another_type_is_refused_and_changes_nothing(
    people: People, code: str, kind: str, reason: str
) -> None:
    entry = build.entry(people, levels={})
    document = build.document(people.agency, people.operator, kind)
    before = everything()
    with pytest.raises(Refused, match=reason):
        claiming.attach(entry, code, document, by=people.operator)
    assert everything() == before


def test_an_answer_whose_document_does_not_fit_changes_nothing_at_all(people: People) -> None:
    entry = build.entry(people, levels={})
    bundle = claiming.Bundle(documents=[build.document(people.agency, people.operator, "jpg")])
    before = everything()
    with pytest.raises(Refused):
        claiming.answer(entry, "16", by=people.operator, typed=Typed(level=1), version=0, bundle=bundle)
    assert everything() == before


def test_detach_leaves_the_document_in_the_library_and_twice_is_no_fault(people: People) -> None:
    entry = build.entry(people, levels={"16": 1})
    proof = Proof.objects.get()
    claiming.detach(proof, by=people.operator)
    claiming.detach(proof, by=people.operator)
    assert Proof.objects.count() == 0
    assert proof.document.versions.count() == 1
    assert Claim.objects.get(entry=entry).version == 3
    assert Event.objects.filter(act="proof.detached").count() == 1


@pytest.mark.parametrize("act", ["claim", "attach", "detach"])
def test_changing_a_returned_entry_reopens_the_verdict_on_that_indicator_only(people: People, act: str) -> None:
    entry = build.entry(people, State.SUBMITTED, levels={**build.MANDATORY, "18": 2})
    for code in ("16", "18"):
        Verdict.objects.create(
            region=entry.region, entry=entry, indicator=code, level=1, claimed_level=1, claim_version=2, by=people.verifier
        )  # fmt: skip
        packing.set_verified(entry, code, 1)
    Entry.objects.filter(pk=entry.pk).update(state=State.RETURNED)
    if act == "claim":
        build.claim(entry, "18", 3, by=people.operator)
    elif act == "attach":
        build.attached(entry, "18", people.operator)
    else:
        claiming.detach(Proof.objects.get(claim__entry=entry, claim__indicator="18"), by=people.operator)
    assert dict(Verdict.objects.values_list("indicator", "stands")) == {"16": True, "18": False}
    assert Verdict.objects.get(indicator="18").reopened_because.endswith("sesudah dinilai.")
    assert Entry.objects.get(pk=entry.pk).verified == "1" + "-" * 19
    assert packing.faults(entry.assessment) == []


def test_a_document_of_another_region_cannot_be_attached(people: People) -> None:
    from django_scopes import scope

    entry = build.entry(people, levels={})
    with scope(region=people.other_region):
        foreign = build.document(None, people.stranger, region=people.other_region)
    before = everything()
    with pytest.raises(Refused, match="tidak dapat Anda pakai"):
        claiming.attach(entry, "16", foreign, by=people.operator)
    assert everything() == before


def test_withdrawn_entries_may_be_changed_again(people: People) -> None:
    entry = submitting.withdraw(build.entry(people, State.SUBMITTED), by=people.operator)
    assert build.claim(entry, "16", 3, by=people.operator).level == 3
