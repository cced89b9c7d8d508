"""Plans: which there are, and what one says, as far as the reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import Phase
from pamong.engine.index import rounded
from pamong.planning import ranks
from pamong.planning.models import Plan, Task
from pamong.planning.policies import can_plan, can_see, can_see_all
from pamong.planning.queries.ground import OWN_AGENCY, OWN_LABEL
from pamong.planning.queries.portfolio import ENOUGH
from pamong.planning.states import SOLVED, State


def visible_to(user: User, region: Region) -> QuerySet[Plan]:
    """The plans of ``region``: all for its readers; agencies see those agreed on, and in them their own part."""
    rows: QuerySet[Plan] = Plan.objects.filter(region=region).select_related("assessment", "by", "region")
    if can_see_all(user, region):
        return rows
    return rows.filter(state=State.AGREED) if can_see(user, region) else rows.none()


def plannable(user: User, region: Region) -> Assessment | None:
    """The year ``user`` would make a plan for now: the newest that still runs, for whoever may ask."""
    if not can_plan(user, region):
        return None
    running: QuerySet[Assessment] = region.assessments.exclude(phase=Phase.CLOSED)
    return running.order_by("-year").first()


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of a plan, in words."""

    entry: str
    name: str
    agency: str
    agency_name: str
    indicator: str
    label: str
    start: int
    level: int
    gain: Fraction
    days: Decimal
    cost: Decimal
    lead: int

    @property
    def gain_shown(self) -> Decimal:
        return rounded(self.gain, 4)


@dataclass(frozen=True, slots=True)
class House:
    """An agency's part of a plan: steps, days against its budget, and what ten days more would bring."""

    slug: str
    name: str
    steps: tuple[PlannedStep, ...]
    budget: Decimal | None
    ten_more: Decimal | None

    @property
    def days(self) -> Decimal:
        return sum((step.days for step in self.steps), Decimal(0))

    @property
    def cost(self) -> Decimal:
        return sum((step.cost for step in self.steps), Decimal(0))

    @property
    def gain(self) -> Decimal:
        return rounded(sum((step.gain for step in self.steps), Fraction(0)), 2)


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely the index reaches ``target`` if everything planned is proven, in whole per cent; the index to expect and the
    lowest; and what that was learnt from."""

    target: Decimal
    percent: int
    expected: Decimal
    lowest: Decimal
    accepted: int
    decided: int

    @property
    def is_learnt(self) -> bool:
        return self.decided >= ENOUGH


@dataclass(frozen=True)
class Told:
    """A solved plan as its page shows it."""

    before: Decimal
    after: Decimal
    before_band: str
    after_band: str
    days: Decimal
    cost: Decimal
    proven: bool
    reached: bool
    houses: tuple[House, ...]
    curve: tuple[tuple[Decimal, Decimal], ...]
    solver: str
    seconds: str
    hidden: int
    likely: Likely | None
    without: tuple[str, ...]
    aim: ranks.Aim | None

    @property
    def gain(self) -> Decimal:
        return self.after - self.before

    @property
    def steps(self) -> int:
        return sum(len(house.steps) for house in self.houses)


def told(plan: Plan, codes: frozenset[str]) -> Told | None:
    """What ``plan`` says of the entries ``codes`` (and its totals, whoever asks); ``None`` unless it is solved."""
    if plan.state not in SOLVED:
        return None
    given = plan.result
    indicators = plan.assessment.edition.indicators
    steps = [_step(each, indicators[each["indicator"]].name) for each in given["steps"] if each["item"] in codes]
    return Told(
        before=Decimal(given["before"]),
        after=Decimal(given["after"]),
        before_band=given["before_band"],
        after_band=given["after_band"],
        days=Decimal(given["days"]),
        cost=Decimal(given["cost"]),
        proven=given["proven"],
        reached=given["reached"],
        houses=tuple(_houses(steps, plan.wish, given)),
        curve=tuple((Decimal(days), rounded(Fraction(gain), 2)) for days, gain in given["curve"]),
        solver=given["solver"],
        seconds=given["seconds"],
        hidden=len(given["steps"]) - len(steps),
        likely=_likely(given.get("chance")),
        without=tuple(_without(plan, codes)),
        aim=ranks.from_data(plan.wish["rank"]) if "rank" in plan.wish else None,
    )


def _likely(given: Mapping[str, str] | None) -> Likely | None:
    if not given:
        return None
    return Likely(
        Decimal(given["target"]), int(given["percent"]), Decimal(given["expected"]), Decimal(given["lowest"]),
        int(given["accepted"]), int(given["decided"]),
    )  # fmt: skip


def _without(plan: Plan, codes: frozenset[str]) -> Iterator[str]:
    """What the plan leaves out, by name; of the entries only those the reader may see."""
    left_out, indicators = plan.wish.get("without", {}), plan.assessment.edition.indicators
    slugs = left_out.get("agencies", ())
    names = (
        dict(Agency.objects.filter(region=plan.region_id, slug__in=slugs).values_list("slug", "name")) if slugs else {}
    )
    yield from (
        OWN_LABEL if slug == OWN_AGENCY else names[slug] for slug in slugs if slug == OWN_AGENCY or slug in names
    )
    entries = [code for code in left_out.get("entries", ()) if code in codes]
    if entries:
        rows = Entry.objects.filter(code__in=entries).order_by("innovation__name")
        yield from rows.values_list("innovation__name", flat=True)
    yield from (
        f"indikator {code} {indicators[code].name}" for code in left_out.get("indicators", ()) if code in indicators
    )


def _step(given: Mapping[str, Any], label: str) -> PlannedStep:
    return PlannedStep(
        given["entry"], given["name"], given["agency"], given["agency_name"], given["indicator"], label,
        given["start"], given["level"], Fraction(given["gain"]), Decimal(given["days"]), Decimal(given["cost"]),
        given["lead"],
    )  # fmt: skip


def _houses(steps: Sequence[PlannedStep], wish: Mapping[str, Any], given: Mapping[str, Any]) -> list[House]:
    """The agencies with something to do, the most work first."""
    by_agency: dict[str, list[PlannedStep]] = {}
    for step in steps:
        by_agency.setdefault(step.agency, []).append(step)
    budgets, otherwise = wish.get("budgets", {}), wish.get("otherwise")
    more = given.get("ten_more", {})
    made = []
    for slug, own in by_agency.items():
        budget = budgets.get(slug, otherwise)
        ten = more.get(slug)
        made.append(
            House(
                slug,
                own[0].agency_name if slug != OWN_AGENCY else OWN_LABEL,
                tuple(own),
                None if budget is None else Decimal(budget),
                None if ten is None else rounded(Fraction(ten), 2),
            )
        )
    return sorted(made, key=lambda house: (-house.days, house.name))


def agreed_levels(plan: Plan) -> dict[tuple[int, str], int]:
    """Entry and indicator of every open task of the year, beside the level promised."""
    rows = Task.objects.filter(entry__assessment=plan.assessment_id, state=Task.State.OPEN)
    return {(entry, indicator): level for entry, indicator, level in rows.values_list("entry_id", "indicator", "level")}
