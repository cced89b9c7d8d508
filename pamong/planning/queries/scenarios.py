"""What-ifs: which there are, and how they stand side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.engine.index import RegionScore
from pamong.planning.models import Scenario
from pamong.planning.policies import can_suppose
from pamong.planning.queries.ground import Ground
from pamong.planning.supposing import from_data, supposed


def visible_to(user: User, region: Region) -> QuerySet[Scenario]:
    """One's own what-ifs, and those shared, for who reads the whole region."""
    rows: QuerySet[Scenario] = Scenario.objects.filter(region=region).select_related(
        "assessment__region", "by", "region"
    )
    return rows.filter(Q(by=user) | Q(shared=True)) if can_suppose(user, region) else rows.none()


@dataclass(frozen=True, slots=True)
class Column:
    """One result among several: its name, its link (empty for the year as it is), its figures."""

    name: str
    code: str
    score: RegionScore
    edition: str
    floor: int
    minimum: int


def columns(found: Ground, scenarios: Iterable[Scenario]) -> list[Column]:
    """The year as it is, and each of ``scenarios`` on the same ground."""
    made = [_column("Sekarang", "", found, Scenario(changes={}))]
    return made + [_column(each.name, each.code, found, each) for each in scenarios]


def _column(name: str, code: str, found: Ground, scenario: Scenario) -> Column:
    situation = supposed(found, from_data(scenario.changes))
    edition = situation.edition
    return Column(name, code, situation.score(), edition.title, edition.divisor.floor, edition.count.affairs_minimum)


@dataclass(frozen=True, slots=True)
class Line:
    """One figure across all columns."""

    label: str
    values: tuple[Decimal | int | str, ...]
    decimals: int


def compared(every: Iterable[Column]) -> list[Line]:
    """The figures worth comparing, one line each."""
    scores = [each.score for each in every]
    lines = [
        Line("Indeks", tuple(each.index for each in scores), 2),
        Line("Selisih dari sekarang", tuple(each.index - scores[0].index for each in scores), 2),
    ]
    labels = [part.label for part in scores[0].parts]
    lines += [Line(label, tuple(each.parts[at].points for each in scores), 2) for at, label in enumerate(labels)]
    return [
        *lines,
        Line("Inovasi dikirim", tuple(each.reported for each in scores), 0),
        Line("Diterima", tuple(each.accepted for each in scores), 0),
        Line("Pembagi", tuple(each.divisor for each in scores), 0),
        Line("Urusan pelayanan dasar", tuple(each.affairs for each in scores), 0),
    ]
