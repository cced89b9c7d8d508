"""How sure the rank of a region is: indices drawn again and again under what may be otherwise.

Three things may be otherwise. **Weights**: every weight of the edition is multiplied by its own number from 1 − noise to
1 + noise, and all are rescaled so that the greatest total stays what the edition declares. **Doubtful verdicts** and
**levels near the edge of their band**: an ``Event`` happens in a draw with its probability and then changes levels.

The index is linear in the weights, so a region is one line of a matrix: levels of its own indicators, summed levels of its
innovations over its divisor, and its counted number. A draw is a vector of weights; what events change is added. Without
noise the figures equal the exact path's to the published digit; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pamong.engine.composite.ranks import Counter, Distribution, distributions
from pamong.engine.draws import Dice
from pamong.engine.mass import FORMULAS
from pamong.engine.model import TOP_LEVEL, Counted, Edition

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

PERCENTILES = (5, 50, 95)
# Exact indices are multiples of 1/(divisor × total); two that differ by less are the same number computed twice.
_SAME = 1e-9
_AT_ONCE = 1 << 21  # numbers held at a time


@dataclass(frozen=True)
class Change:
    """One indicator of one region at another level: ``by`` levels more, or less."""

    region: int
    indicator: str
    by: int


@dataclass(frozen=True)
class Event:
    """What may be otherwise, all of it at once, with a probability from 0 to 1. Events are independent, but that one does
    not happen where the event at the place ``unless`` happens."""

    probability: float
    changes: tuple[Change, ...]
    unless: int | None = None


@dataclass(frozen=True)
class Field:
    """The regions that are ranked. ``institution[r, i]`` is region r's level on its i-th own indicator; ``levels[r, i]``
    the sum over its accepted innovations; ``divisor`` and ``counted`` (0 where the affairs rule is not met) by region."""

    edition: Edition
    institution: Numbers
    levels: Numbers
    divisor: Integers
    counted: Integers

    def __len__(self) -> int:
        return len(self.divisor)


@dataclass(frozen=True)
class Outcome:
    """Of one region: its rank, its index (5 %, median, 95 %), and the share of draws in each band by the band's code."""

    rank: Distribution
    index: tuple[float, float, float]
    bands: Mapping[str, float]


def simulate(field: Field, events: Sequence[Event], *, draws: int, seed: int, noise: float) -> list[Outcome]:
    """How every region of ``field`` fares. The same arguments give the same result, to the digit.

    Rank 1 is the highest index before rounding; equals share. Raises ``ValueError`` for a formula that is not linear."""
    indices = drawn_indices(field, events, draws=draws, seed=seed, noise=noise)
    shares = band_shares(field.edition, indices)
    return [
        Outcome(rank, mark, bands) for rank, mark, bands in zip(ranked(indices), marks(indices), shares, strict=True)
    ]


def ranked(indices: Numbers) -> list[Distribution]:
    """The distribution of every region's rank; ``indices`` has one line per draw, one column per region."""
    import numpy as np

    draws, regions = indices.shape
    counter = Counter(regions)
    for start in range(0, draws, counter.draws):
        part = np.round(indices[start : start + counter.draws] / _SAME) * _SAME
        counter.add(0.5 + (100.0 - part) * ((counter.scale - 1.0) / 100.0))
    return distributions(counter.counts())


def marks(indices: Numbers) -> list[tuple[float, float, float]]:
    """Of every region's index 5 %, median and 95 %."""
    import numpy as np

    return [(low, median, high) for low, median, high in np.percentile(indices, PERCENTILES, axis=0).T.tolist()]


def drawn_indices(
    field: Field, events: Sequence[Event], *, draws: int, seed: int, noise: float, part: int = 0, lot: int = 0
) -> Numbers:
    """The index of every region in every draw, before rounding: one line per draw. Each ``part`` draws differently.

    Fields drawn one after the other with the same seed and part have the same weights in each draw; each with a ``lot`` of
    its own (from 1) has its own luck with its events."""
    import numpy as np

    if field.edition.formula not in FORMULAS:
        raise ValueError(f"formula {field.edition.formula!r} is not linear")
    dice = Dice(seed, part)
    weights = _weights(field.edition, dice, draws, noise)
    luck = Dice(seed, part, lot) if lot else dice
    fixed = np.hstack([field.institution, field.levels / field.divisor[:, None], field.counted[:, None]])
    found = weights @ fixed.T
    changing = _Changing(field, events)
    step = max(1, _AT_ONCE // max(1, changing.width))
    for start in range(0, draws if changing.width else 0, step):
        some = slice(start, min(start + step, draws))
        changing.apply(found[some], weights[some], luck)
    return np.clip(found * (100 / float(field.edition.declared.total)), 0.0, 100.0)


def _weights(edition: Edition, dice: Dice, draws: int, noise: float) -> Numbers:
    """One line of weights per draw: own indicators, innovation indicators, the count."""
    import numpy as np

    own = [float(each.weight) for each in (*edition.institution, *edition.innovation)]
    base = np.array([*own, float(edition.count.weight)])
    most = np.array([float(TOP_LEVEL)] * len(own) + [float(edition.count.cap)])
    if not noise:
        return np.broadcast_to(base, (draws, len(base)))
    shaken = base * dice.shaken(noise, draws, len(base))
    scaled: Numbers = shaken * (float(base @ most) / (shaken @ most))[:, None]
    return scaled


class _Changing:
    """The changes of all events as columns, sorted by region, so that a draw adds them up in one pass."""

    def __init__(self, field: Field, events: Sequence[Event]) -> None:
        import numpy as np

        places = {
            code: at for at, code in enumerate((*field.edition.institution_codes, *field.edition.innovation_codes))
        }
        own = len(field.edition.institution)
        rows = sorted(
            (change.region, at, places[change.indicator], change.by)
            for at, event in enumerate(events)
            for change in event.changes
        )
        region, event, column, by = np.array(rows, dtype=np.int64).reshape(-1, 4).T
        self.chances = np.array([each.probability for each in events])
        self.bound = [(at, each.unless) for at, each in enumerate(events) if each.unless is not None]
        self.event, self.column = event, column
        self.by = by / np.where(column < own, 1, field.divisor[region])
        self.regions, self.starts = np.unique(region, return_index=True)
        self.width = len(rows)

    def apply(self, totals: Numbers, weights: Numbers, dice: Dice) -> None:
        """Add to ``totals`` what the events that happen change."""
        import numpy as np

        happens = dice.roll(len(totals), len(self.chances)) < self.chances
        for event, other in self.bound:
            happens[:, event] &= ~happens[:, other]
        changed = happens[:, self.event] * (weights[:, self.column] * self.by)
        totals[:, self.regions] += np.add.reduceat(changed, self.starts, axis=1)


def published(indices: Numbers) -> Integers:
    """Indices in hundredths, rounded half up once, as they are published."""
    import numpy as np

    return np.floor(indices * 100 + 0.5 + _SAME).astype(np.int64)


def band_shares(edition: Edition, indices: Numbers) -> list[dict[str, float]]:
    """For every region the share of draws in each band, by its published index."""
    import numpy as np

    printed = published(indices)
    found = {
        band.code: np.mean((printed >= int(band.lower * 100)) & (printed <= int(band.upper * 100)), axis=0)
        for band in edition.bands
    }
    return [{code: float(shares[at]) for code, shares in found.items()} for at in range(indices.shape[1])]


def among(peers: Sequence[float], indices: Numbers) -> Distribution:
    """The rank of one region, whose index was drawn as ``indices``, among ``peers`` whose published indices stand."""
    import numpy as np

    others = np.sort(np.asarray(peers, dtype=np.float64))
    above = len(others) - np.searchsorted(others, published(indices) / 100 + _SAME, side="right")
    return distributions(np.bincount(above, minlength=len(others) + 1)[None, :])[0]


def field_of(
    edition: Edition, institution: Numbers, levels: Numbers, home: Integers, accepted: Flags, affairs_met: Flags
) -> Field:
    """A ``Field`` from single innovations: ``levels`` has one line per reported innovation, ``home`` its region."""
    import numpy as np

    regions = len(institution)
    kept = np.asarray(accepted, dtype=np.bool_)
    sums = np.zeros((regions, levels.shape[1]))
    np.add.at(sums, home[kept], levels[kept])
    reported = np.bincount(home, minlength=regions)
    taken = np.bincount(home[kept], minlength=regions)
    counted = np.minimum(reported if edition.count.uses is Counted.REPORTED else taken, edition.count.cap)
    divided = reported if edition.divisor.uses is Counted.REPORTED else taken
    divisor = np.maximum(edition.divisor.floor, divided)
    return Field(edition, np.asarray(institution, dtype=np.float64), sums, divisor, np.where(affairs_met, counted, 0))
