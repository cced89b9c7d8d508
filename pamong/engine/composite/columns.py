"""One indicator, from raw numbers to a common scale: transform, draw outliers in, normalise, turn round.

NaN is a missing value and stays one; it takes no part in any minimum, mean or percentile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pamong.engine.composite.spec import Leaf, Method, Normalise, Outliers, Spec, Transform, Treatment
from pamong.engine.composite.table import Table
from pamong.engine.strict_json import InputRefused, shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# An indicator is treated for outliers when its distribution is both more skewed and more peaked than this
# (the JRC's rule of thumb, Handbook on Constructing Composite Indicators and the COIN Tool).
SKEWNESS, KURTOSIS = 2.0, 3.5


def normalised(spec: Spec, table: Table, normalise: Normalise, treatment: Treatment) -> Numbers:
    """The matrix of normalised indicators: one row per leaf of the tree, one column per row of the table.

    Raises ``InputRefused`` where a logarithm does not exist."""
    import numpy as np

    faults = [fault for leaf in spec.tree.leaves() for fault in _not_logarithmic(leaf, table)]
    if faults:
        raise InputRefused(faults)
    return np.array([_leaf(leaf, table, normalise, treatment) for leaf in spec.tree.leaves()])


def _not_logarithmic(leaf: Leaf, table: Table) -> list[str]:
    if leaf.transform is not Transform.LOG:
        return []
    return [
        f"baris {line}: kolom {shown(leaf.column)} harus lebih dari nol karena transform memilih log, bukan {value:g}"
        for line, value in zip(table.lines, table.values[leaf.column], strict=True)
        if value <= 0
    ]


def _leaf(leaf: Leaf, table: Table, normalise: Normalise, treatment: Treatment) -> Numbers:
    import numpy as np

    values = np.array(table.values[leaf.column], dtype=np.float64)
    posts = np.array(leaf.goalposts or (0.0, 1.0))
    if leaf.transform is Transform.LOG:
        values, posts = np.log(values), np.log(posts) if leaf.goalposts else posts
    if np.isnan(values).all():
        return values
    return _scaled(treated(values, treatment), leaf.direction, normalise, (float(posts[0]), float(posts[1])))


def treated(values: Numbers, treatment: Treatment) -> Numbers:
    """``values`` with those far from all others drawn in (winsorised)."""
    import numpy as np

    if treatment.method is Outliers.PERCENTILE:
        low, high = np.nanpercentile(values, [treatment.low, treatment.high])
        return np.clip(values, low, high)
    if treatment.method is Outliers.FENCES:
        first, third = np.nanpercentile(values, [25, 75])
        reach = treatment.factor * (third - first)
        return np.clip(values, first - reach, third + reach)
    if treatment.method is Outliers.MOMENTS:
        return _calmed(values)
    return values


def _calmed(values: Numbers) -> Numbers:
    """Draws in one extreme value after another until the distribution is calm, at most a tenth of them (but one)."""
    import numpy as np

    out = values.copy()
    for _ in range(max(1, int(np.isfinite(values).sum()) // 10)):
        skewness, kurtosis = _moments(out)
        if abs(skewness) <= SKEWNESS or kurtosis <= KURTOSIS:
            break
        edge = np.nanmax(out) if skewness > 0 else np.nanmin(out)
        inner = out[out != edge]
        out[out == edge] = np.nanmax(inner) if skewness > 0 else np.nanmin(inner)
    return out


def _moments(values: Numbers) -> tuple[float, float]:
    """Skewness and excess kurtosis of the values present; zeros where all are equal."""
    import numpy as np

    present = values[np.isfinite(values)]
    away = present - present.mean()
    variance = float((away**2).mean())
    if variance == 0:
        return 0.0, 0.0
    return float((away**3).mean()) / variance**1.5, float((away**4).mean()) / variance**2 - 3


def _scaled(values: Numbers, direction: int, normalise: Normalise, posts: tuple[float, float]) -> Numbers:
    import numpy as np

    if normalise.method is Method.NONE:
        return values
    if normalise.method is Method.ZSCORE:
        spread = float(np.nanstd(values)) if np.nanmax(values) > np.nanmin(values) else 0.0
        standard = (values - np.nanmean(values)) / spread if spread else values * 0.0
        return normalise.mean + normalise.sd * direction * standard
    if normalise.method is Method.GOALPOSTS:
        share = np.clip((values - posts[0]) / (posts[1] - posts[0]), 0, 1)
    else:
        share = _share(_places(values) if normalise.method is Method.RANK else values)
    share = share if direction == 1 else 1 - share
    return normalise.low + share * (normalise.high - normalise.low)


def _share(values: Numbers) -> Numbers:
    """Where each value lies between the smallest (0) and the largest (1); a half if all are equal."""
    import numpy as np

    low, high = np.nanmin(values), np.nanmax(values)
    return (values - low) / (high - low) if high > low else values * 0.0 + 0.5


def _places(values: Numbers) -> Numbers:
    """The place of each value counted from the smallest, equal values sharing the mean of theirs."""
    import numpy as np

    out = np.full(len(values), np.nan)
    present = np.isfinite(values)
    _, which, times = np.unique(values[present], return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    out[present] = (last - (times - 1) / 2)[which]
    return out
