"""The shapes the regional index has had. An edition names the one it uses; its numbers stay in the edition.

Each formula takes the edition and a ``Tally`` and returns the parts of the total, exact. A change of shape gets a new
name here; a change of numbers does not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pamong.engine.model import Counted, Edition


@dataclass(frozen=True)
class Tally:
    """What the formulas look at: points of the institution, the sum of proven maturities, and how many there are."""

    institution: Fraction
    maturities: Fraction
    reported: int
    accepted: int
    affairs: int

    def counted(self, which: Counted) -> int:
        return self.reported if which is Counted.REPORTED else self.accepted


@dataclass(frozen=True)
class Parts:
    """The three parts of the total, and the divisor that made the mean."""

    institution: Fraction
    maturity: Fraction
    count: Fraction
    divisor: int

    @property
    def total(self) -> Fraction:
        return self.institution + self.maturity + self.count


Formula = Callable[[Edition, Tally], Parts]


def region_1(edition: Edition, tally: Tally) -> Parts:
    """Institution + Σ maturity ÷ max(floor, n) + min(n, cap) × weight. BSKDN slides 2023."""
    divisor = max(edition.divisor.floor, tally.counted(edition.divisor.uses))
    count = min(tally.counted(edition.count.uses), edition.count.cap) * Fraction(edition.count.weight)
    return Parts(tally.institution, tally.maturities / divisor, count, divisor)


def region_2(edition: Edition, tally: Tally) -> Parts:
    """As ``region_1``, but the count is worth nothing with too few basic affairs. BSKDN letter 400.10.11/1887/BSKDN, 2026."""
    parts = region_1(edition, tally)
    if tally.affairs >= edition.count.affairs_minimum:
        return parts
    return Parts(parts.institution, parts.maturity, Fraction(0), parts.divisor)


FORMULAS: Mapping[str, Formula] = {"region-1": region_1, "region-2": region_2}
