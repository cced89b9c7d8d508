"""What is still within reach, as a table for people: where, what it adds to the index, what it takes, who would do it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pamong.engine import gaps as engine
from pamong.engine.gaps import Efforts, Step, per_day
from pamong.engine.index import rounded
from pamong.planning.queries.ground import Ground, Item

DECIMALS = 4  # one step of one innovation moves the index by hundredths; two decimals would show many zeros


@dataclass(frozen=True, slots=True)
class GapRow:
    """One indicator below its top: the next step, and the step to the top."""

    item: Item
    indicator_code: str
    indicator: str
    mandatory: bool
    next: Step
    top: Step

    @property
    def gain(self) -> Decimal:
        return rounded(self.next.gain, DECIMALS)

    @property
    def top_gain(self) -> Decimal:
        return rounded(self.top.gain, DECIMALS)

    @property
    def per_day(self) -> Decimal:
        return rounded(per_day(self.next), DECIMALS)


SORTS: dict[str, Callable[[GapRow], Any]] = {
    "hasil": lambda row: (-per_day(row.next), -row.next.gain),
    "nilai": lambda row: (-row.next.gain, row.next.days),
    "hari": lambda row: (row.next.days, -row.next.gain),
    "inovasi": lambda row: (row.item.name, row.indicator_code),
    "instansi": lambda row: (row.item.agency_name, -per_day(row.next)),
}
BY_WORTH = frozenset(["hasil", "nilai", "hari"])


def rows(found: Ground, efforts: Efforts, codes: Iterable[str]) -> list[GapRow]:
    """The gaps of the items ``codes``, those first that bring most for a day of work."""
    wanted, indicators = frozenset(codes), found.edition.indicators
    made = [
        GapRow(
            found.items[gap.innovation],
            gap.indicator,
            indicators[gap.indicator].name,
            indicators[gap.indicator].mandatory,
            gap.next,
            gap.steps[-1],
        )
        for gap in engine.gaps(found.situation, efforts)
        if gap.innovation in wanted and gap.innovation in found.items
    ]
    return _sorted(made, "hasil")


def _sorted(given: Sequence[GapRow], sort: str) -> list[GapRow]:
    """In the order of ``sort``. Rows of one indicator and level are worth the same, so only one of each kind is weighed: a
    region has thousands of rows, and fractions are slow to compare."""
    if sort not in BY_WORTH:
        return sorted(given, key=SORTS[sort])
    kinds = {(row.indicator_code, row.next.start): SORTS[sort](row) for row in given}
    order = {key: at for at, (key, _) in enumerate(itertools.groupby(sorted(kinds.values())))}
    place = {kind: order[key] for kind, key in kinds.items()}
    return sorted(given, key=lambda row: place[row.indicator_code, row.next.start])


def narrowed(every: Iterable[GapRow], *, words: str = "", agency: str = "", indicator: str = "", sort: str = "") -> list[GapRow]:  # fmt: skip
    """``every`` as a filter asks for it; unknown words of order keep the order."""
    words = words.casefold()
    kept = [
        row
        for row in every
        if (not words or words in row.item.name.casefold())
        and (not agency or row.item.agency == agency)
        and (not indicator or row.indicator_code == indicator)
    ]
    return _sorted(kept, sort) if sort in SORTS else kept


@dataclass(frozen=True, slots=True)
class Reach:
    """How much lies within reach: the index now, with everything closed, and the work that would take."""

    now: Decimal
    all: Decimal
    days: Decimal
    places: int


def reach(found: Ground, every: Iterable[GapRow]) -> Reach:
    """Over the rows given: the index now, and if each reached its top."""
    kept = list(every)
    digits = found.edition.rounding.index_decimals
    gain = sum((row.top.gain for row in kept), Fraction(0))
    return Reach(
        rounded(found.situation.index, digits),
        rounded(found.situation.index + gain, digits),
        sum((row.top.days for row in kept), Decimal(0)),
        len(kept),
    )
