"""Nobody judges what they had a hand in, nor what belongs to their own house."""

from __future__ import annotations

import pytest

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.models import Agency
from pamong.agencies.standing import standing
from pamong.assessments import verification_policies as policies
from pamong.assessments import verification_queries as queries
from pamong.assessments import verification_queue as queues
from pamong.assessments.actions import verifying
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import State
from pamong.common.permit import Refused
from tests import build as people_
from tests.assessments import build as reports
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build


def also_verifier(person: User, people: People) -> User:
    """Give ``person`` a verifier's seat beside the ones they have."""
    people_.seat(person, Role.VERIFIER, people.region)
    fresh = User.objects.get(pk=person.pk)
    assert standing(fresh)
    return fresh


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VERIFIER])
def test_only_verifiers_judge(people: People, role: Role) -> None:
    entry = build.submitted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya verifikator daerah ini"):
        build.judge(entry, "16", by=getattr(people, role.name.lower()))
    assert everything() == before


def test_a_verifier_of_another_region_does_not_judge(people: People) -> None:
    people_.seat(people.stranger, Role.VERIFIER, people.other_region)
    entry = build.submitted(people)
    with pytest.raises(Refused, match="Hanya verifikator daerah ini"):
        build.judge(entry, "16", by=people.stranger)


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("operator", "Anda ikut mengklaim, mengunggah bukti, mengajukan"),
        ("agency_head", "Anda ikut mengesahkan"),
    ],
)
def test_who_had_a_hand_in_the_entry_sees_it_and_does_not_judge_it(people: People, role: str, reason: str) -> None:
    entry = build.submitted(people)
    person = also_verifier(getattr(people, role), people)
    assert entry in queries.visible_to(person, people.region)
    before = everything()
    acts = (
        lambda: build.judge(entry, "16", by=person),
        lambda: verifying.begin(entry, by=person),
        lambda: verifying.return_for_repair(entry, by=person, reasons={"16": "x"}),
        lambda: verifying.accept(entry, by=person),
        lambda: verifying.reject(entry, by=person, reason="x"),
        lambda: verifying.take(entry, by=person),
        lambda: verifying.assign(entry, person, by=people.region_admin),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert everything() == before
    assert policies.can_judge(person, entry).reason.startswith(reason)


def test_who_uploaded_any_version_of_an_attached_document_does_not_judge(people: People) -> None:
    outsider = build.second(people)
    entry = reports.entry(people)
    document = reports.document(people.agency, outsider)
    from pamong.assessments.actions import claiming

    claiming.attach(entry, "17", document, by=people.operator)
    entry = reports.submitted(entry, people)
    assert policies.can_judge(outsider, entry).reason.startswith("Anda ikut mengunggah bukti")


def test_the_uploader_of_a_later_version_does_not_judge_either(people: People) -> None:
    outsider = build.second(people)
    entry = build.submitted(people)
    document = entry.claims.get(indicator="35").proofs.get().document
    document.versions.update(is_current=False)
    document.versions.create(region=people.region, number=2, by=outsider, link="https://youtu.be/lain")
    assert policies.can_judge(outsider, entry).reason.startswith("Anda ikut mengunggah bukti")


@pytest.mark.parametrize("where", ["same", "parent", "child"])
def test_nobody_judges_their_own_agency_or_one_above_or_below_it(people: People, where: str) -> None:
    child = people_.agency(people.region, "UPTD Contoh", parent=people.agency)
    entry_agency, house = {
        "same": (people.agency, people.agency),
        "parent": (child, people.agency),
        "child": (people.agency, child),
    }[where]
    colleague = people_.person("Kolega Serumah")
    people_.seat(colleague, Role.VERIFIER, people.region, house)
    entry = build.submitted(people)
    Entry.objects.filter(pk=entry.pk).update(agency=entry_agency)
    entry.refresh_from_db()
    before = everything()
    with pytest.raises(Refused, match="instansi Anda sendiri"):
        build.judge(entry, "16", by=colleague)
    assert everything() == before


def test_a_verifier_seated_at_another_agency_judges(people: People) -> None:
    colleague = people_.person("Kolega Lain")
    people_.seat(colleague, Role.VERIFIER, people.region, Agency.objects.get(pk=people.other_agency.pk))
    entry = build.submitted(people)
    assert build.judge(entry, "16", by=colleague).by == colleague


def test_the_regions_own_indicators_are_judged_by_a_verifier_and_not_by_who_claimed_them(people: People) -> None:
    entry = build.institution(people)
    assert entry.state == State.SUBMITTED
    claimant = also_verifier(people.region_admin, people)
    with pytest.raises(Refused, match="Anda ikut mengklaim"):
        build.judge(entry, "1", by=claimant)
    for code in queries.to_judge(verifying.begin(entry, by=people.verifier)):
        build.judge(entry, code, by=people.verifier)
    assert verifying.accept(entry, by=people.verifier).state == State.ACCEPTED
    assert Assessment.objects.get().entries.get(kind="institution").verified.count("-") == 0


def test_the_queue_marks_what_is_not_for_oneself_to_judge(people: People) -> None:
    entry = build.submitted(people)
    colleague = people_.person("Kolega Serumah")
    people_.seat(colleague, Role.VERIFIER, people.region, people.agency)
    year = entry.assessment
    mark = {who: [row.is_own for row in queues.queue(who, year).rows] for who in (colleague, people.verifier)}
    assert mark == {colleague: [True], people.verifier: [False]}
    claimant = also_verifier(people.operator, people)
    assert [row.is_own for row in queues.queue(claimant, year).rows] == [True]
