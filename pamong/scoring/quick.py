"""Both indices of one region without their lines: whole numbers from packed levels, the edition's own formula.

The figures equal those of ``queries.index`` exactly; a test holds them to it. For a thousand regions see ``nation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from operator import mul

from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.engine.edition import Counted, Edition, Indicator
from pamong.engine.formulas import FORMULAS, Tally
from pamong.engine.index import rounded
from pamong.scoring.queries.inputs import Reported, Value, is_accepted

_MARK = {"-": 0, "0": 0, "1": 1, "2": 2, "3": 3}


def index(assessment: Assessment, rows: Sequence[Reported], value: Value) -> Decimal:
    """The published index from entries already read."""
    edition = assessment.edition
    closed = assessment.phase == Phase.CLOSED
    kept = [row for row in rows if is_accepted(row.state, value, closed=closed)]
    innovations = [row for row in kept if not row.is_institution]
    sent = [row for row in rows if not row.is_institution]
    tally = Tally(
        institution=_sum(edition.institution, [row.packed(value) for row in kept if row.is_institution]),
        maturities=_sum(edition.innovation, [row.packed(value) for row in innovations]),
        reported=len(sent),
        accepted=len(innovations),
        affairs=_affairs(edition, sent, innovations),
    )
    parts = FORMULAS[edition.formula](edition, tally)
    return rounded(parts.total / Fraction(edition.declared.total) * 100, edition.rounding.index_decimals)


def _sum(indicators: Sequence[Indicator], packed: Sequence[str]) -> Fraction:
    """The points of all ``packed`` levels together."""
    weights = [Fraction(each.weight) for each in indicators]
    by_place = [sum(map(_MARK.__getitem__, marks)) for marks in zip(*packed, strict=True)]
    return sum(map(mul, weights, by_place), Fraction(0))


def _affairs(edition: Edition, sent: Sequence[Reported], accepted: Sequence[Reported]) -> int:
    rows = sent if edition.count.affairs_use is Counted.REPORTED else accepted
    return len({row.affair for row in rows} & set(edition.count.affairs))
