"""Which innovations to send: held against trying every set."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.edition import load
from pamong.engine.index import InnovationInput, rounded, score
from pamong.engine.model import Counted
from pamong.engine.portfolio import NotCounted, Portfolio, Prospect, rejected, turning_point
from pamong.engine.situation import Situation
from tests.engine.given import EDITION

calmly = settings(deadline=None, max_examples=50)
AFFAIRS = ["pendidikan", "kesehatan", "sosial", "kominfo"]


def rules(floor: int = 3, minimum: int = 2, weight: str = "4"):
    """The rules of 2026 with small numbers, so that few innovations show everything."""
    count = replace(EDITION.count, affairs_minimum=minimum, weight=Decimal(weight), cap=5)
    return replace(EDITION, divisor=replace(EDITION.divisor, floor=floor), count=count)


@st.composite
def prospects(draw, most: int = 7):
    found = []
    for at in range(draw(st.integers(0, most))):
        levels = {"35": draw(st.integers(0, 3)), "16": draw(st.integers(0, 3)), "33": draw(st.integers(0, 3))}
        bound = draw(st.booleans())
        found.append(
            Prospect(
                InnovationInput(f"i{at}", draw(st.sampled_from(AFFAIRS)), levels),
                chance=Fraction(draw(st.integers(0, 4)), 4),
                bound=bound and draw(st.booleans()),
                barred=not bound and draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return found


editions = st.builds(rules, st.integers(1, 5), st.integers(0, 3), st.sampled_from(["0.38", "4", "12"]))


def _expected(edition, given_, codes) -> Fraction:
    """The index to expect, by going through every way the doubtful may come out."""
    sent = [each for each in given_ if each.code in codes]
    total = Fraction(0)
    for outcome in product((True, False), repeat=len(sent)):
        likely = Fraction(1)
        for each, accepted in zip(sent, outcome, strict=True):
            likely *= each.chance if accepted else 1 - each.chance
        if likely:
            innovations = [replace(each.innovation, accepted=ok) for each, ok in zip(sent, outcome, strict=True)]
            total += likely * score(edition, {}, innovations).exact_index
    return total


@calmly
@given(editions, prospects(5))
def test_the_expected_index_is_the_mean_over_every_way_it_may_come_out(edition, given_) -> None:
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    for size in range(len(given_) + 1):
        codes = [each.code for each in given_[:size]]
        assert portfolio.expected(codes) == _expected(edition, given_, codes)


@calmly
@given(editions, prospects())
def test_no_set_is_better_than_the_best_one_of_its_size(edition, given_) -> None:
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    bound = [each.code for each in given_ if each.bound]
    free = [each.code for each in given_ if not each.bound and not each.barred]
    for more, peak in enumerate(portfolio.curve()):
        every = [portfolio.expected([*bound, *chosen]) for chosen in combinations(free, more)]
        assert (peak.sent, peak.index) == (len(bound) + more, max(every))
        assert portfolio.expected(peak.codes) == peak.index
        assert set(bound) <= peak.codes <= {*bound, *free}


@calmly
@given(editions, prospects())
def test_the_best_set_is_the_smallest_of_the_best(edition, given_) -> None:
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    curve = portfolio.curve()
    best = portfolio.best()
    assert best.index == max(peak.index for peak in curve)
    assert best.sent == min(peak.sent for peak in curve if peak.index == best.index)
    turning = turning_point(curve)
    assert turning is None or all(peak.index <= best.index for peak in curve[turning.sent - curve[0].sent :])


@calmly
@given(editions, prospects())
def test_the_effect_of_one_is_the_index_with_it_less_the_index_without(edition, given_) -> None:
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    sent = {each.code for each in given_[::2]}
    for effect in portfolio.effects(sent):
        with_it, without = portfolio.expected(sent | {effect.code}), portfolio.expected(sent - {effect.code})
        assert (effect.is_sent, effect.gain) == (effect.code in sent, with_it - without)


@calmly
@given(editions, prospects(5), st.integers(0, 60))
def test_the_chance_of_a_target_counts_every_way_it_may_come_out(edition, given_, tenths) -> None:
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    target = Decimal(tenths) / 4
    reached = Fraction(0)
    for outcome in product((True, False), repeat=len(given_)):
        likely = Fraction(1)
        for each, accepted in zip(given_, outcome, strict=True):
            likely *= each.chance if accepted else 1 - each.chance
        innovations = [replace(each.innovation, accepted=ok) for each, ok in zip(given_, outcome, strict=True)]
        reached += likely * (score(edition, {}, innovations).index >= target)
    assert portfolio.chance([each.code for each in given_], target) == pytest.approx(float(reached), abs=1e-12)


def test_one_immature_innovation_more_lowers_the_result() -> None:
    strong = [Prospect(InnovationInput(f"s{at}", affair, dict.fromkeys(EDITION.innovation_codes, 3)))
              for at, affair in enumerate(EDITION.basic_affairs * 2)]  # fmt: skip
    weak = Prospect(InnovationInput("w", "kominfo", {"35": 1}))
    portfolio = Portfolio(Situation(EDITION, {}, ()), [*strong, weak])
    assert portfolio.best().codes == {each.code for each in strong}
    turning = turning_point(portfolio.curve())
    assert turning is not None
    assert turning.sent == 12
    effect = portfolio.effects([each.code for each in strong])[-1]
    assert rounded(-effect.gain, 2) == Decimal("3.14")  # (12×111 + 4) ÷ 13 + 0.38 beside 111, per 250


def test_a_weak_innovation_is_sent_when_its_affair_opens_the_count() -> None:
    full = dict.fromkeys(EDITION.innovation_codes, 3)
    strong = [
        Prospect(InnovationInput(f"s{at}", affair, full)) for at, affair in enumerate(EDITION.basic_affairs[:4] * 5)
    ]
    weak = Prospect(InnovationInput("w", EDITION.basic_affairs[4], {"35": 1}))
    best = Portfolio(Situation(EDITION, {}, ()), [*strong, weak]).best()
    assert "w" in best.codes


def test_a_rejected_innovation_still_divides() -> None:
    levels = dict.fromkeys(EDITION.innovation_codes, 2)
    sent = tuple(InnovationInput(f"i{at}", "sosial", levels) for at in range(20))
    assert rejected(Situation(EDITION, {}, sent), "i3") == Fraction(74, 20) / 250 * 100


def test_risk_gives_mean_deviation_and_extremes() -> None:
    levels = dict.fromkeys(EDITION.innovation_codes, 3)
    given_ = [Prospect(InnovationInput(f"i{at}", "kominfo", levels), Fraction(1, 2)) for at in range(4)]
    risk = Portfolio(Situation(EDITION, {}, ()), given_).risk([each.code for each in given_])
    assert (risk.lowest, risk.expected, risk.highest) == (Decimal("0.00"), Decimal("7.40"), Decimal("14.80"))
    assert risk.deviation == Decimal("3.70")  # 111 ÷ 12 ÷ 250 × 100 × √(4 × ¼)


def test_rules_that_look_at_accepted_ones_only_refuse_doubt() -> None:
    edition = replace(EDITION, divisor=replace(EDITION.divisor, uses=Counted.ACCEPTED))
    doubtful = Prospect(InnovationInput("i", "sosial", {"35": 3}), Fraction(1, 2))
    with pytest.raises(NotCounted):
        Portfolio(Situation(edition, {}, ()), [doubtful])
    assert Portfolio(Situation(edition, {}, ()), [replace(doubtful, chance=Fraction(1))]).best().sent == 1


def test_two_hundred_prospects_are_weighed_exactly() -> None:
    dice = random.Random(7)
    edition = load("iid-2027")
    given_ = [
        Prospect(
            InnovationInput(f"i{at}", dice.choice(edition.affairs).code,
                            {code: dice.randint(0, 3) for code in edition.innovation_codes}),
            Fraction(dice.randint(50, 100), 100),
        )
        for at in range(200)
    ]  # fmt: skip
    portfolio = Portfolio(Situation(edition, {}, ()), given_)
    best = portfolio.best()
    assert portfolio.expected(best.codes) == best.index
    assert all(effect.gain >= 0 for effect in portfolio.effects(best.codes) if effect.is_sent)
