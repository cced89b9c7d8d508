"""The hierarchy walked from its leaves to its root, for many sets of weights at once.

A missing child is left out and the others speak for the group: its score is the mean of those present, by their weights.
A group without any child present is missing itself. Children of weight zero take no part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pamong.engine.composite.spec import Aggregate, Group, Leaf, Normalise
from pamong.engine.strict_json import InputRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# Two rows compared by Copeland's rule are even when the weights on either side, which sum to 1, differ by less.
_EVEN = 1e-12
MOST_COMPARED = 1 << 12


def weights_of(tree: Group, factors: Numbers | None = None) -> list[Numbers]:
    """The weights of every group's children, from the top down: one line per child, one column per draw, each column
    summing to 1. ``factors`` has one line per node below the root and one column per draw; ``None`` is one draw of 1."""
    import numpy as np

    found, start = [], 0
    for group in tree.groups():
        own = np.array([child.weight for child in group.children])[:, None]
        drawn = own if factors is None else own * factors[start : start + len(own)]
        found.append(drawn / drawn.sum(axis=0))
        start += len(own)
    return found


class Walk:
    """A tree over a matrix of normalised indicators (one line per leaf, one column per row of the table).

    ``scale`` bounds the scores of Copeland's rule. Raises ``InputRefused`` where a mean does not exist."""

    def __init__(self, tree: Group, aggregate: Aggregate, matrix: Numbers, scale: Normalise) -> None:
        self.tree, self.aggregate, self.scale = tree, aggregate, scale
        self._leaves = dict(zip((leaf.name for leaf in tree.leaves()), matrix, strict=True))
        for group in tree.groups():
            self._refuse(group)

    def scores(self, weights: Sequence[Numbers]) -> dict[str, Numbers]:
        """The scores of every group by its name: one line per draw. ``weights`` as from ``weights_of``."""
        found: dict[str, Numbers] = {}
        for group, own in reversed(list(zip(self.tree.groups(), weights, strict=True))):
            found[group.name] = self._group(group, own, found)
        return found

    def how(self, group: Group) -> Aggregate:
        return group.aggregate or self.aggregate

    def _refuse(self, group: Group) -> None:
        below = [self._leaves[leaf.name] for leaf in group.leaves()]
        how = self.how(group)
        if how in (Aggregate.GEOMETRIC, Aggregate.HARMONIC) and any((values < 0).any() for values in below):
            raise InputRefused([f"{group.path}: {how} tidak dapat memakai nilai negatif; pilih skala mulai dari nol"])
        if how is Aggregate.COPELAND and len(below[0]) > MOST_COMPARED:
            raise InputRefused([f"{group.path}: copeland paling banyak untuk {MOST_COMPARED} baris"])

    def _group(self, group: Group, weights: Numbers, found: dict[str, Numbers]) -> Numbers:
        used = [(own, child) for own, child in zip(weights, group.children, strict=True) if child.weight > 0]
        flat = [(own, self._leaves[child.name]) for own, child in used if isinstance(child, Leaf)]
        deep = [(own, found[child.name]) for own, child in used if isinstance(child, Group)]
        how = self.how(group)
        if how is Aggregate.COPELAND:
            return self._compared(flat, deep)
        return _mean(*_FORMS[how], flat, deep)

    def _compared(self, flat: list[tuple[Numbers, Numbers]], deep: list[tuple[Numbers, Numbers]]) -> Numbers:
        """Copeland (1951): the share of the other rows a row beats, a draw counting half, whatever the distance.

        Row a beats row b when the children on which a is better weigh more; only children both have are compared."""
        import numpy as np

        every = [*flat, *deep]
        there = np.any([np.isfinite(_first(values)) for _, values in every], axis=0)
        beaten = np.full((len(every[0][0]), len(there)), np.nan)
        for row in np.flatnonzero(there):
            margin = np.zeros(beaten.shape)
            for own, values in every:
                margin += own[:, None] * np.nan_to_num(np.sign(values[..., row, None] - values))
            margin[np.abs(margin) < _EVEN] = 0.0
            beaten[:, row] = np.sign(margin).sum(axis=1)
        share = (beaten / max(1, there.sum() - 1) + 1) / 2
        result: Numbers = self.scale.low + share * (self.scale.high - self.scale.low)
        return result


def _first(values: Numbers) -> Numbers:
    """The scores of one draw: which of them are missing is the same in all."""
    return values[0] if values.ndim == 2 else values


def _mean(
    into: Callable[[Numbers], Numbers],
    back: Callable[[Numbers], Numbers],
    flat: list[tuple[Numbers, Numbers]],
    deep: list[tuple[Numbers, Numbers]],
) -> Numbers:
    """The weighted mean of what ``into`` makes of the children present, brought ``back``."""
    import numpy as np

    top: Numbers = np.zeros(1)
    bottom: Numbers = np.zeros(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        if flat:
            own, values = np.array([each for each, _ in flat]).T, np.array([each for _, each in flat])
            there = np.isfinite(values)
            top = own @ np.where(there, into(np.where(there, values, 1.0)), 0.0)
            bottom = own @ there.astype(np.float64)
        for own, values in deep:
            there = np.isfinite(_first(values))
            top = top + own[:, None] * np.where(there, into(np.where(there, values, 1.0)), 0.0)
            bottom = bottom + own[:, None] * there
        return back(np.where(bottom > 0, top / bottom, np.nan))


def _same(values: Numbers) -> Numbers:
    return values


def _log(values: Numbers) -> Numbers:
    import numpy as np

    return np.log(values)


def _exp(values: Numbers) -> Numbers:
    import numpy as np

    return np.exp(values)


def _inverse(values: Numbers) -> Numbers:
    return 1.0 / values


_FORMS = {
    Aggregate.ARITHMETIC: (_same, _same),
    Aggregate.GEOMETRIC: (_log, _exp),
    Aggregate.HARMONIC: (_inverse, _inverse),
}
