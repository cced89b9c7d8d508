"""Two at once, on PostgreSQL, with real connections: nothing lost, nothing doubled, both told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from pamong.assessments import packing
from pamong.assessments.actions import submitting, verifying
from pamong.assessments.models import Entry, Verdict
from pamong.assessments.states import State
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.notifications.models import Message
from pamong.scoring.actions.closing import close
from pamong.scoring.models import Snapshot
from tests import build as people_
from tests.assessments import build as reports
from tests.build import People
from tests.together import together
from tests.verification import build

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd(transactional_db: None) -> Iterator[People]:
    region = people_.region()
    with scope(region=region):
        yield People(region, people_.agency(region))


def sound(entry: Entry) -> None:
    fresh = Entry.objects.select_related("assessment").get(pk=entry.pk)
    assert packing.faults(fresh.assessment) == []


def test_two_verifiers_on_one_indicator_give_one_verdict_and_both_are_told(crowd: People) -> None:
    entry = build.verifying_(crowd)
    other = build.second(crowd)
    seen = build.seen(entry, "16")
    Message.objects.all().delete()
    outcomes = together(
        crowd.region,
        lambda: verifying.judge(entry, "16", by=crowd.verifier, level=1, reason="", seen=seen),
        lambda: verifying.judge(entry, "16", by=other, level=0, reason="Tidak sah.", seen=seen),
    )
    winner = next(each for each in outcomes if isinstance(each, Verdict))
    loser = next(each for each in outcomes if isinstance(each, Overtaken))
    assert Verdict.objects.get() == winner
    assert f"baru saja menilai indikator 16 pada tingkat {winner.level}" in loser.reasons[0]
    assert list(Message.objects.values_list("person", flat=True)) == [winner.by_id]
    assert Event.objects.filter(act="verdict.given").count() == 1
    sound(entry)


def test_two_verifiers_on_different_indicators_lose_nothing(crowd: People) -> None:
    entry = build.verifying_(crowd)
    other = build.second(crowd)
    codes = ["16", "17", "32", "33", "35"]
    outcomes = together(
        crowd.region,
        *(
            lambda code=code, by=by: build.judge(entry, code, by=by)  # type: ignore[misc]
            for code, by in zip(codes, [crowd.verifier, other] * 3, strict=False)
        ),
    )
    assert sorted(verdict.indicator for verdict in outcomes) == codes
    assert Entry.objects.get(pk=entry.pk).verified.count("1") == 5
    sound(entry)


def test_a_double_click_is_one_verdict(crowd: People) -> None:
    entry = build.submitted(crowd)
    seen = build.seen(entry, "16")
    outcomes = together(
        crowd.region,
        *[lambda: verifying.judge(entry, "16", by=crowd.verifier, level=0, reason="Tidak sah.", seen=seen)] * 4,
    )
    assert len({verdict.pk for verdict in outcomes}) == 1
    assert Verdict.objects.count() == 1
    assert Event.objects.filter(act="verdict.given").count() == 1


def test_a_claim_changed_while_it_is_judged_is_never_judged_unseen(crowd: People) -> None:
    entry = build.verifying_(crowd)
    seen = build.seen(entry, "16")
    other = build.second(crowd)

    def repair() -> Entry:
        verifying.return_for_repair(entry, by=other, reasons={"16": "Lampirkan Perkada."})
        reports.claim(entry, "16", 2, by=crowd.operator)
        return submitting.resubmit(entry, by=crowd.operator)

    judged, _ = together(
        crowd.region, lambda: verifying.judge(entry, "16", by=crowd.verifier, level=1, reason="", seen=seen), repair
    )
    standing = Verdict.objects.filter(stands=True, indicator="16")
    assert not standing.exists()
    if isinstance(judged, Verdict):  # judged first: reopened by the return, and kept
        assert Verdict.objects.get().reopened_because == "Dikembalikan untuk diperbaiki (putaran 1)."
    else:
        assert not Verdict.objects.exists()
    assert Entry.objects.get(pk=entry.pk).state == State.VERIFYING
    sound(entry)


def test_two_decisions_at_once_are_one(crowd: People) -> None:
    entry = build.judged(crowd)
    other = build.second(crowd)
    outcomes = together(
        crowd.region,
        lambda: verifying.accept(entry, by=crowd.verifier, seen=entry.verified),
        lambda: verifying.reject(entry, by=other, reason="Bukan inovasi.", seen=entry.verified),
    )
    assert sum(isinstance(each, Entry) for each in outcomes) == 1
    assert Event.objects.filter(act__in=["entry.accepted", "entry.rejected"]).count() == 1


def test_an_entry_taken_by_two_goes_to_one(crowd: People) -> None:
    entry = build.submitted(crowd)
    other = build.second(crowd)
    outcomes = together(
        crowd.region, lambda: verifying.take(entry, by=crowd.verifier), lambda: verifying.take(entry, by=other)
    )
    assert sorted(type(each) is Overtaken for each in outcomes) == [False, True]


def test_returning_and_judging_at_once_leaves_packed_levels_and_rows_in_step(crowd: People) -> None:
    entry = build.judged(crowd)
    other = build.second(crowd)
    together(
        crowd.region,
        lambda: verifying.return_for_repair(entry, by=crowd.verifier, reasons={"16": "x", "17": "y"}),
        lambda: build.judge(entry, "16", 0, by=other),
        lambda: build.judge(entry, "17", 0, by=other),
    )
    assert Entry.objects.get(pk=entry.pk).state == State.RETURNED
    assert not Verdict.objects.filter(stands=True, indicator__in=["16", "17"]).exists()
    sound(entry)


def test_a_verdict_racing_the_closing_is_sealed_or_refused(crowd: People) -> None:
    entry = build.judged(crowd)
    closed, judged = together(
        crowd.region,
        lambda: close(entry.assessment, by=crowd.region_admin, leaving_undecided=True),
        lambda: build.judge(entry, "16", 0, by=crowd.verifier),
    )
    assert not isinstance(closed, Refused)
    sealed = Snapshot.objects.get(value="verified").inputs["innovations"][0]["levels"]["16"]
    assert sealed == (0 if isinstance(judged, Verdict) else 1)
    assert Snapshot.objects.count() == 2


def test_closing_twice_at_once_seals_once(crowd: People) -> None:
    entry = build.accepted(crowd)
    outcomes = together(
        crowd.region, *[lambda: close(entry.assessment, by=crowd.region_admin, leaving_undecided=True)] * 2
    )
    assert [each.phase for each in outcomes] == ["closed", "closed"]
    assert sorted(Snapshot.objects.values_list("value", flat=True)) == ["claimed", "verified"]
    assert Event.objects.filter(act__in=["assessment.closed", "assessment.sealed"]).count() == 2
