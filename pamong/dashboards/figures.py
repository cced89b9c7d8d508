"""What a page of figures is made of: plain values, computed from scores, ready to be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pamong.assessments.models import UNANSWERED
from pamong.engine.index import index_gain, rounded
from pamong.engine.model import TOP_LEVEL, Affair, Edition, Indicator


@dataclass(frozen=True, slots=True)
class AffairCover:
    """A basic affair, and how many innovations stand for it."""

    affair: Affair
    innovations: int


@dataclass(frozen=True, slots=True)
class IndicatorGap:
    """What one indicator still lacks over all innovations: maturity points, and what they are worth in the index."""

    indicator: Indicator
    points: Decimal
    index_points: Decimal
    empty: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What innovations that could not be proven cost the region: the index as it is, and as claimed for them."""

    innovations: int
    as_is: Decimal
    if_proven: Decimal
    if_unsent: Decimal

    @property
    def lost(self) -> Decimal:
        return self.if_proven - self.as_is


def affair_covers(edition: Edition, affairs: Iterable[str]) -> list[AffairCover]:
    """The affairs the count rule looks at (the basic ones), each with its number of innovations."""
    tally: dict[str, int] = {}
    for code in affairs:
        tally[code] = tally.get(code, 0) + 1
    return [AffairCover(edition.affairs_by_code[code], tally.get(code, 0)) for code in edition.count.affairs]


def indicator_gaps(edition: Edition, packed: Sequence[str], divisor: int, most: int = 5) -> list[IndicatorGap]:
    """The indicators that lack most over all innovations, worst first. ``packed``: levels in the edition's order."""
    gaps = [
        _gap(edition, indicator, [levels[at] for levels in packed], divisor)
        for at, indicator in enumerate(edition.innovation)
    ]
    return sorted((gap for gap in gaps if gap.points), key=lambda gap: (-gap.points, gap.indicator.number))[:most]


def _gap(edition: Edition, indicator: Indicator, levels: Sequence[str], divisor: int) -> IndicatorGap:
    missing = sum(TOP_LEVEL - (0 if level == UNANSWERED else int(level)) for level in levels)
    points = indicator.weight * missing
    gain = rounded(index_gain(edition, points, divisor), edition.rounding.index_decimals)
    return IndicatorGap(indicator, points, gain, sum(level in (UNANSWERED, "0") for level in levels))
