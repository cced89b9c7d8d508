"""Two people, or one person twice, at the same moment: nothing lost, nothing doubled. On PostgreSQL, with real threads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.assessments import packing
from pamong.assessments.actions import claiming, entering, proving, submitting, year
from pamong.assessments.answers import Typed
from pamong.assessments.models import Assessment, Claim, Entry, Hand, Proof, Verdict
from pamong.assessments.states import Phase, State
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.evidence.models import Document
from tests.assessments import build
from tests.assessments.papers import pdf
from tests.build import People, person, seat
from tests.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def fresh(who: User) -> User:
    """The same person as another request knows them."""
    return User.objects.get(pk=who.pk)


def colleague(people: People) -> User:
    made = person("Citra Rekan")
    seat(made, Role.OPERATOR, people.region, people.agency)
    return made


def test_a_double_click_on_submit_submits_once(people: People) -> None:
    entry = build.entry(people)
    results = together(people.region, *[lambda: submitting.submit(entry, by=fresh(people.operator)).state] * 4)
    assert results == [State.AWAITING] * 4
    assert Event.objects.filter(act="entry.submitted").count() == 1
    assert Hand.objects.filter(entry=entry, act="submitted").count() == 1


def test_two_people_submitting_at_once_submit_once_and_the_other_is_told(people: People) -> None:
    entry, other = build.entry(people), colleague(people)
    results = together(
        people.region,
        lambda: submitting.submit(entry, by=fresh(people.operator)).state,
        lambda: submitting.submit(entry, by=fresh(other)).state,
    )
    assert sorted(isinstance(each, Refused) for each in results) == [False, True]
    assert Event.objects.filter(act="entry.submitted").count() == 1


def test_two_claims_on_one_indicator_keep_one_and_tell_the_other(people: People) -> None:
    entry, other = build.entry(people, levels={}), colleague(people)
    results = together(
        people.region,
        lambda: claiming.claim(entry, "16", by=fresh(people.operator), typed=Typed(level=2), version=0),
        lambda: claiming.claim(entry, "16", by=fresh(other), typed=Typed(level=3), version=0),
    )
    assert sorted(isinstance(each, Overtaken) for each in results) == [False, True]
    assert Claim.objects.get().version == 1
    assert packing.faults(entry.assessment) == []


def test_claims_on_different_indicators_are_all_kept_and_packed(people: People) -> None:
    entry = build.entry(people, levels={})
    codes = [str(code) for code in range(16, 26)]

    def claim(code: str) -> Callable[[], Claim]:
        return lambda: claiming.claim(entry, code, by=fresh(people.operator), typed=Typed(level=1), version=0)

    together(people.region, *(claim(code) for code in codes))
    assert Entry.objects.get(pk=entry.pk).claimed == "1" * 10 + "-" * 10
    assert Claim.objects.count() == 10
    assert packing.faults(entry.assessment) == []


def test_one_document_attached_twice_at_once_is_one_proof(people: People) -> None:
    entry = build.entry(people, levels={})
    document = build.document(people.agency, people.operator)
    results = together(
        people.region, *[lambda: claiming.attach(entry, "16", document, by=fresh(people.operator)).pk] * 3
    )
    assert len(set(results)) == 1
    assert Proof.objects.count() == 1
    assert packing.faults(entry.assessment) == []


def test_a_claim_and_a_submission_at_once_never_leave_an_unseen_change(people: People) -> None:
    entry = build.entry(people)
    results = together(
        people.region,
        lambda: submitting.submit(entry, by=fresh(people.operator)).claimed,
        lambda: claiming.claim(entry, "18", by=fresh(people.operator), typed=Typed(level=3), version=0).level,
    )
    entry.refresh_from_db()
    assert entry.state == State.AWAITING
    assert isinstance(results[1], Refused) or results[0] == entry.claimed
    assert Event.objects.get(act="entry.submitted").data["claimed"] == entry.claimed
    assert packing.faults(entry.assessment) == []


def test_entering_twice_at_once_enters_once(people: People) -> None:
    assessment = build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator)
    results = together(
        people.region, *[lambda: entering.enter(assessment, innovation, by=fresh(people.operator)).pk] * 4
    )
    assert len(set(results)) == 1
    assert Entry.objects.filter(kind="innovation").count() == 1
    assert Event.objects.filter(act="entry.entered").count() == 1


def test_opening_a_year_twice_at_once_makes_one_institution_entry(people: People) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    results = together(people.region, *[lambda: year.open_year(made, by=fresh(people.region_admin)).phase] * 3)
    assert results == [Phase.OPEN] * 3
    assert Entry.objects.filter(kind="institution").count() == 1
    assert Event.objects.filter(act="assessment.opened").count() == 1


def test_nothing_changes_in_a_year_after_it_closed(people: People) -> None:
    entries = [build.entry(people, levels={}) for _ in range(6)]
    assessment = Assessment.objects.get()

    def claim(entry: Entry) -> Callable[[], Claim]:
        return lambda: claiming.claim(entry, "16", by=fresh(people.operator), typed=Typed(level=2), version=0)

    together(
        people.region,
        *(claim(each) for each in entries),
        lambda: year.close_year(assessment, by=fresh(people.region_admin)),
    )
    closed = Event.objects.get(act="assessment.closed")
    assert Event.objects.filter(act="entry.claimed", number__gt=closed.number).count() == 0
    assert packing.faults(assessment) == []


def test_a_document_replaced_twice_at_once_with_the_same_file_is_one_version(people: People) -> None:
    entry = build.entry(people, State.SUBMITTED)
    document: Document = Proof.objects.get(claim__entry=entry, claim__indicator="16").document
    Verdict.objects.create(
        region=entry.region, entry=entry, indicator="16", level=1, claimed_level=1, claim_version=2, by=people.verifier
    )
    packing.set_verified(entry, "16", 1)
    Entry.objects.filter(pk=entry.pk).update(state=State.ACCEPTED, decided_at=timezone.now())
    results = together(
        people.region,
        *[lambda: proving.replace_document(document, by=fresh(people.operator), file=pdf("baru")).number] * 3,
    )
    assert results == [2, 2, 2]
    assert document.versions.count() == 2
    assert Event.objects.filter(act="proof.replaced").count() == 1
    assert Entry.objects.get(pk=entry.pk).state == State.VERIFYING
    assert packing.faults(entry.assessment) == []
