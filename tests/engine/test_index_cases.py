"""The index on cases a verifier can read and recompute by hand (tests/engine/cases)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pamong.engine.edition import load
from pamong.engine.formulas import FORMULAS, Tally
from pamong.engine.index import band_of, level_for_option, level_for_value, rounded, score
from tests.engine.given import cases, innovations, spread


@pytest.mark.parametrize("case", cases("index"), ids=lambda case: case["name"])
def test_index_of_a_worked_example_is_as_computed_by_hand(case: dict[str, Any]) -> None:
    edition = load(case["edition"])
    own = spread(case["institution"], edition.institution_codes)
    result = score(edition, own, innovations(edition, case["innovations"]))
    expected = case["expected"]
    assert {name: Decimal(expected[name]) for name in ("institution", "maturity", "count", "total")} == {
        "institution": result.institution,
        "maturity": result.maturity,
        "count": result.count,
        "total": result.total,
    }
    assert (str(result.index), result.band.code) == (expected["index"], expected["band"])
    assert (result.divisor, result.affairs) == (expected["divisor"], expected["affairs"])


@pytest.mark.parametrize("case", cases("bands"), ids=lambda case: case["edition"])
def test_band_of_an_index_at_the_edge_is_as_printed(case: dict[str, Any]) -> None:
    edition = load(case["edition"])
    assert {index: band_of(edition, Decimal(index)).code for index in case["bands"]} == case["bands"]


@pytest.mark.parametrize("case", cases("bands", "rounded"), ids=lambda case: case["exact"])
def test_an_index_is_rounded_before_it_gets_its_band(case: dict[str, Any]) -> None:
    edition = load(case["edition"])
    index = rounded(Decimal(case["exact"]), edition.rounding.index_decimals)
    assert (str(index), band_of(edition, index).code) == (case["index"], case["band"])


@pytest.mark.parametrize("case", cases("published"), ids=lambda case: case["region"])
def test_a_published_index_leaves_a_possible_rest_for_institution_and_maturity(case: dict[str, Any]) -> None:
    edition = load(case["edition"])
    count = FORMULAS[edition.formula](edition, Tally(Fraction(0), Fraction(0), case["reported"], 0, 0)).count
    total = Fraction(case["index"]) * Fraction(edition.declared.total) / 100
    assert (total, count) == (Fraction(case["total"]), Fraction(case["count"]))
    assert total - count == Fraction(case["rest"])
    assert total - count <= edition.institution_maximum + edition.maturity_maximum


def test_the_maturities_of_kabupaten_magelang_leave_the_institution_score_they_are_said_to() -> None:
    case = cases("published")[0]
    bounds = [_mean(case["highest_maturities"]), _mean(case["lowest_maturities"])]
    found = [str(rounded(Fraction(case["rest"]) - mean, 2)) for mean in bounds]
    assert found == case["institution_between"]


def _mean(groups: dict[str, int]) -> Fraction:
    return Fraction(sum(int(maturity) * count for maturity, count in groups.items()), sum(groups.values()))


@pytest.mark.parametrize(
    "case", cases("levels"), ids=lambda case: f"{case['edition']}-{case['indicator']}{case.get('basis', '')}"
)
def test_a_typed_number_decides_the_level(case: dict[str, Any]) -> None:
    indicator = load(case["edition"]).indicator(case["indicator"])
    found = {value: level_for_value(indicator, Decimal(value), case.get("basis")) for value in case["levels"]}
    assert found == case["levels"]


@pytest.mark.parametrize("case", cases("levels", "option"), ids=lambda case: case["indicator"])
def test_a_chosen_option_decides_the_level(case: dict[str, Any]) -> None:
    indicator = load(case["edition"]).indicator(case["indicator"])
    assert {option: level_for_option(indicator, option) for option in case["levels"]} == case["levels"]
