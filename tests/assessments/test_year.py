"""The year: prepared, opened, extended, ended, closed; by the region's administrator only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from pamong.assessments.actions import year
from pamong.assessments.models import Assessment, Entry, Extension
from pamong.assessments.states import Phase, State
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.engine import edition as editions
from pamong.notifications.models import Message
from tests.assessments import build
from tests.assessments.state import everything
from tests.build import People


def acts(kind: str) -> int:
    return Event.objects.filter(act=kind).count()


def test_prepare_keeps_the_editions_digest_and_tells_nobody(people: People) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    assert made.phase == Phase.PREPARED
    assert made.edition_digest == editions.load("iid-2026").digest
    assert Message.objects.count() == 0
    assert acts("assessment.prepared") == 1


def test_prepare_twice_gives_the_same_year_and_one_trace(people: People) -> None:
    first = build.assessment(people.region, people.region_admin, open_=False)
    second = build.assessment(people.region, people.region_admin, open_=False)
    assert first == second
    assert acts("assessment.prepared") == 1


def test_prepare_refuses_the_same_year_with_other_dates_and_changes_nothing(people: People) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    before = everything()
    with pytest.raises(Refused, match="sudah ada"):
        build.assessment(people.region, people.region_admin, open_=False, closes_on=made.closes_on + timedelta(days=1))
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "days"), [("opens_on", 90), ("internal_deadline", 90), ("closes_on", 1), ("internal_deadline", -90)]
)
def test_prepare_refuses_dates_out_of_order_and_changes_nothing(people: People, field: str, days: int) -> None:
    before = everything()
    with pytest.raises(Refused, match="Urutan tanggal"):
        build.assessment(
            people.region, people.region_admin, open_=False, **{field: timezone.localdate() + timedelta(days=days)}
        )
    assert everything() == before


def test_prepare_refuses_an_unknown_edition(people: People) -> None:
    with pytest.raises(Refused, match="tidak dikenal"):
        build.assessment(people.region, people.region_admin, open_=False, edition_code="iid-1999")


@pytest.mark.parametrize("role", ["operator", "agency_head", "verifier", "region_head", "stranger", "site_admin"])
def test_only_the_regions_administrator_runs_the_year(people: People, role: str) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    who = getattr(people, role)
    before = everything()
    soon = made.closes_on + timedelta(days=5)
    attempts: list[Callable[[], object]] = [
        lambda: build.assessment(people.region, who, open_=False),
        lambda: year.open_year(made, by=who),
        lambda: year.end_reporting(made, by=who),
        lambda: year.extend(made, by=who, closes_on=soon, reason="Banjir."),
        lambda: year.close_year(made, by=who),
        lambda: year.reopen_reporting(made, by=who),
        lambda: year.reschedule(
            made, by=who, opens_on=made.opens_on, internal_deadline=made.internal_deadline, closes_on=soon
        ),
    ]
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
    assert everything() == before


def test_open_makes_the_regions_own_entry_and_tells_everyone_who_may_submit_once(people: People) -> None:
    made = build.assessment(people.region, people.region_admin)
    year.open_year(made, by=people.region_admin)
    assert made.phase == Phase.OPEN
    assert list(made.entries.values_list("kind", "innovation")) == [("institution", None)]
    told = set(Message.objects.values_list("person", flat=True))
    assert told == {people.operator.pk, people.neighbour.pk, people.region_admin.pk}
    assert Message.objects.count() == 3
    assert acts("assessment.opened") == 1


def test_reschedule_changes_the_dates_only_before_the_year_opens(people: People) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    later = made.closes_on + timedelta(days=3)
    dates = {"opens_on": made.opens_on, "internal_deadline": made.internal_deadline, "closes_on": later}
    assert year.reschedule(made, by=people.region_admin, **dates).closes_on == later
    year.open_year(made, by=people.region_admin)
    before = everything()
    with pytest.raises(Refused, match="perpanjang"):
        year.reschedule(made, by=people.region_admin, **dates)
    assert everything() == before


def test_extend_moves_the_closing_date_with_its_reason_and_tells_reporters_once(people: People) -> None:
    made = build.assessment(people.region, people.region_admin)
    Message.objects.all().delete()
    later = made.closes_on + timedelta(days=7)
    for _ in range(2):
        made = year.extend(made, by=people.region_admin, closes_on=later, reason=" Gangguan jaringan. ")
    assert made.closes_on == later
    assert list(Extension.objects.values_list("closes_on", "reason")) == [(later, "Gangguan jaringan.")]
    assert acts("assessment.extended") == 1
    assert {body.split("Alasan: ")[1] for body in Message.objects.values_list("body", flat=True)} == {
        "Gangguan jaringan."
    }


def test_extend_reopens_reporting_that_had_ended(people: People) -> None:
    made = year.end_reporting(build.assessment(people.region, people.region_admin), by=people.region_admin)
    made = year.extend(
        made, by=people.region_admin, closes_on=made.closes_on + timedelta(days=1), reason="Permintaan OPD."
    )
    assert made.phase == Phase.OPEN


@pytest.mark.parametrize(("days", "reason"), [(7, " "), (0, "Banjir."), (-1, "Banjir.")])
def test_extend_refuses_no_reason_and_earlier_dates_and_changes_nothing(people: People, days: int, reason: str) -> None:
    made = build.assessment(people.region, people.region_admin)
    before = everything()
    with pytest.raises(Refused):
        year.extend(made, by=people.region_admin, closes_on=made.closes_on + timedelta(days=days), reason=reason)
    assert everything() == before


def test_reporting_that_ended_may_be_reopened_until_the_closing_date(people: People) -> None:
    made = year.end_reporting(build.assessment(people.region, people.region_admin), by=people.region_admin)
    assert year.end_reporting(made, by=people.region_admin).phase == Phase.VERIFYING
    assert acts("assessment.reporting_ended") == 1
    assert year.reopen_reporting(made, by=people.region_admin).phase == Phase.OPEN
    year.end_reporting(made, by=people.region_admin)
    Assessment.objects.update(
        opens_on=timezone.localdate() - timedelta(days=9),
        internal_deadline=timezone.localdate() - timedelta(days=2),
        closes_on=timezone.localdate() - timedelta(days=1),
    )
    with pytest.raises(Refused, match="Perpanjang"):
        year.reopen_reporting(made, by=people.region_admin)


def test_close_waits_for_decisions_unless_told_not_to_and_then_freezes(people: People) -> None:
    entry = build.entry(people, State.SUBMITTED)
    before = everything()
    with pytest.raises(Refused, match="1 keikutsertaan yang belum diputus"):
        year.close_year(entry.assessment, by=people.region_admin)
    assert everything() == before
    for _ in range(2):
        made = year.close_year(entry.assessment, by=people.region_admin, leaving_undecided=True)
    assert made.phase == Phase.CLOSED
    assert made.closed_at
    assert acts("assessment.closed") == 1
    with pytest.raises(Refused):
        year.extend(made, by=people.region_admin, closes_on=made.closes_on + timedelta(days=1), reason="Lupa.")


def test_drafts_do_not_keep_a_year_from_closing(people: People) -> None:
    entry = build.entry(people)
    assert year.close_year(entry.assessment, by=people.region_admin).phase == Phase.CLOSED
    assert Entry.objects.get(pk=entry.pk).state == State.DRAFT
