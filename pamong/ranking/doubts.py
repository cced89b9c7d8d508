"""A region's year as the simulation of its rank wants it: its levels, and what about them is not certain yet.

A level is that of the standing verdict; where none was given, the level claimed. Three things may be otherwise:

* a claim not judged yet may turn out one level lower;
* an innovation not decided yet may be rejected: worth nothing, it stays in the divisor;
* a figure given for one of the region's own indicators is known to within a margin, and the level may lie across the limit.

In a closed year only the third is left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pamong.assessments.models import UNANSWERED, Assessment, Claim
from pamong.assessments.states import Phase, State
from pamong.engine.measure import NotMeasured, level_for_value
from pamong.engine.model import Counted, Edition
from pamong.engine.robustness import Change, Event, Field, field_of
from pamong.scoring.queries.inputs import DECIDED, Reported, reported

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEPS = 40  # a figure is tried at this many places of its margin


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely a claim not judged is lowered, an innovation not decided rejected; ``margin`` of a figure in percent."""

    lowered: float
    rejected: float
    margin: float


@dataclass(frozen=True, slots=True)
class Year:
    """The year, ready to be drawn from, and how many things of each sort are doubtful. ``digest`` seals what was read."""

    field: Field
    events: tuple[Event, ...]
    lowered: int
    rejected: int
    edges: int
    reported: int
    digest: str


def year_of(assessment: Assessment, chances: Chances) -> Year:
    """What was reported in ``assessment``, with its doubts."""
    rows = reported(assessment)
    if assessment.phase == Phase.CLOSED:
        rows = [_settled(row) for row in rows if not row.is_institution or row.state == State.ACCEPTED]
    edition = assessment.edition
    sent = [row for row in rows if not row.is_institution]
    own = next((row for row in rows if row.is_institution), None)
    kept = [row for row in sent if row.state != State.REJECTED]
    rejections = [Event(chances.rejected, _zeroed(edition, row)) for row in kept if row.state not in DECIDED]
    places = {row.code: at for at, row in enumerate(row for row in kept if row.state not in DECIDED)}
    lowered = [
        Event(chances.lowered, (change,), unless=places.get(row.code))
        for row in kept
        for change in _unjudged(edition.innovation_codes, row)
    ]
    lowered += [Event(chances.lowered, (c,)) for c in (_unjudged(edition.institution_codes, own) if own else ())]
    edges = list(_edges(assessment, chances.margin)) if own else []
    events = (*rejections, *lowered, *edges)
    digest = hashlib.sha256(repr((rows, edges)).encode()).hexdigest()
    return Year(_field(edition, own, sent), events, len(lowered), len(rejections), len(edges), len(rows), digest)


def _settled(row: Reported) -> Reported:
    """A closed year has no doubts: what was not accepted is rejected, what was not judged worth nothing."""
    return replace(row, state=State.ACCEPTED if row.state == State.ACCEPTED else State.REJECTED, claimed=row.verified)


def history(assessments: Sequence[Assessment]) -> tuple[float, float]:
    """The share of judged claims that were lowered, and of decided innovations that were rejected; zeros without any."""
    judged = lowered = decided = rejected = 0
    for assessment in assessments:
        for row in reported(assessment):
            pairs = [(c, v) for c, v in zip(row.claimed, row.verified, strict=True) if UNANSWERED not in (c, v)]
            judged, lowered = judged + len(pairs), lowered + sum(v < c for c, v in pairs)
            if not row.is_institution:
                decided += row.state in DECIDED
                rejected += row.state == State.REJECTED
    return lowered / judged if judged else 0.0, rejected / decided if decided else 0.0


def _levels(row: Reported) -> list[int]:
    """The level of the verdict, else of the claim, else 0."""
    marks = (v if v != UNANSWERED else c for c, v in zip(row.claimed, row.verified, strict=True))
    return [0 if mark == UNANSWERED else int(mark) for mark in marks]


def _unjudged(codes: Sequence[str], row: Reported) -> Iterator[Change]:
    for code, claim, verdict in zip(codes, row.claimed, row.verified, strict=True):
        if verdict == UNANSWERED and claim not in (UNANSWERED, "0"):
            yield Change(0, code, -1)


def _zeroed(edition: Edition, row: Reported) -> tuple[Change, ...]:
    pairs = zip(edition.innovation_codes, _levels(row), strict=True)
    return tuple(Change(0, code, -level) for code, level in pairs if level)


def _field(edition: Edition, own: Reported | None, sent: Sequence[Reported]) -> Field:
    import numpy as np

    accepted = np.array([row.state != State.REJECTED for row in sent], dtype=np.bool_)
    levels: NDArray[np.float64] = np.array([_levels(row) for row in sent], dtype=np.float64)
    counts = [row for row in sent if edition.count.affairs_use is Counted.REPORTED or row.state != State.REJECTED]
    affairs = {row.affair for row in counts} & set(edition.count.affairs)
    return field_of(
        edition,
        np.array([_levels(own) if own else [0] * len(edition.institution)], dtype=np.float64),
        levels.reshape(-1, len(edition.innovation)),
        np.zeros(len(sent), dtype=np.int64),
        accepted,
        np.array([len(affairs) >= edition.count.affairs_minimum]),
    )


def _edges(assessment: Assessment, margin: float) -> Iterator[Event]:
    """The region's own figures within ``margin`` percent of a limit, each with the likelier of its other levels."""
    edition = assessment.edition
    claims = Claim.objects.filter(entry__assessment=assessment, entry__kind="institution", value__isnull=False)
    for code, level, value, basis in claims.order_by("pk").values_list("indicator", "level", "value", "basis"):
        found = [_level(edition, code, (value or Decimal(0)) * share, basis) for share in _shares(margin)]
        others = [each for each in found if each is not None and each != level]
        if others and margin:
            likeliest = max(sorted(set(others)), key=others.count)
            yield Event(others.count(likeliest) / len(found), (Change(0, code, likeliest - level),))


def _shares(margin: float) -> list[Decimal]:
    """Evenly from ``margin`` percent below to as much above."""
    return [Decimal(1) + Decimal(str(margin)) / 100 * (Decimal(2 * step) / _STEPS - 1) for step in range(_STEPS + 1)]


def _level(edition: Edition, code: str, value: Decimal, basis: str) -> int | None:
    try:
        return level_for_value(edition.indicators[code], value, basis or None)
    except (NotMeasured, ValueError, KeyError):
        return None
