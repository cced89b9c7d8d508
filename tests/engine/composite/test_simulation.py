"""Rank distributions: the fast way counts what the definition says, and a seed gives the same to the digit."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.composite import simulation
from pamong.engine.composite.columns import normalised
from pamong.engine.composite.ranks import Counter, Distribution, distributions, plain, shared
from pamong.engine.composite.scores import score
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.walk import Walk, weights_of
from pamong.engine.strict_json import InputRefused
from tests.engine.composite.given import spec, table, tables, trees

calmly = settings(deadline=None, max_examples=100)


def counted(losses: np.ndarray, times: np.ndarray | None = None) -> np.ndarray:
    counter = Counter(losses.shape[1], times)
    for start in range(0, len(losses), counter.draws):
        counter.add(losses[start : start + counter.draws] * counter.scale)
    return counter.counts()


def by_definition(losses: np.ndarray, times: np.ndarray | None = None) -> np.ndarray:
    times = np.ones(losses.shape[1], dtype=np.int64) if times is None else times
    out = np.zeros((losses.shape[1], times.sum()), dtype=np.int64)
    for draw in losses:
        for row, loss in enumerate(draw):
            out[row, times[draw < loss].sum()] += 1
    return out


@calmly
@given(st.integers(1, 40), st.integers(1, 30), st.integers(0, 2**32), st.sampled_from([3, 50, 2**22, 2**45]))
def test_ranks_are_counted_as_defined_however_close_the_scores(rows: int, draws: int, seed: int, grid: int) -> None:
    dice = np.random.default_rng(seed)
    losses = dice.integers(0, grid, (draws, rows)) / grid
    assert counted(losses).tolist() == by_definition(losses).tolist()
    times = dice.integers(1, 4, rows)
    assert counted(losses, times).tolist() == by_definition(losses, times).tolist()


def test_scores_closer_than_the_key_can_tell_are_told_apart_by_their_exact_values() -> None:
    losses = np.array([[0.5 + 1e-12, 0.5, 0.1], [0.5, 0.5 + 1e-15, 0.1], [0.5, 0.5, 0.5 - 1e-13]])
    assert plain(losses).tolist() == [[3, 2, 1], [2, 3, 1], [2, 2, 1]]
    assert counted(losses).tolist() == by_definition(losses).tolist()


def test_many_blocks_count_as_one() -> None:
    losses = np.random.default_rng(1).random((3000, 600))
    ranks = plain(losses)
    found = counted(losses)
    assert found.sum(axis=1).tolist() == [3000] * 600
    assert [int(each) for each in found @ np.arange(1, 601)] == ranks.sum(axis=0).tolist()


def test_percentiles_are_those_of_numpy() -> None:
    ranks = np.random.default_rng(3).integers(1, 9, (37, 5))
    counts = np.array([np.bincount(own, minlength=9)[1:] for own in ranks.T])
    low, median, high = np.percentile(ranks, [5, 50, 95], axis=0)
    found = distributions(counts)
    assert [each.median for each in found] == median.tolist()
    assert [each.p5 for each in found] == pytest.approx(low.tolist())
    assert [each.p95 for each in found] == pytest.approx(high.tolist())
    assert [each.mean for each in found] == pytest.approx(ranks.mean(axis=0).tolist())


def test_more_rows_than_can_be_counted_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4096"):
        Counter(4097)


@calmly
@given(trees(), tables(9, gaps=False), st.sampled_from(["arithmetic", "geometric", "harmonic"]), st.integers(0, 99))
def test_a_collapsed_tree_ranks_as_the_tree_walked(tree: dict[str, Any], columns: Any, how: str, seed: int) -> None:
    tree["children"][0].pop("aggregate", None)
    index = read_spec(json.dumps({"id": "id", "tree": tree, "aggregate": how}).encode())
    matrix = normalised(index, table(**columns), index.normalise, index.outliers)
    (choice,) = simulation.choices(index)
    factors, _ = simulation.drawn(index.tree, 50, seed, 0.25)
    which, kinds, _ = simulation.distinct(index.tree, matrix)
    fast = simulation.collapsed(index.tree, choice, kinds, 1e6)
    assert fast is not None
    weights = weights_of(index.tree, factors)
    walked = Walk(index.tree, choice.aggregate, kinds, choice.normalise).scores(weights)["i"]
    away = np.round(np.max(walked) - walked, 9)
    order = np.argsort(fast(weights), axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(away, order, axis=1), axis=1) >= -1e-9).all()
    assert sorted(set(which.tolist())) == list(range(kinds.shape[1]))


def test_the_distribution_is_that_of_drawing_weights_one_by_one() -> None:
    index = spec({"name": "g", "weight": 2, "children": [{"column": "a"}, {"column": "b", "weight": 3}]}, "c")
    data = table(a=[1, 5, 3, 2], b=[9, 1, 5, None], c=[2, 8, 5, 6])
    found = simulation.simulate(index, data, draws=400, seed=5, noise=0.5)
    factors, _ = simulation.drawn(index.tree, 400, 5, 0.5)
    ranks = []
    for of_group, of_c, of_a, of_b in factors.T:
        one = spec(
            {
                "name": "g",
                "weight": 2 * of_group,
                "children": [{"column": "a", "weight": of_a}, {"column": "b", "weight": 3 * of_b}],
            },
            {"column": "c", "weight": of_c},
        )
        ranks.append(score(one, data).ranks["i"])
    low, median, high = np.percentile(ranks, [5, 50, 95], axis=0)
    assert [each and each.median for each in found] == median.tolist()
    assert [each and each.mean for each in found] == pytest.approx(np.mean(ranks, axis=0).tolist())
    assert [each and (each.p5, each.p95) for each in found] == [
        pytest.approx(pair) for pair in zip(low, high, strict=True)
    ]


def test_weights_are_shaken_evenly_within_the_noise() -> None:
    factors, picks = simulation.drawn(spec("a", "b").tree, 20_000, 1, 0.25, 4)
    assert (round(factors.min(), 3), round(factors.max(), 3), round(factors.mean(), 2)) == (0.75, 1.25, 1.0)
    assert np.bincount(picks).tolist() == pytest.approx([5000] * 4, rel=0.05)


def test_the_same_seed_gives_the_same_to_the_digit() -> None:
    index, data = spec("a", "b", "c"), table(a=[5, 1, 6, 9], b=[5, 9, 3, 2], c=[5, 4, 6, 5])
    found = simulation.simulate(index, data, draws=1000, seed=20260429, noise=0.25)
    assert found == simulation.simulate(index, data, draws=1000, seed=20260429, noise=0.25)
    assert found != simulation.simulate(index, data, draws=1000, seed=20260430, noise=0.25)
    assert found[0] == Distribution(mean=2.775, median=3.0, p5=2.0, p95=3.0)


def test_without_noise_every_draw_has_the_published_rank() -> None:
    columns = {"a": [60, 80, 0.1, 70.1, None], "b": [80, 60, 0.2, 70.2, None]}
    index, data = spec("a", "b", normalise="none"), table(**columns)
    found = simulation.simulate(index, data, draws=50, seed=1, noise=0)
    ranks = score(index, data).ranks["i"].tolist()
    assert [each.median if each else 0 for each in found] == ranks
    assert [each.p5 if each else 0 for each in found] == ranks


def test_equal_rows_share_their_rank_in_every_draw() -> None:
    found = simulation.simulate(spec("a", "b"), table(a=[1, 1, 9, 1], b=[2, 2, 9, 2]), draws=300, seed=1, noise=0.4)
    assert [each and (each.mean, each.p5, each.p95) for each in found] == [(2, 2, 2), (2, 2, 2), (1, 1, 1), (2, 2, 2)]


def test_zeros_under_a_geometric_mean_come_last_together() -> None:
    data = table(a=[0, 5, 0, 3], b=[5, 0, 0, 3])
    found = simulation.simulate(
        spec("a", "b", aggregate="geometric", normalise="none"), data, draws=100, seed=1, noise=0.3
    )
    assert [each and each.mean for each in found] == [2, 2, 2, 1]


def test_a_row_without_any_value_has_no_distribution() -> None:
    assert simulation.simulate(spec("a"), table(a=[None, None]), draws=9, seed=1, noise=0.1) == [None, None]
    assert simulation.simulate(spec("a"), table(a=[1, None]), draws=9, seed=1, noise=0.1) == [
        Distribution(1, 1, 1, 1),
        None,
    ]


def test_choices_are_drawn_beside_weights() -> None:
    index = spec(
        "a", "b", normalise="none", alternatives={"aggregate": ["geometric", "copeland"], "normalise": ["rank"]}
    )
    assert len(list(simulation.choices(index))) == 6
    data = table(a=[1, 60, 50], b=[100, 40, 45])
    found = simulation.simulate(index, data, draws=600, seed=2, noise=0.05)
    assert found[0] is not None
    assert (found[0].p5, found[0].p95, 1 < found[0].mean < 3) == (1, 3, True)


def test_copeland_is_simulated_as_it_is_scored() -> None:
    index = spec("a", "b", "c", aggregate="copeland")
    data = table(a=[9, 1, 1], b=[1, 2, 2], c=[1, 9, 2])
    found = simulation.simulate(index, data, draws=20, seed=2, noise=0.1)
    assert [each and each.median for each in found] == score(index, data).ranks["i"].tolist()


def test_a_choice_that_cannot_be_computed_is_refused() -> None:
    index = spec("a", "b", alternatives={"aggregate": ["geometric"], "normalise": ["zscore"]})
    with pytest.raises(InputRefused, match="geometric tidak dapat memakai nilai negatif"):
        simulation.simulate(index, table(a=[1, 2], b=[2, 1]), draws=9, seed=1, noise=0.1)


def test_ranks_of_scores_leave_missing_ones_out() -> None:
    assert shared(np.array([3.0, np.nan, 5.0, 3.0])).tolist() == [2, 0, 1, 2]
