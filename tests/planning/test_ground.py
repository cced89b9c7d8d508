"""What planning counts on, and what it takes a level to be worth in work."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pamong.assessments.actions import year as years
from pamong.assessments.models import Assessment
from pamong.common.permit import Refused
from pamong.engine.efforts import defaults
from pamong.engine.gaps import Effort
from pamong.engine.situation import INSTITUTION
from pamong.planning.actions import agreeing
from pamong.planning.actions.efforts import set_efforts
from pamong.planning.models import EffortSetting
from pamong.planning.queries import efforts, gaps
from pamong.planning.queries.ground import ground
from pamong.scoring import queries as scoring
from tests.assessments import build as reports
from tests.build import People
from tests.planning import build
from tests.verification import build as verification


def test_a_level_counts_where_it_is_judged_and_before_that_where_its_claim_has_a_proof(people: People) -> None:
    entry = reports.entry(people, levels={"16": 2, "17": 1, "32": 1, "33": 1, "35": 1})
    reports.claim(entry, "20", 3, by=people.operator)
    found = ground(entry.assessment)
    assert found.items[entry.code].levels == {"16": 2, "17": 1, "32": 1, "33": 1, "35": 1}
    judged = verification.verifying_(people)
    verification.judge(judged, "16", 0, by=people.verifier)
    assert ground(entry.assessment).items[judged.code].levels["16"] == 0


def test_a_year_that_is_verified_gives_the_verified_index(people: People) -> None:
    verification.accepted(people, {"16": 3, "17": 2, "32": 1, "33": 1, "35": 1})
    verification.rejected(people)
    assessment = Assessment.objects.get(region=people.region)
    found = ground(assessment).situation
    assert found.score().index == scoring.index(assessment, scoring.VERIFIED).index
    assert [each.accepted for each in found.innovations] == [True, False]


def test_drafts_count_as_sent_only_while_reports_are_taken(people: People) -> None:
    draft = reports.entry(people)
    assert [each.code for each in ground(draft.assessment).situation.innovations] == [draft.code]
    ended = years.end_reporting(draft.assessment, by=people.region_admin)
    assert ground(ended).situation.innovations == ()


def test_the_ground_is_read_in_two_queries_however_many_entries(people: People, django_assert_num_queries) -> None:
    for entries in (1, 3):
        assessment = build.year(people, entries)
        with django_assert_num_queries(2):
            assert ground(assessment).situation.index


def test_gaps_come_with_what_they_bring_for_a_day_of_work_first(people: People) -> None:
    assessment = build.year(people, 1)
    found = ground(assessment)
    rows = gaps.rows(found, efforts.efforts(people.region, assessment.edition), found.items)
    worth = [row.per_day for row in rows]
    assert worth == sorted(worth, reverse=True)
    assert {row.item.code for row in rows} == set(found.items) - {INSTITUTION} | {found.items[INSTITUTION].code}
    only = gaps.narrowed(rows, indicator="16")
    assert [(row.indicator_code, row.next.start, row.next.level, row.next.points) for row in only] == [("16", 1, 2, 3)]
    assert only[0].gain == Decimal("0.1000")


def test_an_effort_is_the_regions_own_else_pamongs_estimate(people: People) -> None:
    edition = build.year(people, 1).edition
    assert efforts.efforts(people.region, edition) == defaults(edition)
    own = Effort(Decimal("4.5"), Decimal(250000), 20)
    set_efforts(people.region, edition.indicator("16"), {1: own, 2: None, 3: None}, by=people.region_admin)
    found = efforts.efforts(people.region, edition)
    assert found["16", 1] == own
    assert found["16", 2] == defaults(edition)["16", 2]
    set_efforts(people.region, edition.indicator("16"), {1: None}, by=people.region_admin)
    assert efforts.efforts(people.region, edition) == defaults(edition)


def test_only_the_administrator_sets_efforts_and_a_refusal_sets_none(people: People) -> None:
    indicator = build.year(people, 1).edition.indicator("16")
    for by in (people.operator, people.region_head, people.stranger):
        with pytest.raises(Refused, match="administrator daerah"):
            set_efforts(people.region, indicator, {1: Effort(Decimal(1))}, by=by)
    assert not EffortSetting.objects.exists()


def test_working_days_are_learnt_from_five_tasks_on(people: People) -> None:
    assessment = build.year(people, 5)
    plan = build.agreed(people, otherwise=None, until=build.in_days(8))
    tasks = [each for each in plan.tasks.all() if each.indicator == "23" and each.level == each.start + 1]
    assert len(tasks) == 5
    for number, task in enumerate(tasks):
        if number == 4:
            assert efforts.efforts(people.region, assessment.edition)["23", 2].days == 1
        agreeing.finish(task, by=people.operator, spent=Decimal(number + 2))
    line = next(each for each in efforts.lines(people.region, assessment.edition) if each.indicator.code == "23" and each.level == 2)  # fmt: skip
    assert line.worked is not None
    assert (line.effort.days, line.worked.cases, line.source) == (4, 5, "kerja dari 5 kasus")


def test_waiting_time_is_learnt_from_five_proofs_on_and_not_from_what_was_typed_in_on_one_day(people: People) -> None:
    from datetime import timedelta

    from pamong.assessments.models import Entry

    made = [verification.accepted(people) for _ in range(5)]
    edition = made[0].assessment.edition
    assert efforts.efforts(people.region, edition) == defaults(edition)
    for number, entry in enumerate(made):
        Entry.objects.filter(pk=entry.pk).update(created_at=entry.created_at - timedelta(days=10 * number + 1))
    line = next(
        each for each in efforts.lines(people.region, edition) if (each.indicator.code, each.level) == ("16", 1)
    )
    assert line.took is not None
    assert (line.took.days, line.took.cases, line.effort.lead, line.source) == (21, 5, 21, "waktu dari 5 kasus")
