"""From a table to scores and ranks: the hierarchy walked once, with the index's own weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pamong.engine.composite.columns import normalised
from pamong.engine.composite.ranks import shared
from pamong.engine.composite.spec import Missing, Spec
from pamong.engine.composite.table import Table
from pamong.engine.composite.walk import Walk, weights_of
from pamong.engine.strict_json import InputRefused, shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

DECIMALS = 10


@dataclass(frozen=True)
class Scored:
    """Scores by name of group and indicator, NaN where missing, rounded to ``DECIMALS``; ranks by name of group, 0 where
    missing. Equal rounded scores share a rank, and the ranks after them are skipped (1, 2, 2, 4)."""

    ids: tuple[str, ...]
    indicators: dict[str, Numbers]
    groups: dict[str, Numbers]
    ranks: dict[str, NDArray[np.int64]]


def score(spec: Spec, table: Table) -> Scored:
    """Every score and rank of ``table`` under ``spec``. Raises ``InputRefused``."""
    import numpy as np

    refuse_missing(spec, table)
    matrix = normalised(spec, table, spec.normalise, spec.outliers)
    found = Walk(spec.tree, spec.aggregate, matrix, spec.normalise).scores(weights_of(spec.tree))
    groups = {group.name: np.round(found[group.name][0], DECIMALS) + 0.0 for group in spec.tree.groups()}
    names = (leaf.name for leaf in spec.tree.leaves())
    return Scored(
        ids=table.ids,
        indicators={name: np.round(line, DECIMALS) + 0.0 for name, line in zip(names, matrix, strict=True)},
        groups=groups,
        ranks={name: shared(values) for name, values in groups.items()},
    )


def refuse_missing(spec: Spec, table: Table) -> None:
    """Raises ``InputRefused`` for every empty cell if the index wants none."""
    if spec.missing is not Missing.ERROR:
        return
    faults = [
        f'baris {line}: kolom {shown(column)} kosong, sedangkan "missing" memilih "error"'
        for place, line in enumerate(table.lines)
        for column in spec.columns
        if table.values[column][place] != table.values[column][place]
    ]
    if faults:
        raise InputRefused(faults)
