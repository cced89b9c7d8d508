"""The best plan: which levels to raise so that the index gains most within days, money and time; or the least work to a target.

A multiple-choice knapsack: of every place at most one level is chosen, every agency has its days. HiGHS (through SciPy)
solves it to proven optimality. Places that cannot be told apart (same agency, indicator and level) are counted instead of
listed, so a region of 200 innovations has a few hundred whole-number variables instead of ten thousand.

Ties are broken in this order: more index, fewer days, less money. Among places that cannot be told apart those given first
are taken, the highest level first. What is still equal is left to the solver, which answers the same question always alike.
The solver sees whole numbers only; what is reported is computed again, exactly, by the edition's formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pamong.engine.gaps import Efforts, Gap, Step, gaps
from pamong.engine.index import RegionScore
from pamong.engine.knapsack import Answer, Cap, Choice, Model, NoAnswer
from pamong.engine.situation import INSTITUTION, Place, Situation

_ZERO = Decimal(0)
POINTS = 30  # most steps of a gain curve; more would say no more and take longer
TEN = Decimal(10)


@dataclass(frozen=True)
class Limits:
    """What a plan may use. ``budgets``: days of work by agency (absent: ``otherwise``, ``None``: as many as wanted).

    ``until``: calendar days left; a level whose proof takes longer is not planned. ``agreed``: levels promised already,
    which are in every plan whatever they bring. ``closed``: places nobody may plan."""

    budgets: Mapping[str, Decimal] = field(default_factory=dict)
    otherwise: Decimal | None = None
    days: Decimal | None = None
    cost: Decimal | None = None
    until: int | None = None
    agreed: Mapping[Place, int] = field(default_factory=dict)
    closed: frozenset[Place] = frozenset()

    def budget(self, agency: str) -> Decimal | None:
        return self.budgets.get(agency, self.otherwise)


@dataclass(frozen=True)
class Plan:
    """The steps chosen, in the order of the situation. ``before`` and ``after``: the index as the edition computes it.

    ``gain`` is exact. ``proven``: the solver has shown that no plan within the limits is better."""

    steps: tuple[Step, ...]
    before: RegionScore
    after: RegionScore
    gain: Fraction
    days: Decimal
    cost: Decimal
    used: Mapping[str, Decimal]
    proven: bool


@dataclass(frozen=True)
class Mark:
    """A point of the gain curve: with so many days of work the best plan gains so much."""

    days: Decimal
    gain: Fraction


class Impossible(ValueError):
    """No plan keeps the limits: what was agreed already needs more than ``agency`` has (``None``: than all have)."""

    def __init__(self, agency: str | None, needed: Decimal, budget: Decimal) -> None:
        self.agency, self.needed, self.budget = agency, needed, budget
        super().__init__(f"{agency or 'all'}: agreed work needs {needed}, there is {budget}")


class OutOfReach(ValueError):
    """The target is higher than the best plan reaches; ``best`` is that plan."""

    def __init__(self, best: Plan) -> None:
        self.best = best
        super().__init__(f"at most {best.after.index}")


Report = Callable[[int, int], None]  # (done, of): called between solutions; may raise to give up


def _silent(done: int, of: int) -> None:
    """Nobody waits."""


class Planner:
    """All questions about one situation: the model is built once, the limits vary.

    ``agencies`` says who does the work, by innovation (``INSTITUTION`` for the region's own indicators)."""

    def __init__(self, situation: Situation, efforts: Efforts, agencies: Mapping[str, str], limits: Limits) -> None:
        self.situation, self.agencies, self.limits = situation, agencies, limits
        self.before = situation.score()
        self.groups = _groups(_open(gaps(situation, efforts), limits), agencies, limits.agreed)
        self._require_room()
        self.model = Model([_choices(group) for group in self.groups])

    def best(self) -> Plan:
        """The plan that gains most."""
        return self._plan(self.model.best(self._caps(self.limits)))

    def least(self, target: Decimal) -> Plan:
        """The plan with the fewest days that brings the published index to ``target``.

        Raises ``OutOfReach`` if no plan within the limits does."""
        half = Fraction(1, 2 * 10**self.situation.edition.rounding.index_decimals)
        needed = Fraction(target) - half - self.situation.index
        try:
            return self._plan(self.model.least(needed, self._caps(self.limits)))
        except NoAnswer:
            raise OutOfReach(self.best()) from None

    def curve(self, upto: Decimal | None = None, report: Report = _silent) -> tuple[Mark, ...]:
        """What each further ten days buy, within the agencies' budgets, up to the best plan's days (or ``upto``)."""
        last = upto if upto is not None else self.best().days
        marks = _marks(self._least_days(), last)
        found = []
        for done, days in enumerate(marks):
            report(done, len(marks))
            answer = self.model.most(self._caps(replace(self.limits, days=days)))
            found.append(Mark(days, answer.gain))
        report(len(marks), len(marks))
        return tuple(found)

    def next_ten(self) -> dict[str, Fraction]:
        """For every agency with a budget: what ten days more would add to the index."""
        now = {name: self._alone(name, _ZERO) for name in self._bounded()}
        return {name: self._alone(name, TEN) - gain for name, gain in now.items()}

    def _alone(self, agency: str, more: Decimal) -> Fraction:
        """The most one agency gains with so many days more. Only then agencies do not depend on each other."""
        mine = Model([_choices(group) for group in self.groups if group.agency == agency])
        budget = self.limits.budget(agency)
        return mine.most([(agency, None if budget is None else budget + more, None)]).gain

    def _bounded(self) -> list[str]:
        names = dict.fromkeys(group.agency for group in self.groups)
        return [name for name in names if self.limits.budget(name) is not None]

    def _caps(self, limits: Limits) -> list[Cap]:
        names = dict.fromkeys(group.agency for group in self.groups)
        return [*((name, limits.budget(name), None) for name in names), (None, limits.days, limits.cost)]

    def _least_days(self) -> Decimal:
        return sum((group.owed * group.count for group in self.groups), _ZERO)

    def _require_room(self) -> None:
        """What was agreed must fit: the page says which agency promised too much, instead of "no solution"."""
        owed: dict[str, Decimal] = {}
        for group in self.groups:
            owed[group.agency] = owed.get(group.agency, _ZERO) + group.owed * group.count
        for agency, days in owed.items():
            budget = self.limits.budget(agency)
            if budget is not None and days > budget:
                raise Impossible(agency, days, budget)
        if self.limits.days is not None and (total := sum(owed.values(), _ZERO)) > self.limits.days:
            raise Impossible(None, total, self.limits.days)

    def _plan(self, answer: Answer) -> Plan:
        steps = [step for group, counts in zip(self.groups, answer.counts, strict=True) for step in group.taken(counts)]
        order = {place: at for at, place in enumerate(self._places())}
        steps.sort(key=lambda step: order[step.place])
        after = self.situation.raised({step.place: step.level for step in steps})
        return Plan(
            steps=tuple(steps),
            before=self.before,
            after=after.score(),
            gain=after.index - self.situation.index,
            days=sum((step.days for step in steps), _ZERO),
            cost=sum((step.cost for step in steps), _ZERO),
            used=self._used(steps),
            proven=answer.proven,
        )

    def _places(self) -> Iterable[Place]:
        edition = self.situation.edition
        yield from ((INSTITUTION, code) for code in edition.institution_codes)
        for each in self.situation.innovations:
            yield from ((each.code, code) for code in edition.innovation_codes)

    def _used(self, steps: Sequence[Step]) -> dict[str, Decimal]:
        used: dict[str, Decimal] = {}
        for step in steps:
            agency = self.agencies[step.innovation]
            used[agency] = used.get(agency, _ZERO) + step.days
        return dict(sorted(used.items()))


def target_for_rank(peers: Sequence[Decimal], rank: int) -> Decimal:
    """The published index that gives ``rank`` among ``peers`` (the others' indices); equal values share a rank.

    Nothing is needed for a rank behind all peers. Raises ``ValueError`` for a rank below 1."""
    if rank < 1:
        raise ValueError("a rank begins at 1")
    ordered = sorted(peers, reverse=True)
    return ordered[rank - 1] if rank <= len(ordered) else _ZERO


@dataclass(frozen=True)
class _Group:
    """Places that cannot be told apart. ``owed``: days each of them needs at least, because it was agreed."""

    agency: str
    gaps: tuple[Gap, ...]
    agreed: bool

    @property
    def count(self) -> int:
        return len(self.gaps)

    @property
    def options(self) -> tuple[Step, ...]:
        return self.gaps[0].steps

    @property
    def owed(self) -> Decimal:
        return self.options[0].days if self.agreed else _ZERO

    def taken(self, counts: Sequence[int]) -> list[Step]:
        """The steps that ``counts`` (how often each option is chosen) mean, for the places given first."""
        chosen = [at for at in reversed(range(len(counts))) for _ in range(counts[at])]
        return [gap.steps[at] for gap, at in zip(self.gaps, chosen, strict=False)]


def _open(found: Iterable[Gap], limits: Limits) -> list[Gap]:
    """The gaps with the steps the limits leave: in time and not closed; where a level was agreed, only from it upwards."""
    kept = []
    for gap in found:
        least = limits.agreed.get((gap.innovation, gap.indicator), 0)
        if (gap.innovation, gap.indicator) in limits.closed and least <= gap.level:
            continue
        steps = [step for step in gap.steps if step.level >= least and _in_time(step, limits, least)]
        if steps:
            kept.append(replace(gap, steps=tuple(steps)))
    return kept


def _in_time(step: Step, limits: Limits, agreed: int) -> bool:
    return limits.until is None or step.lead <= limits.until or step.level == agreed


def _groups(found: Iterable[Gap], agencies: Mapping[str, str], agreed: Mapping[Place, int]) -> list[_Group]:
    """The places an agency may raise, those with the same choices together; agencies by name, otherwise as given."""
    grouped: dict[Any, list[Gap]] = {}
    for gap in found:
        promised = agreed.get((gap.innovation, gap.indicator), 0) > gap.level
        worth = tuple((step.gain, step.days, step.cost) for step in gap.steps)
        grouped.setdefault((agencies[gap.innovation], promised, worth), []).append(gap)
    groups = [_Group(agency, tuple(members), promised) for (agency, promised, _), members in grouped.items()]
    return sorted(groups, key=lambda group: group.agency)


def _choices(group: _Group) -> Choice:
    return Choice(
        owner=group.agency,
        count=group.count,
        must=group.agreed,
        options=tuple((step.gain, step.days, step.cost) for step in group.options),
    )


def _marks(first: Decimal, last: Decimal) -> list[Decimal]:
    """Every tenth day from ``first`` to ``last`` (both included); every so many tens where they would be too many."""
    width = TEN
    while (last - first) / width > POINTS:
        width += TEN
    start = first // width * width + width
    between = [start + width * at for at in range(int(max(last - start, _ZERO) / width) + 1)]
    return list(dict.fromkeys([first, *(days for days in between if days < last), last]))
