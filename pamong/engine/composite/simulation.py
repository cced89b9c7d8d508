"""How sure a rank is: the index computed again and again with other weights and other choices, and its ranks counted.

Each draw multiplies every weight of the hierarchy by its own number from 1 − noise to 1 + noise, all equally likely, and
picks each choice among the index's own and its alternatives, all equally likely.

Where one kind of mean runs through the whole tree and nothing is missing, the tree collapses: a draw is one vector of
weights, the products down each path, and its scores are one product with a matrix. Otherwise the tree is walked, a block
of draws at a time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pamong.engine.composite.columns import normalised
from pamong.engine.composite.ranks import MOST_ROWS, Counter, Distribution, distributions
from pamong.engine.composite.scores import DECIMALS, score
from pamong.engine.composite.spec import Aggregate, Group, Leaf, Normalise, Spec, Treatment
from pamong.engine.composite.table import Table
from pamong.engine.composite.walk import Walk, weights_of
from pamong.engine.draws import Dice
from pamong.engine.strict_json import InputRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Losses = Callable[[Sequence[Numbers]], Numbers]

Watch = Callable[[int], None]
MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Choice:
    """One way to build the index."""

    normalise: Normalise
    aggregate: Aggregate
    treatment: Treatment


def simulate(
    spec: Spec, table: Table, *, draws: int, seed: int, noise: float, watch: Watch = lambda done: None
) -> list[Distribution | None]:
    """The distribution of every row's rank; ``None`` for a row that has no score. Raises ``InputRefused``.

    ``draws`` is 1 to ``MOST_DRAWS``, ``seed`` at least 0, ``noise`` from 0 to less than 1. ``watch`` is told now and then how
    many draws are done, and may raise to end the work."""
    import numpy as np

    if len(table.ids) > MOST_ROWS:
        raise InputRefused([f"baris {table.lines[MOST_ROWS]}: simulasi paling banyak untuk {MOST_ROWS} baris"])
    there = np.isfinite(score(spec, table).groups[spec.tree.name])
    if not there.any():
        return [None] * len(table.ids)
    every = list(choices(spec))
    factors, picks = drawn(spec.tree, draws, seed, noise, len(every))
    counts: Integers | int = 0
    done = 0
    for place, choice in enumerate(every):
        matrix = normalised(spec, table, choice.normalise, choice.treatment)[:, there]
        chosen = factors if len(every) == 1 else factors[:, picks == place]
        if chosen.shape[1]:
            counts = counts + rank_counts(
                spec.tree, choice, matrix, chosen, varies=noise > 0, watch=partial(_told, watch, done)
            )
            done += chosen.shape[1]
    found = iter(distributions(np.asarray(counts)))
    return [next(found) if present else None for present in there]


def _told(watch: Watch, before: int, done: int) -> None:
    watch(before + done)


def choices(spec: Spec) -> Iterator[Choice]:
    """Every way to build the index that a draw may pick, the index's own first."""
    also = spec.alternatives
    for parts in itertools.product(
        dict.fromkeys((spec.normalise, *also.normalise)),
        dict.fromkeys((spec.aggregate, *also.aggregate)),
        dict.fromkeys((spec.outliers, *also.outliers)),
    ):
        yield Choice(*parts)


def drawn(tree: Group, draws: int, seed: int, noise: float, choices: int = 1) -> tuple[Numbers, Integers]:
    """The factor of every node below the root in every draw, in the order of ``weights_of``; the choice of every draw."""
    import numpy as np

    nodes = sum(len(group.children) for group in tree.groups())
    dice = Dice(seed)
    factors = dice.shaken(noise, nodes, draws)
    picks = np.minimum((dice.roll(draws) * choices).astype(np.int64), choices - 1)
    return factors, picks


def rank_counts(
    tree: Group,
    choice: Choice,
    matrix: Numbers,
    factors: Numbers,
    *,
    varies: bool = True,
    watch: Watch = lambda done: None,
) -> Integers:
    """How often each column of ``matrix`` had each rank when the weights are multiplied by ``factors``.

    Without variation one draw speaks for all, ranked like the published scores."""
    import numpy as np

    which, kinds, times = distinct(tree, _worthless_alike(tree, choice, matrix))
    counter = Counter(kinds.shape[1], times)
    losses = collapsed(tree, choice, kinds, counter.scale) or walked(tree, choice, kinds, counter.scale)
    if not varies:
        found = Walk(tree, choice.aggregate, kinds, choice.normalise).scores(weights_of(tree))[tree.name]
        tidy = np.round(found, DECIMALS)
        counter.add(_scaled(tidy.max() - tidy, float(np.ptp(tidy)), counter.scale), factors.shape[1])
        return counter.counts()[which]
    weights = weights_of(tree, factors)
    for start in range(0, factors.shape[1], counter.draws):
        counter.add(losses([part[:, start : start + counter.draws] for part in weights]))
        watch(min(start + counter.draws, factors.shape[1]))
    return counter.counts()[which]


def distinct(tree: Group, matrix: Numbers) -> tuple[Integers, Numbers, Integers]:
    """Equal columns are ranked once: for each column its kind, the kinds, and how many columns are of each.

    The kinds stand roughly in order of rank, which keeps the counting in one corner of memory at a time."""
    import numpy as np

    counted = matrix[_used(tree)]
    kinds: dict[bytes, list[int]] = {}
    for place in np.argsort(-np.nan_to_num(counted).mean(axis=0), kind="stable"):
        kinds.setdefault(counted[:, place].tobytes(), []).append(int(place))
    which = np.empty(matrix.shape[1], dtype=np.int64)
    for kind, places in enumerate(kinds.values()):
        which[places] = kind
    firsts = [places[0] for places in kinds.values()]
    return which, matrix[:, firsts], np.array([len(places) for places in kinds.values()])


def _worthless_alike(tree: Group, choice: Choice, matrix: Numbers) -> Numbers:
    """Where a geometric or harmonic mean runs through the whole tree, one zero makes the score zero: such columns are
    equal, whatever else is in them."""
    import numpy as np

    if not {group.aggregate or choice.aggregate for group in tree.groups()} <= {
        Aggregate.GEOMETRIC,
        Aggregate.HARMONIC,
    }:
        return matrix
    worthless = (matrix[_used(tree)] == 0).any(axis=0)
    return np.where(worthless, 0.0, matrix)


def walked(tree: Group, choice: Choice, matrix: Numbers, scale: float) -> Losses:
    """Losses between 0 and ``scale`` from the tree walked."""
    import numpy as np

    walk = Walk(tree, choice.aggregate, matrix, choice.normalise)
    ends = [np.nanmin(matrix), np.nanmax(matrix), choice.normalise.low, choice.normalise.high]
    low, high = float(min(ends)), float(max(ends))
    return lambda weights: _scaled(high - walk.scores(weights)[tree.name], high - low, scale)


def collapsed(tree: Group, choice: Choice, matrix: Numbers, scale: float) -> Losses | None:
    """Losses between 0 and ``scale`` as one product with a matrix; ``None`` if the tree does not collapse."""
    import numpy as np

    walk = Walk(tree, choice.aggregate, matrix, choice.normalise)
    kinds = {walk.how(group) for group in tree.groups()}
    used = _used(tree)
    if len(kinds) > 1 or Aggregate.COPELAND in kinds or not np.isfinite(matrix[used]).all():
        return None
    linear = _linear(kinds.pop(), matrix[used])
    table = _scaled(linear - linear.min(), float(np.ptp(linear)), scale)
    return lambda weights: (
        np.array([own for own, counts in zip(paths(tree, weights), used, strict=True) if counts]).T @ table
    )


def _linear(how: Aggregate, values: Numbers) -> Numbers:
    """What falls, linearly in the weights, when the score rises. One zero makes a geometric or harmonic mean zero: all
    such columns come last, and equal."""
    import numpy as np

    if how is Aggregate.ARITHMETIC:
        return -values
    worthless = (values == 0).any(axis=0)
    filled = np.where(worthless, 1.0, values)
    linear = -np.log(filled) if how is Aggregate.GEOMETRIC else 1.0 / filled
    if worthless.any():
        linear[:, worthless] = linear.max() + (np.ptp(linear) or 1.0)
    return linear


def paths(tree: Group, weights: Sequence[Numbers]) -> Iterator[Numbers]:
    """The weight of every leaf in the whole index, in every draw: the product down its path."""
    import numpy as np

    left = iter(weights)

    def below(group: Group, factor: Numbers) -> Iterator[Numbers]:
        for own, child in zip(next(left), group.children, strict=True):
            if isinstance(child, Leaf):
                yield own * factor
            else:
                yield from below(child, own * factor)

    return below(tree, np.ones(1))


def _used(tree: Group) -> NDArray[np.bool_]:
    """Which leaves carry any weight."""
    import numpy as np

    return np.array([own[0] > 0 for own in paths(tree, weights_of(tree))])


def _scaled(losses: Numbers, spread: float, scale: float) -> Numbers:
    """``losses`` from 0 to ``spread`` brought well inside 0 to ``scale``."""
    return 0.5 + losses * ((scale - 1.0) / spread if spread else 0.0)
