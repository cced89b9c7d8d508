"""Which innovations to send: every one adds to the count and, if proven, to the mean; every one also divides.

The choice is exact. With a given number sent only the sum of (expected) maturities matters, and whether enough affairs are
represented; so for each number the best set is the one with the highest values, or the best of each affair of some
smallest sufficient set of affairs and then the highest values. All such sets are tried; there are at most a few dozen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, combinations

from pamong.engine.formulas import Tally
from pamong.engine.index import InnovationInput, rounded
from pamong.engine.knapsack import largest_unit
from pamong.engine.model import Counted, Edition
from pamong.engine.situation import Situation, claimed_points, index_of, institution_points


class NotCounted(ValueError):
    """The edition looks at accepted innovations only: then chances below one have no exact expectation here."""


@dataclass(frozen=True)
class Prospect:
    """An innovation that may be sent: with the levels thought provable and the ``chance`` that it is accepted.

    ``bound``: sent already, it cannot be held back. ``barred``: the rules do not admit it (or not a third time)."""

    innovation: InnovationInput
    chance: Fraction = Fraction(1)
    bound: bool = False
    barred: bool = False

    @property
    def code(self) -> str:
        return self.innovation.code


@dataclass(frozen=True)
class Peak:
    """The best index with exactly ``sent`` innovations, and which these are."""

    sent: int
    index: Fraction
    codes: frozenset[str]


@dataclass(frozen=True)
class Effect:
    """What one innovation does to the index: ``gain`` of having it among those sent, beside not having it there."""

    code: str
    is_sent: bool
    gain: Fraction


@dataclass(frozen=True)
class Risk:
    """How the index may come out: its mean, its standard deviation, and the extremes, all published digits."""

    expected: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal


class Portfolio:
    """All questions about one list of prospects under one edition."""

    def __init__(self, situation: Situation, prospects: Sequence[Prospect]) -> None:
        """``situation`` gives the edition and the region's own indicators. Raises ``NotCounted``."""
        self.edition, self.prospects = situation.edition, tuple(prospects)
        self.own = institution_points(self.edition, situation.institution)
        self.value = {each.code: claimed_points(self.edition, each.innovation) for each in prospects}
        _require_reported(self.edition, prospects)

    @cached_property
    def by_code(self) -> dict[str, Prospect]:
        return {each.code: each for each in self.prospects}

    def worth(self, each: Prospect) -> Fraction:
        """The maturity to expect of ``each``."""
        return self.value[each.code] * each.chance

    def expected(self, codes: Iterable[str]) -> Fraction:
        """The index to expect if exactly ``codes`` are sent. Exact."""
        sent = [self.by_code[code] for code in codes]
        return self._index(sent, sum(map(self.worth, sent), Fraction(0)))

    def curve(self) -> tuple[Peak, ...]:
        """For every possible number the best set; among equal ones the one with those standing earlier in the list."""
        bound = [each for each in self.prospects if each.bound]
        free = [each for each in self.prospects if not each.bound and not each.barred]
        free.sort(key=self.worth, reverse=True)  # stable: equal ones stay in the order given
        orders = [free, *self._covering(bound, free)]
        sums = [list(accumulate(map(self.worth, order), initial=Fraction(0))) for order in orders]
        return tuple(self._peak(bound, orders, sums, number) for number in range(len(free) + 1))

    def best(self) -> Peak:
        """The best of all sets; of equal ones that with fewer innovations."""
        return max(self.curve(), key=lambda peak: (peak.index, -peak.sent))

    def effects(self, codes: Iterable[str]) -> tuple[Effect, ...]:
        """For every prospect what its being sent adds, everything else staying as ``codes`` says."""
        sent = frozenset(codes)
        inside = [self.by_code[code] for code in sent]
        total = sum(map(self.worth, inside), Fraction(0))
        affairs = Counter(each.innovation.affair for each in inside)
        now = self._with(len(sent), total, affairs)
        found = []
        for each in self.prospects:
            step = -1 if each.code in sent else 1
            beside = affairs.copy()
            beside[each.innovation.affair] += step
            other = self._with(len(sent) + step, total + step * self.worth(each), +beside)
            found.append(Effect(each.code, step < 0, step * (other - now)))
        return tuple(found)

    def risk(self, codes: Iterable[str]) -> Risk:
        """How far the index may lie from what is expected, rejections being independent of each other."""
        sent = [self.by_code[code] for code in codes]
        spread = sum((each.chance * (1 - each.chance) * self.value[each.code] ** 2 for each in sent), Fraction(0))
        sure = sum((self.value[each.code] for each in sent if each.chance == 1), Fraction(0))
        most = sum((self.value[each.code] for each in sent if each.chance), Fraction(0))
        one = self._index(sent, Fraction(1)) - self._index(sent, Fraction(0))
        digits = self.edition.rounding.index_decimals
        deviation = Decimal((spread * one**2).numerator / Decimal((spread * one**2).denominator)).sqrt()
        return Risk(
            expected=rounded(self.expected(each.code for each in sent), digits),
            deviation=rounded(deviation, digits),
            lowest=rounded(self._index(sent, sure), digits),
            highest=rounded(self._index(sent, most), digits),
        )

    def chance(self, codes: Iterable[str], target: Decimal) -> float:
        """The chance that the published index reaches ``target`` if ``codes`` are sent, rejections being independent."""
        import numpy as np

        sent = [self.by_code[code] for code in codes]
        unit = largest_unit([self.value[each.code] for each in sent])
        likely = np.ones(1)
        for each in sent:
            step = int(self.value[each.code] / unit)
            grown = np.zeros(len(likely) + step)
            grown[: len(likely)] += float(1 - each.chance) * likely
            grown[step:] += float(each.chance) * likely
            likely = grown
        half = Fraction(1, 2 * 10**self.edition.rounding.index_decimals)
        nothing = self._index(sent, Fraction(0))
        one = self._index(sent, Fraction(1)) - nothing
        needed = -int((nothing - Fraction(target) + half) / one // unit) if one else 0
        return float(likely[max(needed, 0) :].sum())

    def _index(self, sent: Sequence[Prospect], maturities: Fraction) -> Fraction:
        return self._with(len(sent), maturities, {each.innovation.affair for each in sent})

    def _with(self, sent: int, maturities: Fraction, affairs: Iterable[str]) -> Fraction:
        covered = len(set(affairs) & set(self.edition.count.affairs))
        return index_of(self.edition, Tally(self.own, maturities, sent, sent, covered))

    def _covering(self, bound: Sequence[Prospect], free: Sequence[Prospect]) -> list[list[Prospect]]:
        """Orders of ``free`` that begin with the best of each affair of a smallest set that makes the affairs enough."""
        count = self.edition.count
        present = {each.innovation.affair for each in bound} & set(count.affairs)
        first: dict[str, Prospect] = {}
        for each in free:
            if each.innovation.affair in count.affairs and each.innovation.affair not in present:
                first.setdefault(each.innovation.affair, each)
        lacking = count.affairs_minimum - len(present)
        if lacking <= 0:
            return []
        return [_led(free, chosen) for chosen in combinations(first.values(), lacking)]

    def _peak(
        self, bound: Sequence[Prospect], orders: list[list[Prospect]], sums: list[list[Fraction]], number: int
    ) -> Peak:
        """The best way to send ``number`` more than ``bound``: the plain order, or the covering one worth most."""
        base = sum(map(self.worth, bound), Fraction(0))
        leading = max(range(1, len(orders)), key=lambda at: sums[at][number], default=0)
        found = []
        for at in dict.fromkeys((0, leading)):
            sent = [*bound, *orders[at][:number]]
            index = self._index(sent, base + sums[at][number])
            found.append(Peak(len(sent), index, frozenset(each.code for each in sent)))
        return max(found, key=lambda peak: peak.index)


def turning_point(curve: Sequence[Peak]) -> Peak | None:
    """The set after whose number one more lowers the result for good; ``None`` if sending all is best."""
    best = max(curve, key=lambda peak: (peak.index, -peak.sent))
    return None if best is curve[-1] else best


def rejected(situation: Situation, code: str) -> Fraction:
    """What the index loses if ``code`` is sent and rejected, beside its being accepted."""
    given = tuple(replace(each, accepted=False) if each.code == code else each for each in situation.innovations)
    return situation.index - situation.sending(given).index


def _led(order: Sequence[Prospect], first: Sequence[Prospect]) -> list[Prospect]:
    chosen = {each.code for each in first}
    return [*first, *(each for each in order if each.code not in chosen)]


def _require_reported(edition: Edition, prospects: Sequence[Prospect]) -> None:
    uses = {edition.divisor.uses, edition.count.uses, edition.count.affairs_use}
    if Counted.ACCEPTED in uses and any(each.chance != 1 for each in prospects):
        raise NotCounted(edition.code)
