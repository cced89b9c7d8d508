"""Who verifies what: by hand, taken, or dealt out evenly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pamong.accounts.roles import Role
from pamong.assessments.actions import verifying
from pamong.assessments.models import Assessment, Entry
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.notifications.models import Message
from tests import build as people_
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build


def test_assigning_sets_the_days_and_tells_the_verifier_once(people: People) -> None:
    entry = build.submitted(people)
    Message.objects.all().delete()
    for _ in range(2):
        verifying.assign(entry, people.verifier, by=people.region_admin)
    entry.refresh_from_db()
    assert (entry.verifier, entry.due_on) == (people.verifier, timezone.localdate() + timedelta(days=14))
    assert list(Message.objects.values_list("person", flat=True)) == [people.verifier.pk]
    assert Event.objects.filter(act="verification.assigned").count() == 1


def test_assigning_to_nobody_gives_it_back(people: People) -> None:
    entry = build.submitted(people)
    verifying.assign(entry, people.verifier, by=people.region_admin)
    verifying.assign(entry, None, by=people.region_admin)
    entry.refresh_from_db()
    assert (entry.verifier, entry.assigned_at, entry.due_on) == (None, None, None)


@pytest.mark.parametrize("role", ["operator", "region_head", "verifier", "stranger"])
def test_only_the_regions_administrator_assigns(people: People, role: str) -> None:
    entry = build.submitted(people)
    other = build.second(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        verifying.assign(entry, other, by=getattr(people, role))
    assert everything() == before


@pytest.mark.parametrize("role", ["verifier", "quality_controller", "operator", "stranger"])
def test_who_may_not_assign_is_refused_even_where_nothing_would_change(people: People, role: str) -> None:
    entry = build.submitted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        verifying.assign(entry, None, by=getattr(people, role))
    assert everything() == before


@pytest.mark.parametrize("role", ["region_admin", "quality_controller", "operator", "stranger"])
def test_who_does_not_verify_gives_nothing_back(people: People, role: str) -> None:
    entry = build.submitted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya verifikator"):
        verifying.take(entry, by=getattr(people, role), back=True)
    assert everything() == before


def test_an_entry_is_not_given_to_who_may_not_judge_it(people: People) -> None:
    entry = build.submitted(people)
    before = everything()
    with pytest.raises(Refused, match="Juror tidak dapat ditugaskan: Hanya verifikator"):
        verifying.assign(entry, people.juror, by=people.region_admin)
    assert everything() == before


def test_a_verifier_takes_and_gives_back(people: People) -> None:
    entry = build.submitted(people)
    for _ in range(2):
        verifying.take(entry, by=people.verifier)
    assert Entry.objects.get(pk=entry.pk).verifier == people.verifier
    other = build.second(people)
    before = everything()
    for back in (False, True):
        with pytest.raises(Overtaken, match="Verifier sudah mengambil laporan ini"):
            verifying.take(entry, by=other, back=back)
    assert everything() == before
    verifying.take(entry, by=people.verifier, back=True)
    assert Entry.objects.get(pk=entry.pk).verifier is None


def test_what_is_decided_is_not_assigned(people: People) -> None:
    entry = build.accepted(people)
    before = everything()
    with pytest.raises(Refused, match="tidak dapat ditugaskan"):
        verifying.assign(entry, None, by=people.region_admin)
    assert everything() == before


def test_dealing_out_is_even_and_counts_what_each_already_holds(people: People) -> None:
    entries = [build.submitted(people) for _ in range(5)]
    other = build.second(people)
    verifying.take(entries[0], by=people.verifier)
    dealt = verifying.balance(entries[0].assessment, by=people.region_admin)
    assert dealt.entries == 4
    held = [Entry.objects.filter(verifier=person).count() for person in (people.verifier, other)]
    assert (sum(held), abs(held[0] - held[1])) == (5, 1)
    assert dealt.left == []


def test_dealing_out_again_changes_nothing(people: People) -> None:
    entry = build.submitted(people)
    verifying.balance(entry.assessment, by=people.region_admin)
    before = everything()
    assert verifying.balance(entry.assessment, by=people.region_admin).entries == 0
    assert everything() == before


def test_dealing_out_gives_nobody_their_own_house_and_names_what_is_left(people: People) -> None:
    people.verifier.memberships.update(agency=people.agency)
    entry = build.submitted(people)
    dealt = verifying.balance(entry.assessment, by=people.region_admin)
    assert (dealt.entries, dealt.left) == (0, [entry])
    other = build.second(people)
    assert verifying.balance(entry.assessment, by=people.region_admin).given == {other: [entry]}


def test_dealing_out_skips_who_had_a_hand(people: People) -> None:
    people_.seat(people.region_admin, Role.VERIFIER, people.region)
    entry = build.institution(people)
    dealt = verifying.balance(entry.assessment, by=people.region_admin)
    assert dealt.given == {people.verifier: [entry]}


def test_dealing_out_is_for_the_regions_administrator_and_needs_a_verifier(people: People) -> None:
    entry = build.submitted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        verifying.balance(entry.assessment, by=people.verifier)
    people.verifier.memberships.all().delete()
    with pytest.raises(Refused, match="Belum ada verifikator"):
        verifying.balance(Assessment.objects.get(), by=people.region_admin)
    assert everything() == before
