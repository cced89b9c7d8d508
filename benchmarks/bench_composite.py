"""How sure ranks are, and how fast that is known: ``python -m benchmarks.bench_composite``. Measured, never asserted.

10,000 draws of the weights of a 552 × 36 hierarchy: mean, median, 5 % and 95 % rank of every row, one thread, in turn with
the same written plainly in NumPy. Both must say the same before either is timed.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import statistics
import time
from collections.abc import Callable

import numpy as np

from pamong.engine.composite import simulation
from pamong.engine.composite.columns import normalised
from pamong.engine.composite.spec import Aggregate, Alternatives, Group, Leaf, Spec
from pamong.engine.composite.table import Table
from pamong.engine.composite.walk import weights_of

SEED, REGIONS, GROUPS, EACH, DRAWS, ROUNDS = 20260429, 552, 6, 6, 10_000, 9


def hierarchy() -> Group:
    groups = (
        Group(f"g{g}", tuple(Leaf(f"c{g}{n}", f"c{g}{n}", 1.0 + n) for n in range(EACH)), weight=1.0 + g % 3)
        for g in range(GROUPS)
    )
    return Group("indeks", tuple(groups))


def nation(tree: Group, missing: float = 0.0) -> Table:
    """Regions whose indicators go together as they do in life: a common strength and their own noise."""
    dice = np.random.default_rng(SEED)
    strength = dice.normal(size=(REGIONS, 1))
    values = 50 + 9 * strength + 12 * dice.normal(size=(REGIONS, GROUPS * EACH))
    values[dice.random(values.shape) < missing] = np.nan
    columns = {leaf.column: tuple(values[:, place].tolist()) for place, leaf in enumerate(tree.leaves())}
    return Table(tuple(f"d{n}" for n in range(REGIONS)), columns, tuple(range(2, REGIONS + 2)))


def plainly(spec: Spec, table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Mean rank and its percentiles as one would write it: order, order of the order, percentiles."""
    matrix = normalised(spec, table, spec.normalise, spec.outliers)
    factors, _ = simulation.drawn(spec.tree, DRAWS, SEED, 0.25)
    weights = np.array(list(simulation.paths(spec.tree, weights_of(spec.tree, factors)))).T
    ranks = np.argsort(np.argsort(-(weights @ matrix), axis=1), axis=1) + 1
    return ranks.mean(axis=0), np.percentile(ranks, [5, 50, 95], axis=0)


def measured(label: str, *works: Callable[[], object]) -> list[float]:
    """Median wall-clock milliseconds of each of ``works``, taken in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, own in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            own.append((time.perf_counter() - start) * 1000)
    medians = [statistics.median(own) for own in times]
    print(f"{label:<64}" + "".join(f"{each:>9.1f} ms" for each in medians))
    return medians


def main() -> None:
    tree = hierarchy()
    spec, table = Spec("id", tree), nation(tree)

    def fast(spec: Spec = spec, table: Table = table) -> object:
        return simulation.simulate(spec, table, draws=DRAWS, seed=SEED, noise=0.25)

    found, (mean, marks) = fast(), plainly(spec, table)
    same = np.allclose([each.mean for each in found], mean) and [each.median for each in found] == marks[1].tolist()
    print(f"{DRAWS:,} draws of {REGIONS} × {GROUPS * EACH}; the two agree: {same}")
    ours, plain = measured("arithmetic, nothing missing: ours, plain NumPy", fast, lambda: plainly(spec, table))
    print(f"{'ratio':<64}{plain / ours:>9.2f} ×")
    geometric = Spec("id", tree, aggregate=Aggregate.GEOMETRIC)
    measured("geometric, nothing missing", lambda: fast(geometric))
    gaps = nation(tree, missing=0.05)
    measured("arithmetic, 5 % of the cells missing (the tree is walked)", lambda: fast(spec, gaps))
    mixed = Spec("id", tree, alternatives=Alternatives(aggregate=(Aggregate.GEOMETRIC, Aggregate.HARMONIC)))
    measured("three means, drawn", lambda: fast(mixed))


if __name__ == "__main__":
    main()
