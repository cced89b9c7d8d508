"""A document's file is replaced: what rested on it is looked at again."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from pamong.assessments import packing
from pamong.assessments.actions import claiming, proving, year
from pamong.assessments.models import Assessment, Claim, Entry, Hand, Proof, Verdict
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.evidence.models import Document
from pamong.notifications.models import Message
from tests.assessments import build
from tests.assessments.papers import pdf, png
from tests.assessments.state import everything
from tests.build import People


def judged(people: People, state: State, code: str = "16") -> tuple[Entry, Document]:
    """An entry in ``state`` with a verdict on ``code`` and the document it rests on."""
    entry = build.entry(people, State.SUBMITTED)
    claim = entry.claims.get(indicator=code)
    Verdict.objects.create(
        region=entry.region, entry=entry, indicator=code, level=1, claimed_level=claim.level,
        claim_version=claim.version, by=people.verifier,
    )  # fmt: skip
    packing.set_verified(entry, code, 1)
    Entry.objects.filter(pk=entry.pk).update(state=state, verifier=people.verifier)
    Message.objects.all().delete()
    return Entry.objects.get(pk=entry.pk), Proof.objects.get(claim=claim).document


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (State.VERIFYING, State.VERIFYING),
        (State.RETURNED, State.RETURNED),
        (State.ACCEPTED, State.VERIFYING),
        (State.REJECTED, State.VERIFYING),
    ],
)
def test_replacing_reopens_the_verdict_and_takes_back_the_decision(people: People, state: State, after: State) -> None:
    entry, document = judged(people, state)
    before = Claim.objects.get(entry=entry, indicator="16").version
    version = proving.replace_document(document, by=people.operator, file=pdf("baru"))
    entry.refresh_from_db()
    assert (version.number, entry.state) == (2, after)
    verdict = Verdict.objects.get()
    assert verdict.stands is False
    assert verdict.reopened_because == f"Berkas bukti “{document}” diganti dengan versi 2 sesudah dinilai."
    assert Claim.objects.get(entry=entry, indicator="16").version == before + 1
    assert entry.verified == "-" * 20
    assert packing.faults(entry.assessment) == []
    assert list(Message.objects.values_list("person", flat=True)) == [people.verifier.pk]
    assert Event.objects.filter(act="proof.replaced").count() == 1
    assert document.versions.count() == 2


def test_the_same_file_twice_is_one_version_and_one_trace(people: People) -> None:
    _, document = judged(people, State.VERIFYING)
    first = proving.replace_document(document, by=people.operator, file=pdf("baru"))
    before = everything()
    assert proving.replace_document(document, by=people.operator, file=pdf("baru")) == first
    assert everything() == before


def test_a_verdict_on_another_indicator_stands(people: People) -> None:
    judged(people, State.VERIFYING)
    other = build.document(people.agency, people.operator)
    proving.replace_document(other, by=people.operator, file=pdf("lain"))
    assert Verdict.objects.get().stands is True
    assert Event.objects.filter(act="proof.replaced").count() == 0


def test_a_document_used_by_several_indicators_reopens_each_of_them(people: People) -> None:
    entry = build.entry(people)
    document = build.document(people.agency, people.operator)
    for code in ("17", "23"):
        claiming.attach(entry, code, document, by=people.operator)
        Verdict.objects.create(
            region=entry.region, entry=entry, indicator=code, level=1, claimed_level=1, claim_version=1, by=people.verifier
        )  # fmt: skip
        packing.set_verified(entry, code, 1)
    proving.replace_document(document, by=people.operator, file=pdf("baru"))
    assert Verdict.objects.filter(stands=True).count() == 0
    event = Event.objects.get(act="proof.replaced")
    assert (event.data["indicators"], event.data["reopened"]) == (["17", "23"], ["17", "23"])


def test_a_closed_year_keeps_its_verdicts_though_the_document_has_a_newer_version(people: People) -> None:
    entry, document = judged(people, State.ACCEPTED)
    year.close_year(entry.assessment, by=people.region_admin)
    claim = Claim.objects.get(entry=entry, indicator="16")
    proving.replace_document(document, by=people.operator, file=pdf("baru"))
    entry.refresh_from_db()
    assert (entry.state, Verdict.objects.get().stands) == (State.ACCEPTED, True)
    assert Claim.objects.get(pk=claim.pk).version == claim.version
    assert Assessment.objects.get().phase == "closed"


def test_a_file_that_does_not_fit_the_indicator_is_refused_and_changes_nothing(people: People) -> None:
    _, document = judged(people, State.ACCEPTED)
    before = everything()
    for attempt in (
        lambda: proving.replace_document(document, by=people.operator, file=png()),
        lambda: proving.replace_document(document, by=people.operator, link="https://youtu.be/abc"),
        lambda: proving.replace_document(document, by=people.operator, file=ContentFile(b"<html>", name="a.pdf")),
    ):
        with pytest.raises(Refused):
            attempt()
    assert everything() == before


@pytest.mark.parametrize("role", ["neighbour", "stranger", "verifier", "agency_head"])
def test_only_the_documents_owners_replace_it(people: People, role: str) -> None:
    _, document = judged(people, State.ACCEPTED)
    before = everything()
    with pytest.raises(Refused):
        proving.replace_document(document, by=getattr(people, role), file=pdf("baru"))
    assert everything() == before


def test_whoever_replaces_a_proof_has_had_a_hand_in_the_entry(people: People) -> None:
    entry, document = judged(people, State.VERIFYING)
    proving.replace_document(document, by=people.region_admin, file=pdf("baru"))
    assert Hand.objects.filter(entry=entry, person=people.region_admin, act="uploaded").count() == 1


def test_an_uploaded_file_that_is_in_the_library_already_is_used_and_not_kept_twice(people: People) -> None:
    from pamong.assessments.answers import Typed

    entry = build.entry(people, levels={})
    upload = {"instrument": "sk-kdh", "subject": "SK Tim"}
    for code in ("16", "17"):
        bundle = claiming.Bundle(upload={**upload, "file": pdf("sama")})
        made = claiming.answer(entry, code, by=people.operator, typed=Typed(level=1), version=0, bundle=bundle)
    document = Document.objects.get()
    assert made.reused in (None, document)
    assert sorted(document.proofs.values_list("claim__indicator", flat=True)) == ["16", "17"]
    assert document.versions.count() == 1
