"""Why it moved: two results, chosen among those the reader may see, and the difference split among its causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django_scopes import scope

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.queries.regions import regions_of
from pamong.agencies.standing import standing
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.dashboards.queries import YearFigure, trend
from pamong.engine.causes import Cause, Facts, facts, split
from pamong.engine.index import rounded
from pamong.engine.situation import Situation
from pamong.engine.telling import told
from pamong.scoring import queries as scoring
from pamong.scoring.queries import Value
from pamong.scoring.queries.trace import snapshots_visible_to
from pamong.scoring.snapshots import inputs_from_data

VALUES: dict[str, Value] = {"klaim": scoring.CLAIMED, "terverifikasi": scoring.VERIFIED}
SEALED = {"claimed": "klaim", "verified": "terverifikasi"}
WORDS = {"klaim": "klaim", "terverifikasi": "terverifikasi"}


@dataclass(frozen=True, slots=True)
class Result:
    """One index that can be compared: a region, a year, which of its two values, and whether as it is or as it was ``sealed``
    (the key of the snapshot, and when)."""

    region: Region
    year: int
    word: str
    is_running: bool = False
    sealed: int | None = None
    sealed_at: datetime | None = None

    @property
    def key(self) -> str:
        """How it stands in an address."""
        now = f"{self.region.slug}/{self.year}/{self.word}"
        return f"{now}/{self.sealed}" if self.sealed else now

    @property
    def label(self) -> str:
        return f"{self.region} {self.year}, {WORDS[self.word]}{self._when}"

    @property
    def _when(self) -> str:
        return f" (tersegel {timezone.localtime(self.sealed_at):%d-%m-%Y %H.%M})" if self.sealed_at else ""

    def name(self, other: Result) -> str:
        """As a sentence names it beside ``other``: only what differs, and of another year always which value it is."""
        if self.year != other.year:
            place = f" {self.region}" if self.region != other.region else ""
            return f"{WORDS[self.word]} {self.year}{place}"
        parts = [
            str(self.region) if self.region != other.region else "",
            WORDS[self.word] if self.word != other.word else "",
            (self._when.strip() or "sekarang") if self.sealed != other.sealed else "",
        ]
        return " ".join(part for part in parts if part) or f"tahun {self.year}"


@dataclass(frozen=True, slots=True)
class Line:
    """One cause: what it contributed, in published digits, and the figures behind it then and now."""

    label: str
    amount: Decimal
    before: str
    after: str


@dataclass(frozen=True)
class Explained:
    """The difference between two results."""

    first: Result
    second: Result
    before: Decimal
    after: Decimal
    sentences: tuple[str, str]
    lines: tuple[Line, ...]

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def results(user: User, region: Region, *, sealed: bool = False) -> list[Result]:
    """Every computed index ``user`` may take apart: of this region, and of others they read as a whole; newest first; with
    ``sealed`` also as they were sealed."""
    found = []
    for home in _readable(user, region):
        with scope(region=home):
            years = assessments.assessments(user, home).exclude(phase=Phase.PREPARED).order_by("-year")
            found += [
                Result(home, year, word, phase != Phase.CLOSED)
                for year, phase in years.values_list("year", "phase")
                for word in reversed(VALUES)
            ]
            if not sealed:
                continue
            found += [
                Result(home, each.assessment.year, SEALED[each.value], sealed=each.pk, sealed_at=each.at)
                for each in snapshots_visible_to(user, home).defer("inputs", "result").order_by("-at", "-pk")
            ]
    return found


def only_published(user: User, region: Region) -> list[YearFigure]:
    """The years of ``region`` of which nothing but a figure is known: they cannot be taken apart."""
    return [
        each
        for each in trend(user, region)
        if each.returned is not None and each.claimed is None and each.verified is None
    ]


def _readable(user: User, region: Region) -> list[Region]:
    others = [
        each for each in regions_of(user) if each != region and standing(user).may_in(Permission.READ_REGION, each)
    ]
    return [region, *others]


def chosen(every: Sequence[Result], key: str) -> Result | None:
    return next((each for each in every if each.key == key), None)


def usual(every: Sequence[Result]) -> tuple[Result, Result] | None:
    """What most want to know: this year beside last year, else what is proven beside what was claimed.

    While this year is being verified what nobody judged counts nothing, so then claim stands beside claim."""
    every = [each for each in every if each.sealed is None]
    if not every:
        return None
    now = every[0]
    own = [each for each in every if each.region == now.region]
    word = "klaim" if now.is_running else "terverifikasi"
    earlier = [each for each in own if each.year < now.year and each.word == word]
    if earlier:
        return earlier[0], next(each for each in own if each.year == now.year and each.word == word)
    claimed = [each for each in own if each.year == now.year and each.word != now.word]
    return (claimed[0], now) if claimed else None


def explained(user: User, first: Result, second: Result) -> Explained:
    """Why ``second`` differs from ``first``."""
    before, after = situation(user, first), situation(user, second)
    digits = after.edition.rounding.index_decimals
    found = split(before, after)
    sentences = told(
        found,
        first.name(second),
        second.name(first),
        decimals=digits,
        in_time=first.region == second.region and first.year < second.year,
    )
    sides = facts(before.edition, before), facts(after.edition, after)
    lines = tuple(
        Line(
            part.label,
            amount,
            *(_figure(part.cause, side, each) for side, each in zip(sides, (before, after), strict=True)),
        )
        for part, amount in found.printed(digits)
    )
    scores = before.score(), after.score()
    return Explained(first, second, scores[0].index, scores[1].index, sentences, lines)


def situation(user: User, result: Result) -> Situation:
    """The levels behind ``result``."""
    with scope(region=result.region):
        if result.sealed:
            sealed = inputs_from_data(snapshots_visible_to(user, result.region).get(pk=result.sealed).inputs)
            return Situation(sealed.edition, sealed.institution, sealed.innovations)
        year: Assessment = assessments.assessments(user, result.region).select_related("region").get(year=result.year)
        given = scoring.inputs(year, VALUES[result.word])
    return Situation(given.edition, given.institution, given.innovations)


def _figure(cause: Cause, side: Facts, given: Situation) -> str:
    """The figure of ``cause`` in one result, in words."""
    edition = given.edition
    figures = {
        Cause.RULES: f"{edition.edition}: pembagi sedikitnya {edition.divisor.floor}",
        Cause.INSTITUTION: f"{_number(side.institution)} poin",
        Cause.MATURITY: f"rata-rata {_number(side.maturity)}",
        Cause.SENT: f"dibagi {given.parts.divisor}",
        Cause.REJECTIONS: f"{side.rejected} ditolak",
        Cause.COUNT: f"{side.sent} inovasi",
        Cause.AFFAIRS: f"{side.affairs} dari {len(edition.count.affairs)}, perlu {edition.count.affairs_minimum}",
    }
    return figures[cause]


def _number(value: Fraction) -> str:
    return f"{rounded(value, 2)}".replace(".", ",")
