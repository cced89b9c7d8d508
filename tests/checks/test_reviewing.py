"""Verifiers answer findings; a dismissal needs a reason, changes the advice and nothing that counts."""

from __future__ import annotations

import pytest

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.assessments.actions import verifying
from pamong.assessments.models import Claim, Entry, Verdict
from pamong.audit.models import Event
from pamong.checks.actions import examining
from pamong.checks.actions.reviewing import review
from pamong.checks.models import Examination, Review
from pamong.common.permit import Refused
from tests import build as people_
from tests.checks import build


def key(rule: str = "instrument") -> str:
    return build.key(Examination.objects.get(claim__indicator="16"), rule)


def advice() -> int | None:
    return Examination.objects.get(claim__indicator="16").advice


def test_a_dismissal_changes_the_advice_and_leaves_claim_and_verdict(
    people: people_.People, handed_over: Entry
) -> None:
    before = (
        list(Claim.objects.values_list()),
        list(Verdict.objects.values_list()),
        Entry.objects.get(pk=handed_over.pk).claimed,
    )
    assert advice() == 1
    made = review(handed_over, "16", key(), by=people.verifier, word="dismissed", reason="Perda ada di halaman lain.")
    assert (made.word, made.rule, made.by, advice()) == ("dismissed", "instrument", people.verifier, None)
    assert before == (
        list(Claim.objects.values_list()),
        list(Verdict.objects.values_list()),
        Entry.objects.get(pk=handed_over.pk).claimed,
    )
    assert Event.objects.latest("pk").act == "finding.dismissed"


def test_saying_so_again_changes_nothing_and_the_other_word_replaces_it(
    people: people_.People, handed_over: Entry
) -> None:
    first = review(handed_over, "16", key(), by=people.verifier, word="dismissed", reason="Keliru.")
    events = Event.objects.count()
    assert review(handed_over, "16", key(), by=people.verifier, word="dismissed", reason="Keliru.") == first
    assert Event.objects.count() == events
    review(handed_over, "16", key(), by=people.verifier, word="accepted")
    assert (Review.objects.get().word, advice()) == ("accepted", 1)


def test_a_dismissal_survives_the_next_look_at_the_same_file(people: people_.People, handed_over: Entry) -> None:
    review(handed_over, "16", key(), by=people.verifier, word="dismissed", reason="Keliru.")
    Examination.objects.update(fingerprint="")
    examining.look(Entry.objects.get(pk=handed_over.pk))
    assert advice() is None


@pytest.mark.parametrize(
    ("who", "word", "reason", "refusal"),
    [
        ("verifier", "dismissed", " ", "Tulis alasan"),
        ("operator", "dismissed", "Keliru.", "Hanya verifikator"),
        ("region_admin", "accepted", "", "Hanya verifikator"),
    ],
)
def test_without_a_reason_or_by_others_it_is_refused_and_changes_nothing(
    people: people_.People, handed_over: Entry, who: str, word: str, reason: str, refusal: str
) -> None:
    with pytest.raises(Refused, match=refusal):
        review(handed_over, "16", key(), by=getattr(people, who), word=word, reason=reason)
    assert (Review.objects.count(), advice()) == (0, 1)


def test_who_had_a_hand_in_the_entry_does_not_answer_findings(people: people_.People, handed_over: Entry) -> None:
    people_.seat(people.operator, Role.VERIFIER, people.region)
    with pytest.raises(Refused, match="Anda ikut"):
        review(handed_over, "16", key(), by=User.objects.get(pk=people.operator.pk), word="accepted")
    assert not Review.objects.exists()


def test_a_finding_that_is_gone_cannot_be_answered(people: people_.People, handed_over: Entry) -> None:
    with pytest.raises(Refused, match="sudah berubah"):
        review(handed_over, "16", "f" * 32, by=people.verifier, word="accepted")
    assert not Review.objects.exists()


def test_after_the_decision_findings_are_no_longer_answered(people: people_.People, handed_over: Entry) -> None:
    from tests.verification import build as verification

    for code in ("16", "17", "32", "33", "35"):
        verification.judge(Entry.objects.get(pk=handed_over.pk), code, by=people.verifier)
    verifying.accept(Entry.objects.get(pk=handed_over.pk), by=people.verifier)
    with pytest.raises(Refused, match="sudah diterima"):
        review(Entry.objects.get(pk=handed_over.pk), "16", key(), by=people.verifier, word="accepted")
    assert not Review.objects.exists()
