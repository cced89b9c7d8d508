"""Where a figure comes from: index → parts → lines → the indicator of an entry → claim and proofs → verdict → rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment, Entry, MinistryResult
from pamong.assessments.states import REPORTED, State
from pamong.engine.edition import Edition
from pamong.engine.index import Line, RegionScore
from pamong.scoring.models import Snapshot
from pamong.scoring.policies import can_see_all
from pamong.scoring.queries.inputs import (
    Progress,
    Value,
    inputs_of,
    progress_of,
    reported,
    score_of,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One innovation in the sum of maturities."""

    code: str
    name: str
    agency: str
    affair: str
    state: str
    maturity: Decimal
    counts: bool
    returned: Decimal | None

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)


@dataclass(frozen=True)
class Trace:
    """One value of the index, taken apart as far as the reader may see."""

    assessment: Assessment
    value: Value
    score: RegionScore
    returned: MinistryResult | None
    progress: Progress
    rows: Sequence[Row]
    hidden: int
    institution: str
    sees_all: bool

    @property
    def edition(self) -> Edition:
        return self.assessment.edition

    @property
    def institution_lines(self) -> Sequence[Line]:
        return self.score.lines[:-2]

    @property
    def mean_line(self) -> Line:
        return self.score.lines[-2]

    @property
    def count_line(self) -> Line:
        return self.score.lines[-1]

    @property
    def zeroed(self) -> int:
        """How many reported innovations count nothing: rejected, or undecided when the year closed."""
        return self.score.reported - self.score.accepted

    @property
    def sum_of_maturities(self) -> Decimal:
        return sum((each.points for each in self.score.innovations), Decimal(0))

    @property
    def sum_hidden(self) -> Decimal:
        return self.sum_of_maturities - sum((row.maturity for row in self.rows), Decimal(0))


def trace(user: User, assessment: Assessment, value: Value) -> Trace:
    """The ``value`` of the index of ``assessment`` with all that explains it. Entries ``user`` may not see are only summed."""
    sent = reported(assessment)
    score = score_of(inputs_of(assessment, sent, value))
    rows = _rows(user, assessment, score)
    own = assessments.institution_entry(user, assessment).values_list("code", flat=True).first()
    return Trace(
        assessment=assessment,
        value=value,
        score=score,
        returned=MinistryResult.objects.filter(assessment=assessment).first(),
        progress=progress_of(sent),
        rows=rows,
        hidden=len(score.innovations) - len(rows),
        institution=own or "",
        sees_all=bool(can_see_all(user, assessment.region)),
    )


def _rows(user: User, assessment: Assessment, score: RegionScore) -> list[Row]:
    """The innovations ``user`` may see, highest maturity first."""
    matured = {each.code: each for each in score.innovations}
    affairs = assessment.edition.affairs_by_code
    found = (
        assessments.visible_to(user, assessment.region)
        .filter(assessment=assessment, kind=Entry.Kind.INNOVATION, state__in=REPORTED)
        .values_list(
            "code", "innovation__name", "agency__short_name", "agency__name", "affair", "state", "returned__maturity"
        )
    )
    rows = [
        Row(code, name, short or agency, affairs[affair].label if affair in affairs else "–", state,
            matured[code].points, matured[code].accepted, returned)
        for code, name, short, agency, affair, state, returned in found
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.maturity, row.name))


def entry_visible_to(user: User, region: Region, year: int) -> QuerySet[Entry]:
    """The entries of a year whose figures ``user`` may take apart."""
    rows = assessments.visible_to(user, region).filter(assessment__year=year)
    return rows.select_related("assessment", "innovation", "agency", "region", "verifier", "decided_by", "returned")


def snapshots_visible_to(user: User, region: Region) -> QuerySet[Snapshot]:
    """Sealed figures hold every line of every agency: for readers of the whole region."""
    rows: QuerySet[Snapshot] = Snapshot.objects.filter(region=region).select_related("assessment", "by")
    return rows if can_see_all(user, region) else rows.none()
