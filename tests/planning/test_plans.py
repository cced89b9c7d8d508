"""A plan is asked for, computed in the background, given up or agreed on; its answer says what made it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.notifications.models import Message
from pamong.planning.actions import agreeing, plans, supposing
from pamong.planning.asks import Share, Without
from pamong.planning.models import Plan, Task
from pamong.planning.queries.ground import ground
from pamong.planning.states import State
from pamong.planning.tasks import solve
from pamong.scoring.actions.closing import close
from tests.build import People
from tests.planning import build


def test_a_plan_is_computed_in_the_background_and_says_what_made_it(
    people: People, django_capture_on_commit_callbacks
) -> None:
    build.year(people)
    with django_capture_on_commit_callbacks(execute=True):
        asked = build.asked(people)
        assert asked.state == State.WAITING
    plan = Plan.objects.get(pk=asked.pk)
    found = ground(plan.assessment)
    assert plan.state == State.DONE
    assert (plan.data_digest, plan.edition_digest) == (found.digest, found.edition.digest)
    assert plan.result["proven"] is True
    assert plan.result["solver"].startswith("HiGHS")


def test_the_answer_is_the_index_the_edition_gives(people: People) -> None:
    plan = build.solved(people)
    situation = ground(plan.assessment).situation
    raised = situation.raised({(each["item"], each["indicator"]): each["level"] for each in plan.result["steps"]})
    assert Decimal(plan.result["before"]) == situation.score().index
    assert Decimal(plan.result["after"]) == raised.score().index
    assert Fraction(plan.result["gain"]) == raised.index - situation.index > 0
    assert plan.result["curve"][-1][1] == plan.result["gain"]


def test_no_agency_is_given_more_days_than_it_has(people: People) -> None:
    plan = build.solved(people, budgets={people.agency.slug: Decimal(3)}, otherwise=Decimal(0))
    assert {each["agency"] for each in plan.result["steps"]} == {people.agency.slug}
    assert sum(Decimal(each["days"]) for each in plan.result["steps"]) <= 3


def test_what_is_left_out_is_asked_nothing(people: People) -> None:
    every = build.solved(people, otherwise=None)
    places = {(each["agency"], each["entry"], each["indicator"]) for each in every.result["steps"]}
    assert {agency for agency, *_ in places} == {"", people.agency.slug}
    entry = next(entry for agency, entry, _ in places if agency)
    for without, is_out in (
        (Without(agencies=(people.agency.slug,)), lambda agency, *_: agency == people.agency.slug),
        (Without(agencies=("",)), lambda agency, *_: agency == ""),
        (Without(entries=(entry,)), lambda _, code, __: code == entry),
        (Without(indicators=("16", "35")), lambda *place: place[2] in ("16", "35")),
    ):
        plan = build.solved(people, otherwise=None, without=without)
        left = {(each["agency"], each["entry"], each["indicator"]) for each in plan.result["steps"]}
        assert left == {place for place in places if not is_out(*place)}


def test_asked_twice_within_a_minute_it_is_one_plan(people: People) -> None:
    first = build.asked(people)
    assert build.asked(people) == first
    assert build.asked(people, name="Lain") != first
    Plan.objects.update(at=timezone.now() - timedelta(minutes=2))
    assert build.asked(people) != first


def test_a_plan_that_leaves_out_everything_says_that_nothing_is_to_be_done(people: People) -> None:
    plan = build.solved(people, without=Without(agencies=("", people.agency.slug, people.other_agency.slug)))
    assert (plan.state, plan.result["steps"], plan.result["gain"]) == (State.DONE, [], "0")


def test_what_was_agreed_on_stays_in_the_plan_though_it_is_left_out(people: People) -> None:
    task = build.task(people)
    plan = build.solved(people, without=Without(agencies=("", people.agency.slug)))
    kept = {(each["pk"], each["indicator"]) for each in plan.result["steps"]}
    assert kept == set(Task.objects.filter(state="open").values_list("entry_id", "indicator"))
    assert (task.entry_id, task.indicator) in kept


def test_the_regions_own_office_has_days_of_its_own(people: People) -> None:
    plan = build.solved(people, budgets={"": Decimal(12)}, otherwise=Decimal(0))
    assert {each["agency"] for each in plan.result["steps"]} <= {""}
    assert 0 < sum(Decimal(each["days"]) for each in plan.result["steps"]) <= 12


def test_a_plan_says_how_likely_it_reaches_what_it_promises(people: People) -> None:
    """Two innovations, each accepted with 90 in 100: what was promised needs both, and both are accepted in 81 of 100."""
    assessment = build.year(people, 2)
    plan = build.solved(people, otherwise=None)
    reached = Decimal(plan.result["after"])
    likely = build.solved(people, otherwise=None, goal=Plan.Goal.REACH, target=reached).result["chance"]
    assert (likely["target"], likely["percent"], likely["decided"]) == (str(reached), "81", "0")
    assert Decimal(likely["lowest"]) < Decimal(likely["expected"]) < reached
    first = assessment.entries.filter(kind="innovation").first()
    supposing.set_chances(assessment, {first.pk: 50}, by=people.region_admin)
    likely = build.solved(people, otherwise=None, goal=Plan.Goal.REACH, target=reached).result["chance"]
    assert likely["percent"] == "45"


def test_a_level_whose_proof_takes_longer_than_there_is_time_is_not_planned(people: People) -> None:
    plan = build.solved(people, until=build.in_days(8), otherwise=None)
    assert plan.result["steps"]
    assert all(each["lead"] <= 8 for each in plan.result["steps"])


def test_the_least_work_for_a_target_reaches_it(people: People) -> None:
    before = ground(build.year(people)).situation.score().index
    plan = build.solved(people, goal=Plan.Goal.REACH, target=before + 1, otherwise=None)
    assert plan.result["reached"] is True
    assert Decimal(plan.result["after"]) >= before + 1


def test_a_target_out_of_reach_gives_the_best_there_is_and_says_so(people: People) -> None:
    plan = build.solved(people, goal=Plan.Goal.REACH, target=Decimal(99))
    assert (plan.state, plan.result["reached"]) == (State.DONE, False)


def test_computing_again_changes_nothing(people: People) -> None:
    plan = build.solved(people)
    assert solve(plan.pk) == State.DONE
    again = Plan.objects.get(pk=plan.pk)
    assert (again.result, again.finished_at) == (plan.result, plan.finished_at)


def test_a_plan_left_running_by_a_worker_that_died_is_computed_anew(people: People) -> None:
    plan = build.asked(people)
    Plan.objects.filter(pk=plan.pk).update(state=State.RUNNING, done=3, of=9)
    assert solve(plan.pk) == State.DONE


def test_a_cancelled_plan_is_not_computed_and_stays_cancelled(people: People) -> None:
    plan = plans.cancel(build.asked(people), by=people.region_admin)
    assert solve(plan.pk) == State.CANCELLED
    assert Plan.objects.get(pk=plan.pk).result == {}


def test_cancelling_stops_the_worker_between_two_solutions(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = build.asked(people)
    whole = plans._reporter

    def cancelling(running: Plan):
        report = whole(running)

        def then(done: int, of: int) -> None:
            if done == 1:
                plans.cancel(running, by=people.region_admin)
            report(done, of)

        return then

    monkeypatch.setattr(plans, "_reporter", cancelling)
    assert plans.solve(plan).state == State.CANCELLED
    assert Plan.objects.get(pk=plan.pk).result == {}


def test_what_was_agreed_before_is_in_the_next_plan_and_too_much_of_it_is_named(people: People) -> None:
    build.agreed(people)
    promised = set(Task.objects.values_list("entry_id", "indicator"))
    again = build.solved(people)
    assert promised <= {(each["pk"], each["indicator"]) for each in again.result["steps"]}
    tight = build.solved(people, otherwise=Decimal(1))
    assert tight.state == State.IMPOSSIBLE
    assert "sudah menyepakati" in tight.result["why"]


def test_only_the_administrator_asks_and_a_refusal_leaves_nothing(people: People) -> None:
    assessment = build.year(people)
    for by in (people.region_head, people.operator, people.agency_head, people.stranger):
        with pytest.raises(Refused, match="administrator daerah"):
            plans.ask(assessment, build.wish(), by=by)
    with pytest.raises(Refused, match="sudah lewat"):
        plans.ask(assessment, build.wish(until=build.in_days(-1)), by=people.region_admin)
    assert not Plan.objects.exists()


def test_a_closed_year_has_nothing_left_to_plan(people: People) -> None:
    assessment = close(build.year(people), by=people.region_admin, leaving_undecided=True)
    with pytest.raises(Refused, match="sudah ditutup"):
        plans.ask(assessment, build.wish(), by=people.region_admin)
    assert not Plan.objects.exists()


def test_agreeing_makes_a_task_of_every_step_and_tells_each_person_once(people: People) -> None:
    plan = build.agreed(people)
    steps = {(each["pk"], each["indicator"], each["level"]) for each in plan.result["steps"]}
    assert set(plan.tasks.values_list("entry_id", "indicator", "level")) == steps
    assert plan.state == State.AGREED
    told = Message.objects.filter(key__startswith="plan:")
    assert {message.person for message in told} <= {people.operator, people.region_admin}
    assert told.count() == len({task.person for task in plan.tasks.select_related("person")})
    assert Event.objects.filter(act="plan.agreed").count() == 1


def test_a_plan_is_not_agreed_on_while_one_of_its_places_has_an_open_task(people: People) -> None:
    first, second = build.solved(people), build.solved(people)
    until = build.in_days(30)
    shares = {people.agency.slug: Share(people.operator, until), "": Share(None, until)}
    agreeing.agree(first, shares, by=people.region_admin)
    before = Task.objects.count()
    with pytest.raises(Refused, match="Sudah ada tugas berjalan"):
        agreeing.agree(second, shares, by=people.region_admin)
    assert Task.objects.count() == before
    assert Plan.objects.get(pk=second.pk).state == State.DONE
