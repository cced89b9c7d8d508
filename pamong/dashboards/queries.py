"""What the pages of figures ask. Everything here reads; nothing writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, FilteredRelation, Q, QuerySet

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region, Steward, Target
from pamong.agencies.standing import standing
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment, Entry, MinistryResult
from pamong.assessments.states import REPORTED, State
from pamong.dashboards import figures
from pamong.dashboards.charts import BarChart, Series, bar_chart
from pamong.engine.index import BandDistance, InnovationInput, Part, RegionScore, distance_to_next_band, score
from pamong.engine.model import Band, Edition
from pamong.scoring import queries as scoring
from pamong.scoring.models import PastFigure

TONES: dict[str, str] = {
    State.DRAFT: "neutral",
    State.AWAITING: "info",
    State.SUBMITTED: "info",
    State.VERIFYING: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
    State.REJECTED: "bad",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One innovation in the year, as the table of a dashboard shows it. Maturities in points."""

    code: str
    name: str
    agency: str
    affair: str
    state: str
    claimed: Decimal
    verified: Decimal
    returned: Decimal | None
    packed: str
    proven: str

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_reported(self) -> bool:
        return self.state in REPORTED

    @property
    def unproven(self) -> Decimal:
        return max(self.claimed - self.verified, Decimal(0))


@dataclass(frozen=True, slots=True)
class YearFigure:
    """What is known of one year: computed here, returned by the ministry, or published elsewhere with its source."""

    year: int
    reported: int | None
    claimed: Decimal | None = None
    verified: Decimal | None = None
    returned: Decimal | None = None
    rank: int | None = None
    rank_of: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The region in one year: the three values of its index and what explains them."""

    assessment: Assessment
    edition: Edition
    claimed: RegionScore
    verified: RegionScore
    returned: MinistryResult | None
    returned_band: Band | None
    distance: BandDistance | None
    affairs: list[figures.AffairCover]
    gaps: list[figures.IndicatorGap]
    cost: figures.Cost | None
    progress: scoring.Progress
    states: dict[str, int]

    @property
    def parts(self) -> list[tuple[Part, Part]]:
        """Each part of the total as verified, beside the same part as claimed."""
        return list(zip(self.verified.parts, self.claimed.parts, strict=True))

    @property
    def affairs_enough(self) -> bool:
        return self.verified.affairs >= self.edition.count.affairs_minimum


def assessment_of(user: User, region: Region, year: int | None) -> Assessment | None:
    """The year asked for, or the newest one. ``None`` if there is none."""
    found = assessments.assessments(user, region).order_by("-year")
    return found.filter(year=year).first() if year else found.first()


def whole(assessment: Assessment) -> QuerySet[Entry]:
    """Every entry of the year, for totals only: which single rows are shown is for ``visible_to``."""
    return Entry.objects.filter(assessment=assessment)


def rows(entries: QuerySet[Entry]) -> list[Row]:
    """Entries of innovations as table rows, in one query."""
    found = entries.filter(kind=Entry.Kind.INNOVATION).values_list(
        "code", "innovation__name", "agency__short_name", "agency__name", "affair", "state",
        "score__claimed", "score__verified", "returned__maturity", "claimed", "verified",
    )  # fmt: skip
    return [
        Row(
            code,
            name,
            short or agency,
            affair,
            state,
            _points(claimed),
            _proven(state, verified),
            returned,
            packed,
            proven,
        )
        for code, name, short, agency, affair, state, claimed, verified, returned, packed, proven in found
    ]


def _proven(state: str, verified: int | None) -> Decimal:
    """What counts: a rejected innovation is worth nothing, whatever was found in it."""
    return Decimal(0) if state == State.REJECTED else _points(verified)


def _points(hundredths: int | None) -> Decimal:
    return Decimal(hundredths or 0).scaleb(-2)


def region_standing(assessment: Assessment, every: list[Row]) -> Standing:
    """Where the region stands in ``assessment``. ``every``: the rows of all its entries, whoever asks."""
    edition, sent = assessment.edition, scoring.reported(assessment)
    inputs = scoring.inputs_of(assessment, sent, scoring.VERIFIED)
    claimed = scoring.score_of(scoring.inputs_of(assessment, sent, scoring.CLAIMED))
    verified = scoring.score_of(inputs)
    returned = MinistryResult.objects.filter(assessment=assessment).first()
    reported = [row for row in every if row.is_reported]
    return Standing(
        assessment=assessment,
        edition=edition,
        claimed=claimed,
        verified=verified,
        returned=returned,
        returned_band=_band(edition, returned),
        distance=distance_to_next_band(edition, verified),
        affairs=figures.affair_covers(edition, [row.affair for row in reported]),
        gaps=figures.indicator_gaps(
            edition, [row.proven for row in reported if row.state != State.REJECTED], verified.divisor
        ),
        cost=_cost(inputs, every, verified),
        progress=scoring.progress_of(sent),
        states=dict(Counter(row.state for row in every)),
    )


def _band(edition: Edition, returned: MinistryResult | None) -> Band | None:
    return next(band for band in edition.bands if returned.index >= band.lower) if returned else None


def _cost(inputs: scoring.Inputs, every: list[Row], verified: RegionScore) -> figures.Cost | None:
    """What the rejected innovations cost: beside the index as it is, with them proven as claimed, and without them."""
    rejected = sum(row.state == State.REJECTED for row in every)
    if not rejected:
        return None
    as_claimed = {row.code: row.packed for row in every if row.state == State.REJECTED}
    codes = inputs.edition.innovation_codes
    proven = [
        InnovationInput(each.code, each.affair, _levels(codes, as_claimed[each.code]))
        if each.code in as_claimed
        else each
        for each in inputs.innovations
    ]
    unsent = [each for each in inputs.innovations if each.code not in as_claimed]
    return figures.Cost(
        rejected,
        verified.index,
        score(inputs.edition, inputs.institution, proven).index,
        score(inputs.edition, inputs.institution, unsent).index,
    )


def _levels(codes: tuple[str, ...], packed: str) -> dict[str, int]:
    return {code: int(level) for code, level in zip(codes, packed, strict=True) if level.isdigit()}


def trend(user: User, region: Region) -> list[YearFigure]:
    """Every year something is known of, oldest first, in three queries whatever the number of years."""
    known = {past.year: _past(past) for past in PastFigure.objects.filter(region=region)}
    counted = dict(
        Entry.objects.filter(region=region, kind=Entry.Kind.INNOVATION, state__in=REPORTED)
        .values_list("assessment__year").annotate(Count("pk"))
    )  # fmt: skip
    for year in assessments.assessments(user, region).select_related("index_score", "returned"):
        known[year.year] = _computed(year, counted.get(year.year, 0), known.get(year.year))
    return [known[year] for year in sorted(known)]


def _past(past: PastFigure) -> YearFigure:
    return YearFigure(
        past.year, past.reported, returned=past.index, rank=past.rank, rank_of=past.rank_of, source=past.source
    )


def _computed(year: Assessment, reported: int, past: YearFigure | None) -> YearFigure:
    score, result = getattr(year, "index_score", None), getattr(year, "returned", None)
    return YearFigure(
        year.year,
        reported,
        claimed=_points(score.claimed) if score else None,
        verified=_points(score.verified) if score else None,
        returned=result.index if result else past.returned if past else None,
        rank=result.rank if result else past.rank if past else None,
        rank_of=result.rank_of if result else past.rank_of if past else None,
        source=result.source if result else past.source if past else "",
    )


CHARTED = 7  # years; more would crowd the numbers over the bars


def trend_charts(years: list[YearFigure]) -> tuple[BarChart | None, BarChart | None]:
    """The index by year, and the number of innovations by year; ``None`` where nothing is known."""
    if not years:
        return None, None
    known = {year.year: year for year in years}
    span = [
        known.get(year, YearFigure(year, None))
        for year in range(max(years[0].year, years[-1].year - CHARTED + 1), years[-1].year + 1)
    ]
    return _index_chart(span), _count_chart(span)


def _index_chart(years: list[YearFigure]) -> BarChart | None:
    series = [
        Series("claimed", "klaim", [year.claimed for year in years]),
        Series("verified", "terverifikasi", [year.verified for year in years]),
        Series("returned", "kementerian", [year.returned for year in years]),
    ]
    return bar_chart([str(year.year) for year in years], series, 100) if any(map(_has_index, years)) else None


def _has_index(year: YearFigure) -> bool:
    return bool(year.claimed or year.verified or year.returned)


def _count_chart(years: list[YearFigure]) -> BarChart | None:
    highest = max(year.reported or 0 for year in years)
    if not highest:
        return None
    series = [Series("reported", "dilaporkan", [year.reported or None for year in years])]
    return bar_chart([str(year.year) for year in years], series, -(-highest // 20) * 20)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits: what, in which states, and which entries."""

    text: str
    states: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.codes)


WAITING = (
    ("inovasi dikembalikan untuk diperbaiki", (State.RETURNED,)),
    ("inovasi menunggu pengesahan kepala perangkat daerah", (State.AWAITING,)),
    ("inovasi menunggu putusan verifikator", (State.SUBMITTED, State.VERIFYING)),
    ("inovasi masih draf, belum diajukan", (State.DRAFT,)),
)


def todo(rows: list[Row]) -> list[Todo]:
    """What waits in a running year among ``rows``, what someone must mend first."""
    found = (Todo(text, states, tuple(row.code for row in rows if row.state in states)) for text, states in WAITING)
    return [each for each in found if each.count]


# -- agencies -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compliance:
    """An agency against the year's target. Counts of innovations: on record, entered in the year, reported, accepted."""

    slug: str
    name: str
    kind: str
    steward: str
    minimum: int
    recorded: int
    entered: int
    reported: int
    accepted: int

    @property
    def owes(self) -> int:
        return max(self.minimum - self.reported, 0)

    @property
    def kind_label(self) -> str:
        return str(Agency.Kind(self.kind).label)


def reads(user: User, agency: Agency) -> bool:
    """Whether ``user`` may see the innovations of ``agency``, not only how many there are."""
    who = standing(user)
    return who.may_in(Permission.READ_REGION, agency.region) or who.may_for(Permission.READ_AGENCY, agency)


def of_reader(agencies: QuerySet[Agency], user: User, region: Region) -> QuerySet[Agency]:
    """All ``agencies`` for who reads the region, else only the person's own."""
    who = standing(user)
    if who.may_in(Permission.READ_REGION, region):
        return agencies
    own = [Q(path__startswith=path) for path in who.paths(Permission.READ_AGENCY, region)]
    return agencies.filter(reduce(or_, own, Q(pk__in=[])))


def compliance(agencies: QuerySet[Agency], region: Region, assessment: Assessment | None) -> list[Compliance]:
    """Every open agency and what it has reported, those that owe most first, in three queries."""
    year = assessment.year if assessment else 0
    targets = dict(Target.objects.filter(region=region, year=year).values_list("kind", "minimum"))
    stewards = dict(
        Steward.objects.filter(region=region, ends_on__isnull=True)
        .order_by("-starts_on")
        .values_list("agency_id", "person__name")
    )
    # The region said once more on the joined side: without it PostgreSQL reads the innovations of the whole nation.
    here = FilteredRelation("innovations", condition=Q(innovations__region=region))
    mine = Q(here__entries__assessment=assessment)
    counted = (
        agencies.filter(closed_on__isnull=True)
        .annotate(here=here)
        .annotate(
            recorded=Count("here", distinct=True),
            entered=Count("here__entries", filter=mine, distinct=True),
            reported=Count("here__entries", filter=mine & Q(here__entries__state__in=REPORTED), distinct=True),
            accepted=Count("here__entries", filter=mine & Q(here__entries__state=State.ACCEPTED), distinct=True),
        )
    )
    found = [
        Compliance(
            agency.slug, agency.name, agency.kind, stewards.get(agency.pk, ""), targets.get(agency.kind, 0),
            agency.recorded, agency.entered, agency.reported, agency.accepted,
        )
        for agency in counted
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row.owes, row.name))
