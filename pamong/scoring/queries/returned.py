"""What the ministry returned, beside what was claimed and verified."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.assessments.models import Assessment, Entry, MinistryResult
from pamong.assessments.states import REPORTED, State


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One innovation and its three maturities."""

    code: str
    innovation: str
    name: str
    agency: str
    state: str
    claimed: Decimal
    verified: Decimal
    maturity: Decimal | None
    accepted: bool
    note: str

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    @property
    def difference(self) -> Decimal | None:
        """What the ministry found less (or more) than the region's own verifiers."""
        return None if self.maturity is None else self.maturity - self.verified


def _counted(state: str, hundredths: int | None) -> Decimal:
    """Points as the verified index counts them: nothing for what was rejected."""
    return Decimal(0) if state == State.REJECTED else Decimal(hundredths or 0).scaleb(-2)


def returned(assessment: Assessment) -> MinistryResult | None:
    """The third value of the index, if it was recorded."""
    return MinistryResult.objects.filter(assessment=assessment).select_related("by").first()


def returned_rows(assessment: Assessment) -> list[ReturnedRow]:
    """Every innovation reported, with what was returned for it. One query."""
    found = Entry.objects.filter(assessment=assessment, kind=Entry.Kind.INNOVATION, state__in=REPORTED).order_by(
        "innovation__name"
    )
    columns = (
        "code", "innovation__code", "innovation__name", "agency__short_name", "agency__name", "state",
        "score__claimed", "score__verified", "returned__maturity", "returned__accepted", "returned__note",
    )  # fmt: skip
    return [
        ReturnedRow(
            code, innovation, name, short or agency, state, Decimal(claimed or 0).scaleb(-2),
            _counted(state, verified), maturity, accepted is not False, note or "",
        )
        for code, innovation, name, short, agency, state, claimed, verified, maturity, accepted, note
        in found.values_list(*columns)
    ]  # fmt: skip
