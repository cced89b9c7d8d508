"""What is still within reach: for every innovation and indicator the higher levels, what each adds to the *index*, and its effort.

Gains are differences of the index as the edition's own formula gives it, so divisor, count, cap and affairs rule are in
them. As long as the same innovations are sent every formula is linear in the levels: gains of different places add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pamong.engine.formulas import Tally
from pamong.engine.model import TOP_LEVEL, Edition, Indicator
from pamong.engine.situation import INSTITUTION, Place, Situation, index_of

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Effort:
    """What reaching a level from the one below takes: days of work, rupiah, and calendar days until the proof is there."""

    days: Decimal
    cost: Decimal = _ZERO
    lead: int = 0


Efforts = Mapping[
    tuple[str, int], Effort
]  # by indicator and level reached; one absent means nobody may plan that level


@dataclass(frozen=True)
class Step:
    """Raising one indicator of one innovation (or of the region itself) from ``start`` to ``level``.

    ``points`` of maturity (of the institution, for the region itself); ``gain`` in points of the index, exact. Days and
    cost of the levels between add up; they can be prepared side by side, so ``lead`` is the longest of them."""

    innovation: str
    indicator: str
    start: int
    level: int
    points: Decimal
    gain: Fraction
    days: Decimal
    cost: Decimal
    lead: int

    @property
    def place(self) -> Place:
        return self.innovation, self.indicator


@dataclass(frozen=True)
class Gap:
    """One indicator below its highest level, with a step to every higher level that has an effort."""

    innovation: str
    indicator: str
    level: int
    steps: tuple[Step, ...]

    @property
    def next(self) -> Step:
        return self.steps[0]

    @property
    def best(self) -> Step:
        """The step that gives most index for a day of work; the smaller one of two equal."""
        return max(self.steps, key=lambda step: (per_day(step), -step.level))


def per_day(step: Step) -> Fraction:
    """Index points for one day of work; without any work counted as for a tenth of a day."""
    return step.gain / max(Fraction(step.days), Fraction(1, 10))


def gaps(situation: Situation, efforts: Efforts) -> tuple[Gap, ...]:
    """Everything still within reach: the region's own indicators first, then the innovations in the order given.

    A rejected innovation has none: whatever is proven for it, the index stays."""
    own, sent = gain_per_point(situation)
    ladder = _ladder(situation.edition.institution, own, efforts)
    found = _of(INSTITUTION, situation.institution, ladder)
    rungs = _ladder(situation.edition.innovation, sent, efforts)
    for each in situation.innovations:
        if each.accepted:
            found += _of(each.code, each.levels, rungs)
    return tuple(found)


def gain_per_point(situation: Situation) -> tuple[Fraction, Fraction]:
    """What one point of the institution, and one point of one innovation's maturity, add to the index. Exact."""
    edition, now = situation.edition, situation.tally
    return (
        _difference(edition, now, replace(now, institution=now.institution + 1)),
        _difference(edition, now, replace(now, maturities=now.maturities + 1)),
    )


def _difference(edition: Edition, before: Tally, after: Tally) -> Fraction:
    return index_of(edition, after) - index_of(edition, before)


_Ladder = dict[tuple[str, int], tuple[Step, ...]]  # the steps from each level of each indicator, without an innovation


def _ladder(indicators: tuple[Indicator, ...], per_point: Fraction, efforts: Efforts) -> _Ladder:
    return {
        (each.code, start): tuple(_steps(each, start, per_point, efforts))
        for each in indicators
        for start in range(TOP_LEVEL)
    }


def _steps(indicator: Indicator, start: int, per_point: Fraction, efforts: Efforts) -> list[Step]:
    found: list[Step] = []
    days, cost, lead = _ZERO, _ZERO, 0
    for level in range(start + 1, TOP_LEVEL + 1):
        effort = efforts.get((indicator.code, level))
        if effort is None:
            break
        days, cost, lead = days + effort.days, cost + effort.cost, max(lead, effort.lead)
        points = indicator.weight * (level - start)
        gain = Fraction(points) * per_point
        found.append(Step(INSTITUTION, indicator.code, start, level, points, gain, days, cost, lead))
    return found


def _of(innovation: str, levels: Mapping[str, int], ladder: _Ladder) -> list[Gap]:
    return [
        Gap(innovation, code, start, tuple(replace(step, innovation=innovation) for step in steps))
        for (code, start), steps in ladder.items()
        if steps and levels.get(code, 0) == start
    ]
