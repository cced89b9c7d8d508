"""Which rank a planned index would give next year, when the others move too, and how well such a forecast does.

Peers move as regions like them have moved: in every draw one earlier pair of years is picked, and each peer changes by
what a region of its own third of the table changed between those two years. So a draw keeps what a year had in common
(new rules, stricter verification), and those low down may rise more than those at the top. Only years that can be compared
belong in ``history``; whoever calls answers for that.

The back-test does the same for the last year known, as if it were not yet: every region's real index of that year is
taken for its plan, and its rank forecast from the years before.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pamong.engine.composite.ranks import Distribution, distributions
from pamong.engine.draws import Dice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]

Year = Mapping[str, float]  # index by region
THIRDS = 3
Watch = Callable[[int], None]
_AT_ONCE = 1 << 20  # numbers held at a time
FEWEST = 6  # regions a pair of years must share, two for each third


class TooLittleHistory(ValueError):
    """Fewer than two comparable years, or too few regions in both."""


@dataclass(frozen=True)
class Backtest:
    """How the forecast for ``year`` would have done: the share of regions whose rank lay within 5 % to 95 %, the mean
    distance of the median from the rank, and the same had one supposed that nobody moves."""

    year: int
    regions: int
    covered: float
    error: float
    error_unmoved: float


@dataclass(frozen=True)
class Forecast:
    """The rank of a planned index among ``peers`` others. ``reached`` is the share of draws at the rank wished, if any."""

    rank: Distribution
    peers: int
    pairs: tuple[tuple[int, int], ...]
    reached: float | None
    backtest: Backtest | None


def forecast(
    history: Mapping[int, Year],
    region: str,
    planned: float,
    *,
    draws: int,
    seed: int,
    wished: int | None = None,
    watch: Watch = lambda done: None,
) -> Forecast:
    """The rank of ``region`` in the year after the last of ``history`` with the index ``planned`` (0 to 100).

    ``watch`` is told now and then how many of twice ``draws`` are done, the back-test being the second half; it may raise to
    end the work. Raises ``TooLittleHistory``."""
    import numpy as np

    last = max(history, default=0)
    moves = _moves(history)
    peers = {name: index for name, index in history.get(last, {}).items() if name != region}
    counts = np.zeros(len(peers) + 1, dtype=np.int64)
    for moved in _moved(peers, moves, draws, Dice(seed)):
        counts += np.bincount((moved > planned).sum(axis=1), minlength=len(counts))
        watch(int(counts.sum()))
    return Forecast(
        rank=distributions(counts[None, :])[0],
        peers=len(peers),
        pairs=tuple(sorted(moves)),
        reached=None if wished is None else float(counts[:wished].sum() / draws),
        backtest=backtest(history, draws=draws, seed=seed, watch=lambda done: watch(draws + done)),
    )


@dataclass(frozen=True)
class Needed:
    """The index a rank takes next year: enough in 5 of 100 draws, in half of them, and in 95 of 100. Two decimals, rounded up."""

    low: float
    median: float
    high: float
    pairs: tuple[tuple[int, int], ...]


def needed(history: Mapping[int, Year], region: str, rank: int, *, draws: int, seed: int) -> Needed:
    """The index that gives ``region`` the ``rank`` in the year after the last of ``history``, the others moving as in
    ``forecast``. A rank behind all of them takes nothing. Raises ``TooLittleHistory``; ``ValueError`` for a rank below 1."""
    import numpy as np

    if rank < 1:
        raise ValueError("a rank begins at 1")
    moves = _moves(history)
    peers = {name: index for name, index in history[max(history)].items() if name != region}
    if rank > len(peers):
        return Needed(0.0, 0.0, 0.0, tuple(sorted(moves)))
    place = len(peers) - rank  # equal values share a rank: as much as the one who has it is enough
    drawn = [np.partition(moved, place, axis=1)[:, place] for moved in _moved(peers, moves, draws, Dice(seed))]
    found = np.quantile(np.concatenate(drawn), (0.05, 0.5, 0.95), method="higher")
    low, median, high = (math.ceil(round(float(value) * 100, 6)) / 100 for value in found)
    return Needed(low, median, high, tuple(sorted(moves)))


def backtest(
    history: Mapping[int, Year], *, draws: int, seed: int, watch: Watch = lambda done: None
) -> Backtest | None:
    """How the last year's ranks would have been forecast; ``None`` where the years before are too few for it."""
    import numpy as np

    last = max(history, default=0)
    before = {year: own for year, own in history.items() if year < last}
    try:
        moves = _moves(before)
    except TooLittleHistory:
        return None
    known = before[max(before)]
    names = [name for name in history[last] if name in known]
    if len(names) < FEWEST:
        return None
    real = np.array([history[last][name] for name in names])
    counts = np.zeros(len(names) * len(names), dtype=np.int64)
    rows = np.arange(len(names)) * len(names) - 1
    done = 0
    for moved in _moved({name: known[name] for name in names}, moves, draws, Dice(seed)):
        counts += np.bincount((_ranks_among(moved, real) + rows).ravel(), minlength=len(counts))
        done += len(moved)
        watch(done)
    told = distributions(counts.reshape(len(names), len(names)))
    low, median, high = np.array([(each.p5, each.median, each.p95) for each in told]).T
    truth, unmoved = _ranks(real), _ranks_among(np.array([[known[name] for name in names]]), real)[0]
    return Backtest(
        year=last,
        regions=len(names),
        covered=float(((low <= truth) & (truth <= high)).mean()),
        error=float(np.abs(median - truth).mean()),
        error_unmoved=float(np.abs(unmoved - truth).mean()),
    )


def _moves(history: Mapping[int, Year]) -> dict[tuple[int, int], list[Numbers]]:
    """For each pair of neighbouring years the changes seen, by third of the earlier table, the lowest first."""
    import numpy as np

    years = sorted(history)
    found = {}
    for earlier, later in itertools.pairwise(years):
        both = sorted(set(history[earlier]) & set(history[later]), key=lambda name: (history[earlier][name], name))
        if len(both) >= FEWEST:
            change = np.array([history[later][name] - history[earlier][name] for name in both])
            found[earlier, later] = np.array_split(change, THIRDS)
    if not found:
        raise TooLittleHistory(f"{len(years)} comparable years, no two of them with {FEWEST} regions in common")
    return found


def _moved(
    peers: Year, moves: Mapping[tuple[int, int], Sequence[Numbers]], draws: int, dice: Dice
) -> Iterator[Numbers]:
    """Next year's index of every peer in every draw, 0 to 100, some draws at a time."""
    import numpy as np

    now = np.array(list(peers.values()), dtype=np.float64)
    thirds = np.empty(len(now), dtype=np.int64)
    for third, places in enumerate(np.array_split(np.argsort(now, kind="stable"), THIRDS)):
        thirds[places] = third
    pairs = list(moves.values())
    picked = (dice.roll(draws) * len(pairs)).astype(np.int64)
    step = max(1, _AT_ONCE // max(1, len(now)))
    for start in range(0, draws, step):
        some = picked[start : start + step]
        chance = dice.roll(len(some), len(now))
        out = np.empty_like(chance)
        for pair, changes in enumerate(pairs):
            rows = np.flatnonzero(some == pair)
            for third, seen in enumerate(changes):
                cells = np.ix_(rows, np.flatnonzero(thirds == third))
                out[cells] = seen[(chance[cells] * len(seen)).astype(np.int64)]
        yield np.clip(now + out, 0.0, 100.0)


def _ranks(indices: Numbers) -> Integers:
    import numpy as np

    ordered = np.sort(indices)
    return len(ordered) - np.searchsorted(ordered, indices, side="right") + 1


def _ranks_among(moved: Numbers, real: Numbers) -> Integers:
    """The rank each real index would have among the others' moved ones, in every draw."""
    import numpy as np

    out = np.empty(moved.shape, dtype=np.int64)
    for draw, row in enumerate(moved):
        above = len(row) - np.searchsorted(np.sort(row), real, side="right")
        out[draw] = above - (row > real) + 1
    return out
