"""A composite index is what its definition says, on small tables and against published indices."""

from __future__ import annotations

import csv
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.composite.output import effective_weights
from pamong.engine.composite.scores import score
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.table import read_table
from pamong.engine.strict_json import InputRefused
from tests.engine.composite.given import by_hand, spec, table, tables, trees
from tests.engine.given import CASES, cases

calmly = settings(deadline=None, max_examples=150)


def scores(index: Any, data: Any, name: str = "i") -> list[float | None]:
    return [None if np.isnan(each) else float(each) for each in score(index, data).groups[name]]


def indicator(normalise: Any, values: list[float | None], **leaf: Any) -> list[float | None]:
    """``values`` as one indicator."""
    index = spec({"column": "a", **leaf}, normalise=normalise)
    return [None if np.isnan(each) else float(each) for each in score(index, table(a=values)).indicators["a"]]


@calmly
@given(trees(), tables(4), st.sampled_from(["arithmetic", "geometric", "harmonic"]))
def test_every_score_is_as_computed_by_hand(tree: dict[str, Any], columns: dict[str, Any], how: str) -> None:
    index = read_spec(json.dumps({"id": "id", "tree": tree, "aggregate": how}).encode())
    found = score(index, table(**columns))
    for row in range(4):
        expected = by_hand(tree, how, found.indicators, row)
        got = found.groups["i"][row]
        assert (None if np.isnan(got) else got) == pytest.approx(expected, abs=1e-9)


def test_minmax_runs_from_worst_to_best_whatever_the_direction() -> None:
    scale = {"method": "minmax", "range": [1, 5]}
    assert indicator(scale, [10, 20, 30, None]) == [1, 3, 5, None]
    assert indicator(scale, [10, 20, 30, None], direction=-1) == [5, 3, 1, None]


def test_a_column_of_equal_values_stands_in_the_middle() -> None:
    assert indicator({"method": "minmax", "range": [0, 100]}, [7, 7, 7]) == [50, 50, 50]
    assert indicator({"method": "rank", "range": [0, 100]}, [7, 7, 7]) == [50, 50, 50]
    assert indicator("zscore", [7, 7, 7]) == [0, 0, 0]
    assert indicator("zscore", [0.1, 0.1, 0.1]) == [0, 0, 0]


def test_zscores_have_the_mean_and_deviation_asked_for() -> None:
    assert indicator("zscore", [1, 3]) == [-1, 1]
    assert indicator({"method": "zscore", "mean": 100, "sd": 10}, [1, 3], direction=-1) == [110, 90]


def test_equal_values_share_the_mean_of_their_places() -> None:
    assert indicator({"method": "rank", "range": [0, 3]}, [5, 9, 5, 1]) == [1.5, 3, 1.5, 0]


def test_goalposts_cut_what_lies_beyond_and_follow_the_logarithm() -> None:
    scale = {"method": "goalposts", "range": [0, 1]}
    assert indicator(scale, [-5, 5, 25], goalposts=[0, 20]) == [0, 0.25, 1]
    assert indicator(scale, [-5, 5, 25], goalposts=[0, 20], direction=-1) == [1, 0.75, 0]
    assert indicator(scale, [10, 1000], goalposts=[1, 10000], transform="log") == [0.25, 0.75]


def test_values_may_already_be_on_a_scale() -> None:
    assert indicator("none", [12, None, 88]) == [12, None, 88]


def test_outliers_are_drawn_in_before_the_scale_is_laid() -> None:
    values = [0, *range(1, 100), 10_000]
    plain = score(spec("a"), table(a=values)).indicators["a"]
    cut = score(spec("a", outliers={"method": "percentile", "percentiles": [0, 99]}), table(a=values)).indicators["a"]
    fenced = score(spec("a", outliers="fences"), table(a=values)).indicators["a"]
    calm = score(spec("a", outliers="moments"), table(a=values)).indicators["a"]
    assert (plain[50], cut[50], fenced[50], calm[50]) == (
        0.5,
        pytest.approx(50 / 99 * 100),
        pytest.approx(50 / 150 * 100),
        pytest.approx(50 / 99 * 100),
    )


def test_a_calm_column_is_left_alone_by_moments() -> None:
    assert list(score(spec("a", outliers="moments"), table(a=[1, 2, 9])).indicators["a"]) == [0, 12.5, 100]


def test_a_zero_makes_a_geometric_and_a_harmonic_mean_zero() -> None:
    columns = {"a": [0, 50, 100], "b": [100, 50, 50]}
    for how in ("geometric", "harmonic"):
        assert scores(spec("a", "b", aggregate=how, normalise="none"), table(**columns))[:2] == [0, 50]


def test_a_weight_of_zero_counts_for_nothing() -> None:
    index = spec("a", {"column": "b", "weight": 0}, aggregate="geometric", normalise="none")
    assert scores(index, table(a=[4, None], b=[0, 9])) == [4, None]


def test_weights_count_within_siblings_only() -> None:
    index = spec(
        {"name": "g", "weight": 3, "children": [{"column": "a", "weight": 10}, {"column": "b", "weight": 30}]}, "c"
    )
    assert effective_weights(index) == {"a": 0.1875, "b": 0.5625, "c": 0.25}


def test_the_siblings_present_speak_for_a_missing_one_and_a_group_without_any_is_missing() -> None:
    index = spec({"name": "g", "children": [{"column": "a"}, {"column": "b", "weight": 3}]}, "c", normalise="none")
    data = table(a=[1, None, None], b=[None, None, None], c=[3, 3, None])
    assert scores(index, data, "g") == [1, None, None]
    assert scores(index, data) == [2, 3, None]


def test_missing_values_are_refused_by_line_where_the_index_wants_none() -> None:
    with pytest.raises(InputRefused) as refused:
        score(spec("a", "b", missing="error"), table(a=[1, None], b=[None, 2]))
    assert refused.value.faults == (
        'baris 2: kolom "b" kosong, sedangkan "missing" memilih "error"',
        'baris 3: kolom "a" kosong, sedangkan "missing" memilih "error"',
    )


def test_a_logarithm_of_nothing_is_refused_by_line() -> None:
    with pytest.raises(InputRefused) as refused:
        score(spec({"column": "a", "transform": "log"}), table(a=[1, 0, None]))
    assert refused.value.faults == ('baris 3: kolom "a" harus lebih dari nol karena transform memilih log, bukan 0',)


@pytest.mark.parametrize("how", ["geometric", "harmonic"])
def test_means_that_do_not_exist_for_negative_values_are_refused(how: str) -> None:
    with pytest.raises(InputRefused) as refused:
        score(spec("a", "b", aggregate=how, normalise="zscore"), table(a=[1, 2], b=[1, 2]))
    assert refused.value.faults == (f"$.tree: {how} tidak dapat memakai nilai negatif; pilih skala mulai dari nol",)


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    found = score(spec("a", "b", normalise="none"), table(a=[60, 80, 0.1, 70.1, None], b=[80, 60, 0.2, 70.2, None]))
    assert found.ranks["i"].tolist() == [2, 2, 4, 1, 0]


def test_copeland_counts_whom_a_row_beats_not_by_how_much() -> None:
    index = spec("a", "b", "c", aggregate="copeland", normalise={"method": "minmax", "range": [0, 1]})
    assert scores(index, table(a=[9, 1, 1], b=[1, 2, 2], c=[1, 9, 2])) == [0, 1, 0.5]
    weighty = spec({"column": "a", "weight": 2.5}, "b", "c", aggregate="copeland")
    assert scores(weighty, table(a=[9, 1, 1], b=[1, 2, 2], c=[1, 9, 2])) == [100, 50, 0]


def test_copeland_compares_only_what_both_have_and_calls_a_draw_half() -> None:
    index = spec("a", "b", aggregate="copeland")
    assert scores(index, table(a=[1, None, 2], b=[None, 1, None])) == [25, 50, 75]
    assert scores(index, table(a=[1, None], b=[1, None])) == [50, None]


def test_copeland_in_a_group_is_a_score_like_any_other() -> None:
    index = spec({"name": "g", "aggregate": "copeland", "children": [{"column": "a"}, {"column": "b"}]}, "c")
    assert scores(index, table(a=[1, 2], b=[1, 2], c=[5, 5])) == [25, 75]


def test_the_human_development_index_of_188_countries_is_as_published() -> None:
    index = read_spec((CASES / "hdi.json").read_bytes())
    content = (CASES / "hdi-2014.csv").read_bytes()
    found = score(index, read_table(content, index.id, index.columns))
    published = list(csv.DictReader(content.decode().splitlines()))
    printed = np.array([float(row["hdi"]) for row in published])
    apart = np.abs(np.round(found.groups["hdi"], 3) - printed)
    ranks = np.abs(found.ranks["hdi"] - [int(row["rank"]) for row in published])
    assert (len(published), int((apart < 1e-9).sum()), bool((apart < 0.0011).all())) == (188, 121, True)
    assert (int((ranks == 0).sum()), int(ranks.max())) == (139, 2)


def test_the_human_development_index_of_indonesia_is_as_published_in_every_year() -> None:
    index = read_spec((CASES / "ipm.json").read_bytes())
    years = cases("ipm")
    data = table(**{column: [float(case[column]) for case in years] for column in index.columns})
    assert [f"{each:.2f}" for each in score(index, data).groups["ipm"]] == [case["ipm"] for case in years]
