"""The planner finds the optimum: held against trying everything, and against its own bound where that is too much."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.efforts import defaults
from pamong.engine.gaps import Effort, gaps
from pamong.engine.index import InnovationInput, score
from pamong.engine.planner import Impossible, Limits, OutOfReach, Planner, target_for_rank
from pamong.engine.situation import INSTITUTION, Situation
from tests.engine.given import EDITION

calmly = settings(deadline=None, max_examples=40)
FULL = dict.fromkeys(EDITION.innovation_codes, 3)
OWN = dict.fromkeys(EDITION.institution_codes, 3)
AGENCIES = {"a": "dinkes", "b": "dinkes", "c": "diskominfo", INSTITUTION: "bappeda"}
PLACES = [("a", "16"), ("a", "35"), ("b", "23"), ("b", "16"), ("c", "35"), ("c", "28"), (INSTITUTION, "12")]


@st.composite
def problems(draw):
    """A small region: up to five places open, efforts and limits of every kind."""
    opened = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5, unique=True))
    levels = {place: draw(st.integers(0, 2)) for place in opened}
    situation = Situation(EDITION, OWN, tuple(InnovationInput(code, "sosial", FULL) for code in "abc")).raised(levels)
    days = st.integers(0, 8).map(lambda half: Decimal(half) / 2)
    effort = st.builds(Effort, days=days, cost=st.integers(0, 3).map(Decimal), lead=st.integers(0, 60))
    efforts = {(code, level): draw(effort) for _, code in opened for level in (1, 2, 3)}
    limits = Limits(
        budgets={"dinkes": draw(days) * 2},
        otherwise=draw(st.none() | days),
        days=draw(st.none() | days.map(lambda each: each * 4)),
        cost=draw(st.none() | st.integers(0, 6).map(Decimal)),
        until=draw(st.none() | st.integers(0, 60)),
        closed=frozenset(draw(st.lists(st.sampled_from(PLACES), max_size=1))),
    )
    return situation, efforts, limits


def _all_plans(situation, efforts, limits):
    """Every choice of steps within the limits, as (gain, days, cost)."""
    open_ = [gap for gap in gaps(situation, efforts) if (gap.innovation, gap.indicator) not in limits.closed]
    for chosen in product(*[[None, *gap.steps] for gap in open_]):
        steps = [step for step in chosen if step]
        if _keeps(steps, limits):
            yield (
                sum((step.gain for step in steps), Fraction(0)),
                sum((step.days for step in steps), Decimal(0)),
                sum((step.cost for step in steps), Decimal(0)),
            )


def _keeps(steps, limits) -> bool:
    by_agency: dict[str, Decimal] = {}
    for step in steps:
        by_agency[AGENCIES[step.innovation]] = by_agency.get(AGENCIES[step.innovation], Decimal(0)) + step.days
    return (
        all(limits.budget(name) is None or days <= limits.budget(name) for name, days in by_agency.items())
        and (limits.days is None or sum(by_agency.values()) <= limits.days)
        and (limits.cost is None or sum(step.cost for step in steps) <= limits.cost)
        and (limits.until is None or all(step.lead <= limits.until for step in steps))
    )


@calmly
@given(problems())
def test_no_plan_within_the_limits_is_better(problem) -> None:
    situation, efforts, limits = problem
    plan = Planner(situation, efforts, AGENCIES, limits).best()
    best = max(_all_plans(*problem), key=lambda each: (each[0], -each[1], -each[2]))
    assert (plan.gain, plan.days, plan.cost) == best
    assert plan.proven
    assert _keeps(plan.steps, limits)


@calmly
@given(problems(), st.integers(0, 100))
def test_no_plan_reaches_the_target_with_less_work(problem, share) -> None:
    situation, efforts, limits = problem
    planner = Planner(situation, efforts, AGENCIES, limits)
    top = planner.best()
    target = top.before.index + (top.after.index - top.before.index) * share / 100
    target = target.quantize(Decimal("0.01"))
    enough = Fraction(target) - Fraction(1, 200) - situation.index
    plan = planner.least(target)
    fitting = [each for each in _all_plans(*problem) if each[0] >= enough]
    assert (plan.days, plan.cost, -plan.gain) == min((days, cost, -gain) for gain, days, cost in fitting)
    assert plan.after.index >= target


@calmly
@given(problems())
def test_the_gain_is_what_the_index_gains(problem) -> None:
    situation, efforts, limits = problem
    plan = Planner(situation, efforts, AGENCIES, limits).best()
    after = situation.raised({step.place: step.level for step in plan.steps})
    assert plan.after == score(EDITION, after.institution, after.innovations)
    assert plan.gain == plan.after.exact_index - plan.before.exact_index == sum(step.gain for step in plan.steps)
    assert sum(plan.used.values()) == plan.days


@calmly
@given(problems(), st.sampled_from(PLACES), st.integers(1, 3))
def test_what_was_agreed_is_in_every_plan_or_named_as_impossible(problem, place, level) -> None:
    situation, efforts, limits = problem
    limits = Limits(budgets=limits.budgets, otherwise=limits.otherwise, agreed={place: level})
    steps = [step for gap in gaps(situation, efforts) if (gap.innovation, gap.indicator) == place for step in gap.steps]
    owed = next((step for step in steps if step.level >= level > step.start), None)
    budget = limits.budget(AGENCIES[place[0]])
    if owed and budget is not None and owed.days > budget:
        with pytest.raises(Impossible):
            Planner(situation, efforts, AGENCIES, limits)
        return
    plan = Planner(situation, efforts, AGENCIES, limits).best()
    assert (not owed) or any(step.place == place and step.level >= level for step in plan.steps)


@calmly
@given(problems())
def test_the_curve_rises_and_ends_at_the_best_plan(problem) -> None:
    planner = Planner(*problem[:2], AGENCIES, problem[2])
    curve = planner.curve()
    assert [mark.days for mark in curve] == sorted({mark.days for mark in curve})
    assert [mark.gain for mark in curve] == sorted(mark.gain for mark in curve)
    assert curve[-1].gain == planner.best().gain


def test_a_target_out_of_reach_shows_the_best_there_is() -> None:
    situation = Situation(EDITION, {}, (InnovationInput("a", "sosial", FULL),))
    planner = Planner(situation, {}, AGENCIES, Limits())
    with pytest.raises(OutOfReach) as caught:
        planner.least(Decimal("65.01"))
    assert caught.value.best.gain == 0
    assert caught.value.best.after.index == situation.score().index


def test_agreed_work_beyond_the_budget_names_the_agency() -> None:
    situation = Situation(EDITION, {}, (InnovationInput("a", "sosial", {}),))
    limits = Limits(otherwise=Decimal(2), agreed={("a", "16"): 1})
    with pytest.raises(Impossible) as caught:
        Planner(situation, defaults(EDITION), AGENCIES, limits)
    assert (caught.value.agency, caught.value.needed, caught.value.budget) == ("dinkes", 3, 2)


def test_the_same_question_is_always_answered_alike() -> None:
    situation, agencies = region(60)
    limits = Limits(otherwise=Decimal(15), until=120)
    first, second = (Planner(situation, defaults(EDITION), agencies, limits).best() for _ in range(2))
    assert first == second


def test_a_region_of_two_hundred_innovations_is_solved_to_proven_optimality() -> None:
    situation, agencies = region(200)
    plan = Planner(situation, defaults(EDITION), agencies, Limits(otherwise=Decimal(20))).best()
    assert plan.proven
    assert all(days <= 20 for days in plan.used.values())
    assert plan.after.exact_index - plan.before.exact_index == plan.gain > 2


def test_ten_days_more_are_worth_what_the_plan_with_them_gains_more() -> None:
    situation, agencies = region(12)
    limits = Limits(budgets={"opd-0": Decimal(5)}, otherwise=Decimal(8))
    planner = Planner(situation, defaults(EDITION), agencies, limits)
    more = Limits(budgets={"opd-0": Decimal(15)}, otherwise=Decimal(8))
    richer = Planner(situation, defaults(EDITION), agencies, more).best()
    assert planner.next_ten()["opd-0"] == richer.gain - planner.best().gain > 0


def test_the_target_for_a_rank_is_the_index_now_standing_there() -> None:
    peers = [Decimal("50.00"), Decimal("70.10"), Decimal("60.00"), Decimal("60.00")]
    assert [target_for_rank(peers, rank) for rank in (1, 2, 3, 4, 5)] == [
        Decimal("70.10"), Decimal("60.00"), Decimal("60.00"), Decimal("50.00"), Decimal(0),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="rank"):
        target_for_rank(peers, 0)


def region(size: int) -> tuple[Situation, dict[str, str]]:
    """A region of ``size`` innovations in agencies of seven, levels spread as in life."""
    dice = random.Random(26)
    affairs = [each.code for each in EDITION.affairs]
    innovations = tuple(
        InnovationInput(
            f"i{at}", dice.choice(affairs), {code: dice.choice((0, 0, 1, 2, 2, 3)) for code in EDITION.innovation_codes}
        )
        for at in range(size)
    )
    agencies = {each.code: f"opd-{at // 7}" for at, each in enumerate(innovations)}
    return Situation(EDITION, {}, innovations), agencies | {INSTITUTION: "bappeda"}
