"""Which innovations to send: the year's entries as prospects, with the chance each is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pamong.agencies.models import Region
from pamong.assessments.completeness import eligibility
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.queries import full
from pamong.assessments.states import REPORTED, State
from pamong.engine.eligibility import may_enter
from pamong.engine.index import InnovationInput, rounded
from pamong.engine.portfolio import Effect, NotCounted, Peak, Portfolio, Prospect, Risk, turning_point
from pamong.engine.situation import Situation
from pamong.planning.models import Chance
from pamong.planning.queries.ground import Ground, Item

USUAL = 90  # per cent, where a region has decided too little to learn from
ENOUGH = 5
DECIDED = {State.ACCEPTED: 100, State.REJECTED: 0}


@dataclass(frozen=True, slots=True)
class History:
    """How many of the region's innovations were decided, and how many of them accepted."""

    decided: int
    accepted: int

    @property
    def percent(self) -> int:
        """The share accepted, a first and a second case on each side added so that few cases do not claim certainty."""
        return round(100 * (self.accepted + 1) / (self.decided + 2)) if self.decided >= ENOUGH else USUAL

    @property
    def is_learnt(self) -> bool:
        return self.decided >= ENOUGH


@dataclass(frozen=True, slots=True)
class Row:
    """One innovation: is it sent in the best choice, what does sending it do, how sure is it, what bars it."""

    item: Item
    maturity: Decimal
    percent: int
    is_set: bool
    is_bound: bool
    barred: str
    is_sent: bool
    gain: Fraction

    @property
    def effect(self) -> Decimal:
        """What sending it does to the index, everything else as in the best choice."""
        return rounded(self.gain, 2) if self.gain >= 0 else -rounded(-self.gain, 2)

    @property
    def advice(self) -> str:
        if self.is_bound:
            return "sudah dikirim"
        return "tidak memenuhi syarat" if self.barred else "kirim" if self.is_sent else "tahan"

    @property
    def tone(self) -> str:
        return {"kirim": "good", "tahan": "warn", "tidak memenuhi syarat": "bad"}.get(self.advice, "neutral")


@dataclass(frozen=True)
class Choice:
    """The best set, beside sending everything; the curve over how many are sent, and where one more begins to cost."""

    best: Peak
    everything: Fraction
    curve: tuple[Peak, ...]
    turning: Peak | None
    risk: Risk
    rows: tuple[Row, ...]
    history: History
    digits: int

    @property
    def best_index(self) -> Decimal:
        return rounded(self.best.index, self.digits)

    @property
    def points(self) -> list[tuple[int, Decimal]]:
        """The curve as published digits."""
        return [(peak.sent, rounded(peak.index, self.digits)) for peak in self.curve]

    @property
    def everything_index(self) -> Decimal:
        return rounded(self.everything, self.digits)

    @property
    def next_index(self) -> Decimal | None:
        """The index with one more than is best."""
        after = [peak for peak in self.curve if peak.sent == self.best.sent + 1]
        return rounded(after[0].index, self.digits) if after else None


def history(region: Region) -> History:
    """Over every year: what verifiers decided."""
    states = list(
        Entry.objects.filter(region=region, kind=Entry.Kind.INNOVATION, state__in=DECIDED).values_list(
            "state", flat=True
        )
    )
    return History(len(states), states.count(State.ACCEPTED))


def choice(found: Ground) -> Choice:
    """What to send in the year of ``found``."""
    assessment = found.assessment
    seen = history(assessment.region)
    own = dict(Chance.objects.filter(entry__assessment=assessment).values_list("entry_id", "percent"))
    barred = _barred(assessment)
    items = [item for item in found.items.values() if not item.is_own]
    prospects = [_prospect(item, own.get(item.pk, seen.percent), barred) for item in items]
    portfolio = Portfolio(found.situation, prospects)
    best = portfolio.best()
    effects = {each.code: each for each in portfolio.effects(best.codes)}
    curve = portfolio.curve()
    sendable = [each.code for each in prospects if each.bound or not each.barred]
    rows = [
        _row(item, each, portfolio, effects[item.code], barred, own)
        for item, each in zip(items, prospects, strict=True)
    ]
    return Choice(
        best, portfolio.expected(sendable), curve, turning_point(curve), portfolio.risk(best.codes),
        tuple(sorted(rows, key=lambda row: (-row.gain, row.item.name))), seen, found.edition.rounding.index_decimals,
    )  # fmt: skip


def chance(found: Ground, after: Situation, target: Decimal) -> dict[str, str]:
    """What to expect once the levels of ``after`` are proven, and how likely the published index then reaches ``target``:
    rejections as the region's history, or what it said of single innovations, lets expect. Empty where the rules count
    accepted innovations only."""
    seen = history(found.assessment.region)
    own = dict(Chance.objects.filter(entry__assessment=found.assessment).values_list("entry_id", "percent"))
    prospects = [
        _prospect(
            replace(found.items[each.code], levels=each.levels), own.get(found.items[each.code].pk, seen.percent), {}
        )
        for each in after.innovations
    ]
    sent = [each.code for each in prospects]
    try:
        portfolio = Portfolio(after, prospects)
    except NotCounted:
        return {}
    percent, risk = portfolio.chance(sent, target) * 100, portfolio.risk(sent)
    return {
        "target": str(target), "percent": f"{percent:.0f}", "expected": str(risk.expected), "lowest": str(risk.lowest),
        "accepted": f"{seen.accepted}", "decided": f"{seen.decided}",
    }  # fmt: skip


def _prospect(item: Item, percent: int, barred: Mapping[str, str]) -> Prospect:
    percent = DECIDED.get(State(item.state), percent)
    bound = item.state in REPORTED
    innovation = InnovationInput(item.code, item.affair, item.levels)
    return Prospect(innovation, Fraction(percent, 100), bound=bound, barred=not bound and item.code in barred)


def _row(
    item: Item, each: Prospect, portfolio: Portfolio, effect: Effect, barred: Mapping[str, str], own: Mapping[int, int]
) -> Row:
    return Row(
        item,
        rounded(portfolio.value[item.code], 2),
        round(each.chance * 100),
        item.pk in own and item.state not in DECIDED,
        each.bound,
        "" if each.bound else barred.get(item.code, ""),
        effect.is_sent,
        effect.gain,
    )


def _barred(assessment: Assessment) -> dict[str, str]:
    """Entries not sent yet that the year's rules would not admit (mandatory proofs apart: those can still be brought)."""
    rows = full(Entry.objects.filter(assessment=assessment, kind=Entry.Kind.INNOVATION).exclude(state__in=REPORTED))
    found = {}
    for entry in rows:
        if entry.innovation is None:
            continue
        all_found = eligibility(assessment.edition, entry.innovation, times_entered=entry.times_entered)  # type: ignore[attr-defined]
        blocking = [each for each in all_found if each.blocks and each.code in ("stage", "window", "trial", "entries")]
        if not may_enter(blocking):
            found[entry.code] = blocking[0].message
    return found
