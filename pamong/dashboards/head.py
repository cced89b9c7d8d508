"""One page for the head of region: where are we, why, what next, who is late. Plain values for a page and a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments.models import Assessment, Verdict
from pamong.assessments.states import Phase, State
from pamong.dashboards import causes
from pamong.dashboards.lateness import Late, late
from pamong.engine.index import distance_to_next_band, rounded
from pamong.planning.queries import efforts, gaps, tasks
from pamong.planning.queries.ground import Ground, ground
from pamong.scoring import queries as scoring

NEXT, LATE, LOWEST, WEEKS = 3, 5, 3, 12
FEW = 3


@dataclass(frozen=True, slots=True)
class House:
    """An agency against its own possible: the maturity it can count on, beside the most its innovations could reach."""

    slug: str
    name: str
    innovations: int
    points: Decimal
    possible: Decimal

    @property
    def is_small(self) -> bool:
        """With so few innovations one verdict decides the share."""
        return self.innovations < FEW

    @property
    def share(self) -> Decimal:
        """In per cent of its own possible."""
        return rounded(self.points / self.possible * 100, 1) if self.possible else Decimal(0)


@dataclass(frozen=True, slots=True)
class Week:
    """Points of maturity proven up to the end of a week, beside what was to be proven by then (``None`` while no plan was agreed on)."""

    ends_on: date
    proven: Decimal
    planned: Decimal | None


@dataclass(frozen=True)
class Brief:
    """Everything on the page."""

    assessment: Assessment
    verified: Decimal
    claimed: Decimal
    within: Decimal
    band: str
    to_next: str
    why: tuple[str, str] | None
    next: tuple[gaps.GapRow, ...]
    harvest: tasks.Harvest
    late: tuple[tasks.Row, ...]
    waiting: tuple[Late, ...]
    houses: tuple[House, ...]
    weeks: tuple[Week, ...]
    days_left: int | None


def brief(user: User, region: Region, assessment: Assessment) -> Brief:
    """What the head of ``region`` needs to know of ``assessment`` today."""
    today = timezone.localdate()
    sent = scoring.reported(assessment)
    verified = scoring.score_of(scoring.inputs_of(assessment, sent, scoring.VERIFIED))
    claimed = scoring.score_of(scoring.inputs_of(assessment, sent, scoring.CLAIMED))
    found = ground(assessment)
    every = gaps.rows(found, efforts.efforts(region, assessment.edition), found.items)
    rows = tasks.rows(tasks.visible_to(user, region).filter(entry__assessment=assessment), today)
    distance = distance_to_next_band(assessment.edition, verified)
    return Brief(
        assessment=assessment,
        verified=verified.index,
        claimed=claimed.index,
        within=gaps.reach(found, every).all,
        band=verified.band.label,
        to_next=f"{_number(distance.index_points)} poin lagi menuju {distance.band.label}" if distance else "",
        why=_why(user, region, assessment),
        next=tuple(every[:NEXT]) if assessment.phase != Phase.CLOSED else (),
        harvest=tasks.harvest(rows),
        late=tuple([row for row in rows if row.is_late][:LATE]),
        waiting=tuple(late(user, assessment, today)),
        houses=tuple(houses(found)),
        weeks=tuple(weeks(assessment, rows, today)),
        days_left=(assessment.closes_on - today).days if assessment.phase == Phase.OPEN else None,
    )


def houses(found: Ground) -> list[House]:
    """Agencies by how much of their own possible they have reached, the least first."""
    weights = {each.code: each.weight for each in found.edition.innovation}
    top, by_agency = found.edition.maturity_maximum, dict[str, list[Decimal]]()
    accepted = {each.code for each in found.situation.innovations if each.accepted}
    for item in found.items.values():
        if not item.is_own:
            points = sum((weights[code] * level for code, level in item.levels.items()), Decimal(0))
            by_agency.setdefault(item.agency, []).append(points if item.code in accepted else Decimal(0))
    made = [
        House(slug, found.names[slug], len(points), sum(points, Decimal(0)), top * len(points))
        for slug, points in by_agency.items()
    ]
    return sorted(made, key=lambda house: (house.share, house.name))


def weeks(assessment: Assessment, rows: Iterable[tasks.Row], today: date) -> list[Week]:
    """The last weeks of the season up to today: maturity points proven, and how many there were to be by then: those that
    stood when the first plan was agreed on, and what its tasks were to prove since."""
    indicators = assessment.edition.indicators
    verdicts = Verdict.objects.filter(entry__assessment=assessment, entry__kind="innovation", stands=True, level__gt=0)
    verdicts = verdicts.exclude(entry__state=State.REJECTED)  # worth nothing in the index, so nothing here
    found = verdicts.values_list("indicator", "level", "at")
    judged = [(at, indicators[code].weight * level) for code, level, at in found]
    proven = [(timezone.localdate(at), worth) for at, worth in judged]
    own = assessment.edition.institution_codes
    kept = [row.task for row in rows if row.task.state != "dropped" and row.task.indicator not in own]
    planned = [(task.due_on, indicators[task.indicator].weight * (task.level - task.start)) for task in kept]
    agreed = min((task.plan.at for task in kept), default=None)
    stood = sum((worth for at, worth in judged if agreed and at <= agreed), Decimal(0))
    ends = [today - timedelta(7 * back) for back in reversed(range(WEEKS))]
    return [
        Week(
            end,
            _upto(proven, end),
            stood + _upto(planned, end) if agreed and timezone.localdate(agreed) <= end else None,
        )
        for end in ends
        if end >= assessment.opens_on
    ]


def _upto(points: Iterable[tuple[date, Decimal]], end: date) -> Decimal:
    return sum((worth for day, worth in points if day <= end), Decimal(0))


def _why(user: User, region: Region, assessment: Assessment) -> tuple[str, str] | None:
    """This year's verified index beside last year's, or beside what is claimed, in two sentences."""
    every = [each for each in causes.results(user, region) if each.region == region and each.year <= assessment.year]
    pair = causes.usual(every)
    return causes.explained(user, *pair).sentences if pair else None


def _number(value: Decimal | Fraction) -> str:
    return f"{value:.2f}".replace(".", ",")
