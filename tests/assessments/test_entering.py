"""An innovation takes part in a year."""

from __future__ import annotations

import pytest

from pamong.assessments import completeness, queries
from pamong.assessments.actions import entering, submitting, year
from pamong.assessments.models import Entry
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.engine.eligibility import Severity
from pamong.innovations.states import Stage
from tests.assessments import build
from tests.assessments.state import everything
from tests.build import People


def test_enter_remembers_agency_and_affair_and_twice_gives_the_same_entry(people: People) -> None:
    assessment = build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator)
    first = entering.enter(assessment, innovation, by=people.operator)
    assert entering.enter(assessment, innovation, by=people.operator) == first
    assert (first.agency, first.affair, first.state) == (people.agency, "kesehatan", State.DRAFT)
    assert Event.objects.filter(act="entry.entered").count() == 1


@pytest.mark.parametrize("role", ["neighbour", "stranger", "verifier", "agency_head", "site_admin"])
def test_enter_refuses_who_does_not_manage_the_agency_and_changes_nothing(people: People, role: str) -> None:
    assessment = build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator)
    before = everything()
    with pytest.raises(Refused, match="Hanya pengelola Dinas Contoh"):
        entering.enter(assessment, innovation, by=getattr(people, role))
    assert everything() == before


def test_enter_refuses_a_year_not_open_and_says_why(people: People) -> None:
    assessment = build.assessment(people.region, people.region_admin, open_=False)
    innovation = build.innovation(people.agency, people.operator)
    before = everything()
    with pytest.raises(Refused, match="belum dibuka"):
        entering.enter(assessment, innovation, by=people.operator)
    assert everything() == before
    year.open_year(assessment, by=people.region_admin)
    year.end_reporting(assessment, by=people.region_admin)
    with pytest.raises(Refused, match="sudah berakhir"):
        entering.enter(assessment, innovation, by=people.operator)
    assert Entry.objects.filter(innovation=innovation).count() == 0


def test_an_innovation_that_is_not_ready_may_enter_but_not_be_submitted(people: People) -> None:
    entry = build.entry(people, stage=Stage.TRIAL)
    with pytest.raises(Refused, match="Kirim setelah inovasi diterapkan"):
        submitting.submit(entry, by=people.operator)
    assert Entry.objects.get(pk=entry.pk).state == State.DRAFT


def test_eligibility_names_what_does_not_fit_and_its_remedy(people: People) -> None:
    assessment = build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator, steps="", legal_basis="", problem="")
    found = completeness.eligibility(assessment.edition, innovation, times_entered=2)
    blocking = {each.code: each.remedy for each in found if each.severity is Severity.BLOCKING}
    assert set(blocking) == {"entries", "mandatory", "design"}
    assert blocking["design"].startswith("Tambahkan sedikitnya 120 kata")


def test_only_reported_earlier_years_count_as_taking_part(people: People) -> None:
    now = build.assessment(people.region, people.region_admin)
    past = build.assessment(people.region, people.region_admin, year=2025, edition_code="iid-2025")
    innovation = build.innovation(people.agency, people.operator)
    entry = entering.enter(past, innovation, by=people.operator)
    assert queries.times_entered(innovation, now.year) == 0
    Entry.objects.filter(pk=entry.pk).update(state=State.ACCEPTED)
    assert queries.times_entered(innovation, now.year) == 1
    assert queries.times_entered(innovation, past.year) == 0


def test_a_draft_may_be_taken_out_and_twice_is_no_fault(people: People) -> None:
    entry = build.entry(people)
    entering.remove_entry(Entry.objects.get(pk=entry.pk), by=people.operator)
    entering.remove_entry(entry, by=people.operator)
    assert Entry.objects.filter(innovation=entry.innovation).count() == 0
    event = Event.objects.get(act="entry.removed")
    assert event.data["claimed"] == entry.claimed


def test_what_was_handed_over_and_the_regions_own_entry_stay(people: People) -> None:
    entry = build.entry(people, State.SUBMITTED)
    own = entry.assessment.entries.get(kind=Entry.Kind.INSTITUTION)
    before = everything()
    with pytest.raises(Refused, match="berstatus draf"):
        entering.remove_entry(entry, by=people.operator)
    with pytest.raises(Refused, match="selalu ikut"):
        entering.remove_entry(own, by=people.region_admin)
    assert everything() == before
