"""A forecast of rank lets the others move as they have moved, and says how well that would have done."""

from __future__ import annotations

import numpy as np
import pytest

from pamong.engine import forecast as engine
from pamong.engine.composite.ranks import Distribution
from pamong.engine.forecast import TooLittleHistory, backtest, forecast, needed


def nation(
    years: int, *, drift: float = 2.0, spread: float = 3.0, regions: int = 300, seed: int = 7
) -> dict[int, dict[str, float]]:
    """Regions that each year rise by ``drift``, each a little differently."""
    dice = np.random.default_rng(seed)
    index = dice.uniform(20, 70, regions)
    history = {}
    for year in range(2022, 2022 + years):
        history[year] = {f"r{n}": round(float(each), 2) for n, each in enumerate(index)}
        index = np.clip(index + drift + spread * dice.normal(size=regions), 0, 100)
    return history


def test_a_region_that_stands_still_is_overtaken_by_those_that_rise() -> None:
    table = {f"r{n}": 30.0 + 2 * n for n in range(20)}
    history = {2024: table, 2025: {name: index + 3 for name, index in table.items()}}
    best = max(history[2025].values())
    found = forecast(history, "r99", best + 1, draws=100, seed=1, wished=1)
    assert found.rank == Distribution(2, 2, 2, 2)
    assert (found.peers, found.pairs, found.reached, found.backtest) == (20, ((2024, 2025),), 0.0, None)
    assert forecast(history, "r99", best + 3.01, draws=100, seed=1, wished=1).reached == 1.0


def test_a_region_does_not_compete_with_itself() -> None:
    history = nation(2, regions=20)
    assert forecast(history, "r0", 100, draws=50, seed=1).peers == 19
    assert forecast(history, "r0", 100, draws=50, seed=1).rank == Distribution(1, 1, 1, 1)


def test_each_third_of_the_table_moves_as_it_has_moved() -> None:
    before = {f"r{n}": float(n) for n in range(9)}
    after = {name: index + (20 if index < 3 else 0) for name, index in before.items()}
    found = forecast({2024: before, 2025: after}, "x", 23.5, draws=50, seed=1)
    assert found.rank == Distribution(3, 3, 3, 3)  # the lowest third now is 3, 4, 5; it rises to 23, 24, 25


def test_the_interval_covers_what_it_promises() -> None:
    tested = [backtest(nation(6, seed=seed), draws=400, seed=1) for seed in range(4)]
    covered = [each.covered for each in tested if each]
    assert len(covered) == 4
    assert np.mean(covered) == pytest.approx(0.9, abs=0.05)
    assert all(each.error < each.error_unmoved for each in tested if each)


def test_the_back_test_knows_nothing_of_the_year_it_forecasts() -> None:
    history = nation(4)
    shocked = history | {2025: {name: index / 2 for name, index in history[2025].items()}}
    found, same = backtest(history, draws=100, seed=1), backtest(shocked, draws=100, seed=1)
    assert found
    assert same
    assert (found.year, found.regions, same.regions) == (2025, 300, 300)
    assert same.error > found.error


def test_the_same_seed_gives_the_same_to_the_digit() -> None:
    history = nation(4)
    found = forecast(history, "r1", 55, draws=500, seed=3, wished=100)
    assert found == forecast(history, "r1", 55, draws=500, seed=3, wished=100)
    assert found.rank.mean != forecast(history, "r1", 55, draws=500, seed=4).rank.mean


@pytest.mark.parametrize("history", [{}, {2024: {"a": 1.0}}, {2024: {"a": 1.0}, 2025: {"b": 1.0}}])
def test_too_little_history_is_said(history: dict[int, dict[str, float]]) -> None:
    with pytest.raises(TooLittleHistory):
        forecast(history, "a", 50, draws=10, seed=1)


def test_however_many_draws_are_held_at_a_time_the_result_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    history, told = nation(4), []
    whole = forecast(history, "r1", 55, draws=500, seed=3, wished=100)
    monkeypatch.setattr(engine, "_AT_ONCE", 100 * 299)
    assert forecast(history, "r1", 55, draws=500, seed=3, wished=100, watch=told.append) == whole
    assert (told == sorted(told), told[0], told[-1]) == (True, 100, 1000)


def test_whoever_watches_may_end_the_work() -> None:
    def stop(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        forecast(nation(4), "r1", 55, draws=500, seed=3, watch=stop)


def test_what_a_rank_takes_is_what_the_one_who_has_it_will_have() -> None:
    table = {f"r{n}": 30.0 + 2 * n for n in range(20)}
    history = {2024: table, 2025: {name: index + 3 for name, index in table.items()}}
    found = needed(history, "r99", 3, draws=100, seed=1)  # 71, 69, 67 now; 74, 72, 70 then
    assert (found.low, found.median, found.high, found.pairs) == (70.0, 70.0, 70.0, ((2024, 2025),))
    assert needed(history, "r99", 20, draws=100, seed=1).median == 36.0
    assert needed(history, "r99", 21, draws=100, seed=1).median == 0.0  # behind all of them
    assert needed(history, "r19", 1, draws=100, seed=1).median == 72.0  # oneself is no peer


@pytest.mark.parametrize("rank", [1, 7, 40])
def test_half_of_the_draws_are_enough_and_the_forecast_agrees(rank: int) -> None:
    history = nation(4, regions=60)
    told = needed(history, "r0", rank, draws=1000, seed=5)
    assert told.low <= told.median <= told.high
    for index, share in ((told.low, 0.05), (told.median, 0.5), (told.high, 0.95)):
        reached = forecast(history, "r0", index, draws=1000, seed=5, wished=rank).reached
        assert reached == pytest.approx(share, abs=0.02)


def test_a_rank_begins_at_one_and_two_years_are_needed() -> None:
    with pytest.raises(ValueError, match="begins at 1"):
        needed(nation(2, regions=20), "r0", 0, draws=10, seed=1)
    with pytest.raises(TooLittleHistory):
        needed(nation(1, regions=20), "r0", 1, draws=10, seed=1)
