"""Ranks, of one set of scores and of thousands of draws at once.

Rank 1 is the highest score; equal scores share a rank and the ranks after them are skipped (1, 2, 2, 4).

``Counter`` is the fast way for many draws. Sorting is what ranking costs, and NumPy sorts numbers far faster than it
finds the order of numbers; so score and row share one 32-bit key: the score, coarsened, in the upper bits, the row in
the lower. One sort of the keys then gives the order. Keys whose coarsened scores are equal may be in the wrong order:
those few are compared once more by their exact scores, so that nothing is lost. Ranks are counted, row by row, and never
sorted again: mean and percentiles come from the counts. ``plain`` is the same by definition; a test holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]

KEY_BITS = 32
_BLOCK = 1 << 18  # numbers sorted at a time: what fits a processor's cache
_BATCH = 4  # blocks counted at a time
MOST_ROWS = 1 << 12  # the counts are a square of this size; fewer bits would be left for the score, too


def shared(scores: Numbers) -> Integers:
    """The rank of each score; 0 for NaN."""
    import numpy as np

    ranks = np.zeros(len(scores), dtype=np.int64)
    present = np.isfinite(scores)
    ordered = np.sort(scores[present])
    ranks[present] = len(ordered) - np.searchsorted(ordered, scores[present], side="right") + 1
    return ranks


def plain(losses: Numbers) -> Integers:
    """The rank of every row in every draw: one more than the rows that lose strictly less. One line per draw."""
    import numpy as np

    order = np.argsort(losses, axis=1, kind="stable")
    ordered = np.take_along_axis(losses, order, axis=1)
    place = np.broadcast_to(np.arange(losses.shape[1]), losses.shape)
    first = np.ones(losses.shape, dtype=np.bool_)
    first[:, 1:] = ordered[:, 1:] > ordered[:, :-1]
    ranks = np.empty(losses.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.maximum.accumulate(np.where(first, place, 0), axis=1) + 1, axis=1)
    return ranks


class Counter:
    """Counts how often each row had each rank.

    ``times[i]`` is how many rows of the table row ``i`` stands for (equal rows are ranked once). Losses handed to ``add``
    lie between 0 and ``scale``; the smaller, the better. Raises ``ValueError`` for more than ``MOST_ROWS`` rows."""

    def __init__(self, rows: int, times: Integers | None = None) -> None:
        import numpy as np

        if rows > MOST_ROWS:
            raise ValueError(f"at most {MOST_ROWS} rows can be counted")
        self.rows, self.times = rows, times if times is not None and (times > 1).any() else None
        self.total = int(times.sum()) if times is not None else rows
        self.bits = max(1, (rows - 1).bit_length())
        self.scale = float((1 << (KEY_BITS - self.bits)) - 2)
        self.draws = max(1, _BLOCK // rows)
        self._ids = np.arange(rows, dtype=np.uint32)
        self._starts = self._ids * np.uint32(rows)
        self._counts = np.zeros(self.total * rows, dtype=np.int64)
        self._keys = np.empty((self.draws, rows), dtype=np.uint32)
        self._near = np.empty((self.draws, max(1, rows - 1)), dtype=np.uint32)
        self._cells = np.empty(_BATCH * self.draws * rows, dtype=np.int64)
        self._filled = 0

    def add(self, losses: Numbers, weight: int = 1) -> None:
        """Count the ranks of every draw (line) of ``losses``, at most ``draws`` of them, each ``weight`` times."""
        import numpy as np

        keys = self._keys[: len(losses)]
        np.copyto(keys, losses, casting="unsafe")
        keys <<= np.uint32(self.bits)
        keys |= self._ids
        keys.sort(axis=1)
        unsure = self._set_right(losses, keys)
        if len(unsure):
            self._tally(*self._exactly(losses[unsure]), weight)
            keys = np.delete(keys, unsure, axis=0)
        if self.times is None:
            keys += self._starts
            self._count(keys, weight)
        else:
            order = keys.astype(np.int64)
            self._tally(order, self._before(order), weight)

    def _set_right(self, losses: Numbers, keys: NDArray[np.uint32]) -> Integers:
        """Turn sorted ``keys`` into rows, best first, and swap neighbours whose coarse scores are equal where their exact
        scores are not in order. Returns the draws that need more than that: three close together, or two truly equal."""
        import numpy as np

        near = np.bitwise_xor(keys[:, 1:], keys[:, :-1], out=self._near[: len(keys), : self.rows - 1])
        draws, places = np.divmod(np.flatnonzero(near < (1 << self.bits)), max(1, self.rows - 1))
        keys &= np.uint32((1 << self.bits) - 1)
        upper, lower = keys[draws, places], keys[draws, places + 1]
        gap = losses[draws, lower] - losses[draws, upper]
        wrong = gap < 0
        keys[draws[wrong], places[wrong]], keys[draws[wrong], places[wrong] + 1] = lower[wrong], upper[wrong]
        follows = (draws[1:] == draws[:-1]) & (places[1:] == places[:-1] + 1)
        unsure: Integers = np.unique(np.concatenate((draws[1:][follows], draws[gap == 0])))
        return unsure

    def _exactly(self, losses: Numbers) -> tuple[Integers, Integers]:
        """The order, and the rows before each place, from exact losses; equals have the same number before them."""
        import numpy as np

        order = np.argsort(losses, axis=1, kind="stable").astype(np.int64)
        ordered = np.take_along_axis(losses, order, axis=1)
        before = self._before(order)
        before[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
        return order, np.maximum.accumulate(before, axis=1)

    def _before(self, order: Integers) -> Integers:
        """How many rows of the table stand before each place of ``order``."""
        import numpy as np

        several = np.ones_like(order) if self.times is None else self.times[order]
        before: Integers = np.cumsum(several, axis=1) - several
        return before

    def _tally(self, order: Integers, before: Integers, weight: int) -> None:
        self._count(before * self.rows + order, weight)

    def _count(self, cells: NDArray[Any], weight: int) -> None:
        """Count ``cells``: soon, and several blocks at once, if each weighs one."""
        import numpy as np

        if weight != 1:
            self._counts += np.bincount(cells.ravel(), minlength=len(self._counts)) * weight
            return
        if self._filled + cells.size > len(self._cells):
            self._flush()
        np.copyto(self._cells[self._filled : self._filled + cells.size], cells.ravel(), casting="unsafe")
        self._filled += cells.size

    def _flush(self) -> None:
        import numpy as np

        self._counts += np.bincount(self._cells[: self._filled], minlength=len(self._counts))
        self._filled = 0

    def counts(self) -> Integers:
        """``counts()[i, r]`` is how often row ``i`` had rank ``r + 1``."""
        self._flush()
        return self._counts.reshape(self.total, self.rows).T


@dataclass(frozen=True)
class Distribution:
    """Of one rank, over all draws. Percentiles lie between neighbouring ranks as NumPy's default has it (linear)."""

    mean: float
    median: float
    p5: float
    p95: float


def distributions(counts: Integers) -> list[Distribution]:
    """One for each row of ``counts``; every row has the same number of draws."""
    import numpy as np

    draws = int(counts[0].sum())
    ranks = np.arange(1, counts.shape[1] + 1)
    means = counts @ ranks / draws
    reached = np.cumsum(counts, axis=1)
    low, median, high = (_quantile(reached, draws, share) for share in (0.05, 0.5, 0.95))
    return [Distribution(*map(float, each)) for each in zip(means, median, low, high, strict=True)]


def _quantile(reached: Integers, draws: int, share: float) -> Numbers:
    """The value at ``share`` of the sorted ranks, read off their cumulated counts."""
    import numpy as np

    place = share * (draws - 1)
    below = int(np.floor(place))
    lower = (reached <= below).sum(axis=1) + 1
    upper = (reached <= min(below + 1, draws - 1)).sum(axis=1) + 1
    value: Numbers = lower + (upper - lower) * (place - below)
    return value
