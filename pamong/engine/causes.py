"""Why an index moved: the change between two results, split among its causes so that the parts sum to it exactly.

Causes act together (more innovations matter more when they are mature), so "change one thing after the other" gives parts
that depend on the order. Here each part is the Shapley value: the mean of what the cause contributes over all orders
(L. S. Shapley, A Value for n-Person Games, 1953). It depends on no order, and the parts sum to the change. With eight causes
all 256 combinations are computed, in fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import factorial

from pamong.engine.formulas import FORMULAS, Tally
from pamong.engine.index import rounded
from pamong.engine.model import Edition
from pamong.engine.situation import Situation, claimed_points, covered, institution_points


class Cause(StrEnum):
    """What may have moved an index or a rank."""

    RULES = "rules"  # the edition: weights, divisor, count, affairs demanded
    INSTITUTION = "institution"  # the levels of the region's own indicators
    MATURITY = "maturity"  # what is proven for an innovation on average, those rejected included
    SENT = "sent"  # how many were sent, as far as it fills or thins the mean
    REJECTIONS = "rejections"  # the share of the maturity that was rejected
    COUNT = "count"  # how many were sent, as far as the count itself is rewarded
    AFFAIRS = "affairs"  # how many of the demanded affairs are represented
    PEERS = "peers"  # the other regions' indices; moves a rank only


OF_INDEX = tuple(cause for cause in Cause if cause is not Cause.PEERS)
OF_RANK = tuple(Cause)

LABELS: Mapping[Cause, str] = {
    Cause.RULES: "perubahan aturan",
    Cause.INSTITUTION: "indikator daerah",
    Cause.MATURITY: "kematangan inovasi",
    Cause.SENT: "banyaknya inovasi sebagai pembagi",
    Cause.REJECTIONS: "penolakan",
    Cause.COUNT: "jumlah inovasi",
    Cause.AFFAIRS: "urusan pelayanan dasar",
    Cause.PEERS: "gerak daerah lain",
}


@dataclass(frozen=True)
class Facts:
    """A result as its causes, under some edition: points of the institution, mean maturity of an innovation sent as if none
    were rejected, the share of it lost to rejections, and the numbers."""

    institution: Fraction
    maturity: Fraction
    lost: Fraction
    sent: int
    rejected: int
    affairs: int


@dataclass(frozen=True)
class Part:
    """What one cause contributed to the change."""

    cause: Cause
    amount: Fraction

    @property
    def label(self) -> str:
        return LABELS[self.cause]


@dataclass(frozen=True)
class Split:
    """A change and its parts, which sum to it exactly."""

    before: Fraction
    after: Fraction
    parts: tuple[Part, ...]

    @property
    def change(self) -> Fraction:
        return self.after - self.before

    def printed(self, decimals: int) -> tuple[tuple[Part, Decimal], ...]:
        """Each part rounded so that the printed parts sum to the printed change (largest remainders first)."""
        unit = Fraction(1, 10**decimals)
        whole = [part.amount // unit for part in self.parts]
        change = _units(self.after, decimals) - _units(self.before, decimals)
        order = sorted(range(len(whole)), key=lambda at: self.parts[at].amount / unit - whole[at], reverse=True)
        spare = change - sum(whole)
        for at in range(abs(spare)):
            whole[order[at if spare > 0 else -1 - at]] += 1 if spare > 0 else -1
        return tuple(
            (part, Decimal(int(units)).scaleb(-decimals)) for part, units in zip(self.parts, whole, strict=True)
        )


def facts(edition: Edition, situation: Situation) -> Facts:
    """``situation`` as its causes, counted by the rules of ``edition`` (its own, or another year's)."""
    every = [claimed_points(edition, each) for each in situation.innovations]
    total = sum(every, Fraction(0))
    lost = sum(
        (points for points, each in zip(every, situation.innovations, strict=True) if not each.accepted), Fraction(0)
    )
    return Facts(
        institution=institution_points(edition, situation.institution),
        maturity=total / len(every) if every else Fraction(0),
        lost=lost / total if total else Fraction(0),
        sent=len(every),
        rejected=sum(not each.accepted for each in situation.innovations),
        affairs=covered(edition, situation.innovations),
    )


def split(before: Situation, after: Situation) -> Split:
    """Why the (exact) index moved from ``before`` to ``after``: two years, two states of one year, or two regions."""
    index = _indices(before, after)
    return Split(before.index, after.index, shapley(OF_INDEX, index))


def split_rank(before: Situation, after: Situation, peers: tuple[Sequence[Decimal], Sequence[Decimal]]) -> Split:
    """Why the rank moved; ``peers`` are the published indices of the other regions then and now. Down is better."""
    index, cached = _indices(before, after), {}
    sorted_peers = tuple(sorted(each) for each in peers)

    def rank(on: frozenset[Cause]) -> Fraction:
        ours = on - {Cause.PEERS}
        if ours not in cached:
            edition = after.edition if Cause.RULES in on else before.edition
            cached[ours] = rounded(index(ours), edition.rounding.index_decimals)
        return Fraction(rank_among(cached[ours], sorted_peers[Cause.PEERS in on]))

    return Split(rank(frozenset()), rank(frozenset(OF_RANK)), shapley(OF_RANK, rank))


def rank_among(index: Decimal, peers: Sequence[Decimal]) -> int:
    """The rank of a published ``index``: one more than the peers above it; equal values share a rank."""
    return 1 + sum(peer > index for peer in peers)


def shapley(causes: Sequence[Cause], value: Callable[[frozenset[Cause]], Fraction]) -> tuple[Part, ...]:
    """The part of each of ``causes`` in ``value(all)`` − ``value(none)``. ``value`` is asked once for each combination."""
    every = [value(frozenset(c for at, c in enumerate(causes) if mask >> at & 1)) for mask in range(1 << len(causes))]
    size = len(causes)
    share = [Fraction(factorial(k) * factorial(size - k - 1), factorial(size)) for k in range(size)]
    parts = []
    for at, cause in enumerate(causes):
        bit = 1 << at
        amount = sum(
            (
                share[mask.bit_count()] * (every[mask | bit] - every[mask])
                for mask in range(1 << size)
                if not mask & bit
            ),
            Fraction(0),
        )
        parts.append(Part(cause, amount))
    return tuple(parts)


def _indices(before: Situation, after: Situation) -> Callable[[frozenset[Cause]], Fraction]:
    """The index with some causes as ``after`` and the others as ``before``."""
    editions = (before.edition, after.edition)
    known = [[facts(edition, each) for each in (before, after)] for edition in editions]

    def index(on: frozenset[Cause]) -> Fraction:
        edition = editions[Cause.RULES in on]
        return _index(edition, known[Cause.RULES in on], on)

    return index


def _index(edition: Edition, known: Sequence[Facts], on: frozenset[Cause]) -> Fraction:
    """One combination. The number sent stands twice: as divisor of the mean, and as what the count rewards."""
    of = {cause: known[cause in on] for cause in OF_INDEX}
    sent, counted = of[Cause.SENT].sent, of[Cause.COUNT].sent
    rejected, affairs = of[Cause.REJECTIONS].rejected, of[Cause.AFFAIRS].affairs
    maturities = of[Cause.MATURITY].maturity * sent * (1 - of[Cause.REJECTIONS].lost)
    institution = of[Cause.INSTITUTION].institution
    formula = FORMULAS[edition.formula]
    mean = formula(edition, Tally(institution, maturities, sent, max(sent - rejected, 0), affairs))
    count = formula(edition, Tally(institution, maturities, counted, max(counted - rejected, 0), affairs))
    return (mean.institution + mean.maturity + count.count) / Fraction(edition.declared.total) * 100


def _units(value: Fraction, decimals: int) -> int:
    """``value`` as published, in units of its last digit."""
    return int(value * 10**decimals + Fraction(1, 2))
