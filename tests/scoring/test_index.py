"""Which entries count in which value of the index, and how."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pamong.assessments.models import Assessment, Entry, EntryScore
from pamong.assessments.states import Phase, State
from pamong.scoring import queries
from pamong.scoring.actions.refreshing import refresh
from tests.assessments import build as reports
from tests.build import People
from tests.verification import build

ALL = dict.fromkeys((str(code) for code in range(16, 36)), 3)


def year() -> Assessment:
    return Assessment.objects.get()


def test_drafts_count_only_as_a_what_if(people: People) -> None:
    reports.entry(people)
    assert queries.index(year(), "claimed").reported == 0
    what_if = queries.index(year(), "claimed", drafts=True)
    assert (what_if.reported, what_if.innovations[0].points) == (1, Decimal(14))


def test_the_claimed_value_takes_every_reported_entry_at_its_word(people: People) -> None:
    build.submitted(people)
    build.rejected(people)
    build.returned(people)
    score = queries.index(year(), "claimed")
    assert [each.points for each in score.innovations] == [Decimal(14)] * 3
    assert (score.reported, score.accepted) == (3, 3)


def test_the_verified_value_counts_verdicts_so_far_and_nothing_for_what_is_rejected(people: People) -> None:
    build.submitted(people)
    half = build.verifying_(people)
    build.judge(half, "16", 2, by=people.verifier)
    build.rejected(people)
    build.accepted(people)
    score = queries.index(year(), "verified")
    assert sorted(each.points for each in score.innovations) == [0, 0, 6, 14]
    assert (score.reported, score.accepted, score.divisor) == (4, 3, 12)
    told = queries.progress(year())
    assert (told.reported, told.decided, told.accepted, told.claimed, told.judged) == (4, 2, 1, 20, 11)


def test_a_closed_year_counts_only_what_was_accepted(people: People) -> None:
    half = build.verifying_(people)
    build.judge(half, "16", 2, by=people.verifier)
    build.accepted(people)
    Assessment.objects.update(phase=Phase.CLOSED)
    score = queries.index(year(), "verified")
    assert sorted(each.points for each in score.innovations) == [0, 14]
    assert score.accepted == 1
    assert queries.index(year(), "claimed").accepted == 2


def test_a_rejected_innovation_stays_in_the_divisor(people: People) -> None:
    for _ in range(13):
        entry = build.submitted(people)
    Entry.objects.filter(kind="innovation").update(state=State.ACCEPTED, verified="3" * 20)
    Entry.objects.filter(pk=entry.pk).update(state=State.REJECTED)
    score = queries.index(year(), "verified")
    assert (score.divisor, score.maturity) == (13, Decimal("102.4615"))


def test_the_regions_own_indicators_count_once_they_are_sent(people: People) -> None:
    entry = build.institution(people)
    score = queries.index(year(), "claimed")
    assert score.institution * 100 == EntryScore.objects.get(entry=entry).claimed
    assert queries.index(year(), "verified").institution == 0
    Entry.objects.update(state=State.DRAFT)
    assert queries.index(year(), "claimed").institution == 0


@pytest.mark.parametrize("entries", [1, 3])
def test_an_index_takes_one_query(people: People, entries: int) -> None:
    for _ in range(entries):
        build.submitted(people)
    assessment = year()
    with CaptureQueriesContext(connection) as seen:
        queries.index(assessment, "verified")
    assert len(seen) == 1


def test_an_entry_without_a_known_affair_counts_for_none(people: People) -> None:
    build.submitted(people)
    Entry.objects.filter(kind="innovation").update(affair="")
    assert queries.index(year(), "claimed").affairs == 0


def test_refreshing_stores_both_indices_in_hundredths(people: People) -> None:
    build.accepted(people, ALL)
    stored = refresh(year())
    assert (stored.claimed, stored.verified) == tuple(
        int(queries.index(year(), value).index * 100) for value in ("claimed", "verified")
    )
