"""Laws every score obeys, whatever the levels."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.edition import Edition, available, load
from pamong.engine.index import (
    InnovationInput,
    InvalidLevels,
    distance_to_next_band,
    index_gain,
    institution,
    level_for_option,
    level_for_value,
    maturity,
    points_at_stake,
    rounded,
    score,
)
from pamong.engine.measure import NotMeasured
from tests.engine.given import EDITION, innovation_inputs, level_maps

editions = st.sampled_from([load(code) for code in available()])
regions = st.lists(innovation_inputs(EDITION), max_size=12)
calmly = settings(deadline=None, max_examples=60)


@calmly
@given(editions, level_maps(EDITION.innovation_codes), st.sampled_from(EDITION.innovation_codes))
def test_raising_a_level_raises_maturity_by_the_weight(edition: Edition, levels: dict[str, int], code: str) -> None:
    before = maturity(edition, levels).points
    for level in range(levels.get(code, 0) + 1, 4):
        gained = edition.indicator(code).weight * (level - levels.get(code, 0))
        assert maturity(edition, levels | {code: level}).points == before + gained


@calmly
@given(editions, level_maps(EDITION.institution_codes), regions, st.randoms())
def test_order_of_innovations_does_not_matter(edition, own, innovations, random) -> None:
    shuffled = list(innovations)
    random.shuffle(shuffled)
    first, second = score(edition, own, innovations), score(edition, own, shuffled)
    blank = {"innovations": ()}
    assert dataclasses.replace(first, **blank) == dataclasses.replace(second, **blank)


@calmly
@given(editions, level_maps(EDITION.institution_codes), regions)
def test_every_total_is_the_sum_of_its_lines(edition, own, innovations) -> None:
    result = score(edition, own, innovations)
    assert sum(line.points for line in result.lines) == result.total
    assert result.institution + result.maturity + result.count == result.total
    assert sum(part.points for part in result.parts) == result.total
    assert rounded(result.exact_total, 4) == result.total
    for each in result.innovations:
        assert sum(line.points for line in each.lines) == each.points


@calmly
@given(editions, level_maps(EDITION.institution_codes), regions)
def test_index_lies_between_nothing_and_one_hundred(edition, own, innovations) -> None:
    result = score(edition, own, innovations)
    assert 0 <= result.index <= 100
    assert abs(Fraction(result.index) - result.exact_index) <= Fraction(1, 200)
    assert result.index.as_tuple().exponent == -2


@calmly
@given(editions, level_maps(EDITION.institution_codes), regions.filter(bool))
def test_rejecting_an_innovation_never_raises_the_index(edition, own, innovations) -> None:
    rejected = [dataclasses.replace(innovations[0], accepted=False), *innovations[1:]]
    before = [dataclasses.replace(innovations[0], accepted=True), *innovations[1:]]
    assert score(edition, own, rejected).exact_index <= score(edition, own, before).exact_index


def test_an_unanswered_indicator_is_a_line_worth_zero() -> None:
    result = maturity(EDITION, {"16": 2})
    assert [line.code for line in result.lines] == list(EDITION.innovation_codes)
    assert [(line.code, line.points) for line in result.lines if line.points] == [("16", Decimal(6))]
    assert result.missing_mandatory == ("17", "32", "33", "35")


def test_a_rejected_innovation_is_worth_nothing_but_counts() -> None:
    full = dict.fromkeys(EDITION.innovation_codes, 3)
    result = score(EDITION, {}, [InnovationInput("a", "sosial", full, accepted=False)])
    assert (result.reported, result.accepted, result.divisor, result.affairs) == (1, 0, 12, 1)
    assert result.innovations[0].points == 0
    assert {line.level for line in result.innovations[0].lines} == {0}


@pytest.mark.parametrize("level", [-1, 4, True, 1.0, "2", None])
def test_a_level_that_is_none_of_the_four_is_refused(level: object) -> None:
    levels: Mapping[str, int] = {"16": level}  # type: ignore[dict-item]
    with pytest.raises(InvalidLevels, match="level of 16 must be 0 to 3"):
        maturity(EDITION, levels)


def test_an_indicator_of_the_wrong_list_is_refused() -> None:
    with pytest.raises(InvalidLevels, match="'1' is not an indicator here"):
        maturity(EDITION, {"1": 1})
    with pytest.raises(InvalidLevels, match="'16' is not an indicator here"):
        institution(EDITION, {"16": 1})


def test_an_unknown_affair_is_refused() -> None:
    with pytest.raises(KeyError, match="angkasa"):
        score(EDITION, {}, [InnovationInput("a", "angkasa", {})])


def test_stakes_name_every_open_indicator_and_what_it_could_give() -> None:
    stakes = points_at_stake(EDITION, {"35": 3, "16": 2})
    assert "35" not in {stake.code for stake in stakes}
    assert len(stakes) == 19
    first = stakes[0]
    assert (first.code, first.level, first.next_points, first.all_points) == ("31", 0, Decimal(3), Decimal(9))
    earned = maturity(EDITION, {"35": 3, "16": 2}).points
    assert earned + sum(stake.all_points for stake in stakes) == EDITION.maturity_maximum


def test_points_of_one_innovation_move_the_index_by_their_share() -> None:
    assert index_gain(EDITION, Decimal(12), 12) == Fraction(2, 5)


def test_distance_to_the_next_band_is_reached_exactly() -> None:
    full = dict.fromkeys(EDITION.institution_codes, 3)
    result = score(EDITION, full, [])
    distance = distance_to_next_band(EDITION, result)
    assert distance is not None
    assert (distance.band.code, distance.index_points) == ("inovatif", Decimal("14.81"))
    reached = (result.exact_total + distance.total_points) / 250 * 100
    assert rounded(reached, 2) == Decimal("40.01")
    assert rounded(reached - Fraction(1, 10**6), 2) == Decimal("40.00")


def test_the_best_band_has_no_next() -> None:
    every = [InnovationInput("a", "sosial", dict.fromkeys(EDITION.innovation_codes, 3))] * 12
    best = score(EDITION, dict.fromkeys(EDITION.institution_codes, 3), every)
    assert best.band.code == "sangat-inovatif"
    assert distance_to_next_band(EDITION, best) is None


def test_an_indicator_no_number_decides_says_so() -> None:
    with pytest.raises(NotMeasured):
        level_for_value(EDITION.indicator("16"), 3)
    with pytest.raises(NotMeasured):
        level_for_value(EDITION.indicator("33"), 3)
    with pytest.raises(NotMeasured):
        level_for_option(EDITION.indicator("8"), "bagus")
    with pytest.raises(KeyError):
        level_for_value(EDITION.indicator("33"), 3, "z")


@pytest.mark.parametrize("value", [Decimal("1.5"), Decimal("NaN"), Decimal("Infinity")])
def test_a_number_that_cannot_be_counted_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="indicator 17"):
        level_for_value(EDITION.indicator("17"), value)
