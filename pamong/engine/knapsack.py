"""The multiple-choice knapsack in whole numbers, solved by HiGHS (``scipy.optimize.milp``), which is imported when asked.

Gains, days and costs come as fractions and are scaled to whole numbers first: then "nothing better exists" can be read off
the solver's bound without trusting its last digits, and what is equal compares equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, gcd, lcm
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

EXACT = 10**11  # sums of whole numbers below this are safe in the solver's floating point
TIME_LIMIT = 60.0  # seconds for one solution; a region's take hundredths
Cap = tuple[str | None, Decimal | None, Decimal | None]  # whose (None: all together), most days, most money


@dataclass(frozen=True)
class Choice:
    """``count`` places alike, each of which takes one of ``options`` = (gain, days, cost), or none unless it ``must``."""

    owner: str
    count: int
    options: tuple[tuple[Fraction, Decimal, Decimal], ...]
    must: bool = False


@dataclass(frozen=True)
class Answer:
    """How often each option of each choice is taken. ``gain`` is exact; ``proven``: the bound shows that none is better."""

    counts: tuple[tuple[int, ...], ...]
    gain: Fraction
    proven: bool


class NoAnswer(ValueError):
    """Nothing satisfies the conditions."""


class Model:
    """The choices as columns of whole numbers; asked again and again under different caps."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.choices = choices
        options = [(choice, option) for choice in choices for option in choice.options]
        self.owners = [choice.owner for choice, _ in options]
        self.gain = _Column([gain for _, (gain, _, _) in options])
        self.days = _Column([days for _, (_, days, _) in options])
        self.cost = _Column([cost for _, (_, _, cost) in options])

    def most(self, caps: Sequence[Cap]) -> Answer:
        """The most that can be gained; which of several best answers is left open. Raises ``NoAnswer``."""
        return self._answer(*self._solve(self.gain, -1, self._rows(caps)))

    def best(self, caps: Sequence[Cap]) -> Answer:
        """The most gain; of equal answers the fewest days, then the least cost. Raises ``NoAnswer``."""
        return self._ordered([(self.gain, -1), (self.days, 1), (self.cost, 1)], self._rows(caps))

    def least(self, needed: Fraction, caps: Sequence[Cap]) -> Answer:
        """The fewest days that gain ``needed``; of equal answers the least cost, then the most gain. Raises ``NoAnswer``."""
        floor = _row(self.gain, ceil(needed / self.gain.unit), None)
        return self._ordered([(self.days, 1), (self.cost, 1), (self.gain, -1)], [*self._rows(caps), floor])

    def _ordered(self, wishes: Sequence[tuple[_Column, int]], rows: list[_Row]) -> Answer:
        """One wish after the other, each as far as the earlier ones leave room."""
        proven = True
        for column in self._folded(wishes):
            counts, sure = self._solve(column, 1, rows)
            proven = proven and sure
            rows = [*rows, _row(column, None, column.sum(counts))]
        return self._answer(counts, proven)

    def _folded(self, wishes: Sequence[tuple[_Column, int]]) -> list[_Column]:
        """The wishes as sums to be made least, several in one where the numbers stay small: one solution instead of two."""
        folded: list[_Column] = []
        for column, sign in wishes:
            if not any(column.whole) and folded:
                continue
            reach = self._reach(column) + 1
            if folded and self._reach(folded[-1]) * reach < EXACT:
                folded[-1] = folded[-1].over(column, sign, reach)
            else:
                folded.append(column.over(column, sign, 0))
        return folded

    def _reach(self, column: _Column) -> int:
        """The largest sum ``column`` can come to."""
        at, reach = 0, 0
        for choice in self.choices:
            reach += choice.count * max(abs(value) for value in column.whole[at : at + len(choice.options)])
            at += len(choice.options)
        return reach

    def _rows(self, caps: Sequence[Cap]) -> list[_Row]:
        rows = []
        for owner, days, cost in caps:
            mine = None if owner is None else [each == owner for each in self.owners]
            if days is not None:
                rows.append(_row(self.days, None, int(Fraction(days) // self.days.unit), mine))
            if cost is not None:
                rows.append(_row(self.cost, None, int(Fraction(cost) // self.cost.unit), mine))
        return rows

    def _solve(self, column: _Column, sign: int, rows: Sequence[_Row]) -> tuple[list[int], bool]:
        """The counts that make ``sign`` × ``column`` least, and whether the bound proves it."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        if not self.owners:
            return [], _satisfied(rows)
        wish = sign * np.array(column.whole, dtype=float)
        limits = [self._one_each]
        if rows:
            values = csr_array(np.array([row.values for row in rows], dtype=float))
            limits.append(LinearConstraint(values, [row.least for row in rows], [row.most for row in rows]))
        most = [choice.count for choice in self.choices for _ in choice.options]
        result = milp(
            wish,
            integrality=np.ones(len(wish)),
            bounds=Bounds(0, most),
            constraints=limits,
            options={"mip_rel_gap": 0.0, "time_limit": TIME_LIMIT},
        )
        if result.x is None:
            raise NoAnswer(result.message)
        counts = [round(value) for value in result.x]
        # Whole numbers: what lies less than one unit above the bound cannot be beaten.
        return counts, bool(sign * column.sum(counts) - result.mip_dual_bound < 1 - 1e-6)

    @cached_property
    def _one_each(self) -> Any:
        """Every place takes one option at most, or exactly one where it must."""
        import numpy as np
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        home = [at for at, choice in enumerate(self.choices) for _ in choice.options]
        ones = csr_array((np.ones(len(home)), (home, range(len(home)))), shape=(len(self.choices), len(home)))
        counts = [choice.count for choice in self.choices]
        return LinearConstraint(ones, [choice.count if choice.must else 0 for choice in self.choices], counts)

    def _answer(self, counts: Sequence[int], proven: bool) -> Answer:
        taken, at = [], 0
        for choice in self.choices:
            taken.append(tuple(counts[at : at + len(choice.options)]))
            at += len(choice.options)
        return Answer(tuple(taken), self.gain.sum(counts) * self.gain.unit, proven)


class _Column:
    """One figure of every option, as whole multiples of the largest unit that divides them all."""

    def __init__(self, values: Sequence[Fraction | Decimal]) -> None:
        exact = [Fraction(value) for value in values]
        self.unit = largest_unit(exact)
        self.whole = [int(value / self.unit) for value in exact]

    def over(self, lesser: _Column, sign: int, reach: int) -> _Column:
        """This column, and where it is equal ``sign`` × ``lesser``, whose sums stay below ``reach``."""
        pairs = zip(self.whole, lesser.whole, strict=True)
        return _Column([Fraction(value * reach + sign * less) for value, less in pairs])

    def sum(self, counts: Sequence[int]) -> int:
        return sum(value * count for value, count in zip(self.whole, counts, strict=True))


@dataclass(frozen=True)
class _Row:
    """A condition: the sum of ``values`` lies between ``least`` and ``most``."""

    values: Sequence[int]
    least: float
    most: float


def _row(column: _Column, least: int | None, most: int | None, mine: Sequence[bool] | None = None) -> _Row:
    values = column.whole if mine is None else [value * own for value, own in zip(column.whole, mine, strict=True)]
    # Half a unit of room: sums of whole numbers compare the same, and the solver's tolerance cannot tip them.
    return _Row(values, float("-inf") if least is None else least - 0.5, float("inf") if most is None else most + 0.5)


def _satisfied(rows: Sequence[_Row]) -> bool:
    """With nothing to choose every sum is zero. Raises ``NoAnswer``."""
    if any(not row.least <= 0 <= row.most for row in rows):
        raise NoAnswer("nothing to choose")
    return True


def largest_unit(values: Sequence[Fraction]) -> Fraction:
    """The largest number all ``values`` are whole multiples of; one if there is nothing but zero."""
    below = lcm(*(value.denominator for value in values))
    return Fraction(gcd(*(int(value * below) for value in values)) or 1, below)
