"""From packed strings to the engine's inputs, in one query.

Which entries count, and how:

* Only entries sent upward (``states.REPORTED``) are reported; drafts are counted on request, as a what-if.
* ``claimed``: every reported entry with the levels claimed for it, as if all were accepted.
* ``verified``: the levels of standing verdicts. While the year runs, an entry still under verification counts with the
  verdicts it has so far (an indicator not yet judged is worth nothing); ``progress`` says how many that are. A rejected
  entry is reported and not accepted: worth nothing, but it stays in the divisor. Once the year is closed only accepted
  entries count; what was still undecided is not accepted.
* The region's own indicators are an entry of their own and follow the same rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pamong.assessments.models import UNANSWERED, Assessment, Entry
from pamong.assessments.states import REPORTED, Phase, State
from pamong.engine import index as engine
from pamong.engine.edition import Edition

Value = Literal["claimed", "verified"]
CLAIMED: Value = "claimed"
VERIFIED: Value = "verified"
DECIDED = frozenset({State.ACCEPTED, State.REJECTED})


@dataclass(frozen=True, slots=True)
class Reported:
    """One entry as far as the score is concerned."""

    code: str
    kind: str
    state: str
    affair: str
    claimed: str
    verified: str

    @property
    def is_institution(self) -> bool:
        return self.kind == Entry.Kind.INSTITUTION

    def packed(self, value: Value) -> str:
        return self.claimed if value == CLAIMED else self.verified


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the engine needs for the index of one region."""

    edition: Edition
    institution: dict[str, int]
    innovations: tuple[engine.InnovationInput, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far verification is: innovations sent, decided and accepted; indicators claimed and judged."""

    reported: int
    decided: int
    accepted: int
    claimed: int
    judged: int

    @property
    def undecided(self) -> int:
        return self.reported - self.decided


def reported(assessment: Assessment, *, drafts: bool = False) -> list[Reported]:
    """The entries of ``assessment`` that were sent upward; with ``drafts`` all of them. One query."""
    rows = Entry.objects.filter(assessment=assessment).order_by("pk")
    if not drafts:
        rows = rows.filter(state__in=REPORTED)
    return [Reported(*row) for row in rows.values_list("code", "kind", "state", "affair", "claimed", "verified")]


def inputs(assessment: Assessment, value: Value, *, drafts: bool = False) -> Inputs:
    """The engine's inputs for the ``value`` of the index."""
    return inputs_of(assessment, reported(assessment, drafts=drafts), value)


def inputs_of(assessment: Assessment, rows: Sequence[Reported], value: Value, *, closed: bool | None = None) -> Inputs:
    """As ``inputs``, from entries already read; ``closed`` asks as if the year were (or were not) closed."""
    edition = assessment.edition
    closed = assessment.phase == Phase.CLOSED if closed is None else closed
    own: dict[str, int] = {}
    for row in rows:
        if row.is_institution and is_accepted(row.state, value, closed=closed):
            own = _levels(edition.institution_codes, row.packed(value))
    return Inputs(edition, own, tuple(_innovations(edition, rows, value, closed=closed)))


def index(assessment: Assessment, value: Value, *, drafts: bool = False) -> engine.RegionScore:
    """The index of the region with all its lines, computed now."""
    return score_of(inputs(assessment, value, drafts=drafts))


def index_if_closed(assessment: Assessment) -> engine.RegionScore:
    """The verified index as it would be sealed if the year closed now."""
    return score_of(inputs_of(assessment, reported(assessment), VERIFIED, closed=True))


def score_of(given: Inputs) -> engine.RegionScore:
    return engine.score(given.edition, given.institution, given.innovations)


def progress(assessment: Assessment) -> Progress:
    return progress_of(reported(assessment))


def progress_of(rows: Iterable[Reported]) -> Progress:
    """How far verification of the innovations among ``rows`` is."""
    entries = [row for row in rows if not row.is_institution]
    return Progress(
        reported=len(entries),
        decided=sum(row.state in DECIDED for row in entries),
        accepted=sum(row.state == State.ACCEPTED for row in entries),
        claimed=sum(len(row.claimed) - row.claimed.count(UNANSWERED) for row in entries),
        judged=sum(len(row.verified) - row.verified.count(UNANSWERED) for row in entries),
    )


def is_accepted(state: str, value: Value, *, closed: bool) -> bool:
    """Whether an entry in ``state`` counts with its levels (see the head of this file)."""
    if value == CLAIMED:
        return True
    return state == State.ACCEPTED if closed else state != State.REJECTED


def neutral_affair(edition: Edition) -> str:
    """An affair the count rule does not look at: it stands for one that is missing or unknown to the edition."""
    return next(affair.code for affair in edition.affairs if affair.code not in edition.count.affairs)


def _innovations(
    edition: Edition, rows: Sequence[Reported], value: Value, *, closed: bool
) -> Iterable[engine.InnovationInput]:
    neutral = neutral_affair(edition)
    for row in rows:
        if not row.is_institution:
            yield engine.InnovationInput(
                row.code,
                row.affair if row.affair in edition.affairs_by_code else neutral,
                _levels(edition.innovation_codes, row.packed(value)),
                is_accepted(row.state, value, closed=closed),
            )


def _levels(codes: Sequence[str], packed: str) -> dict[str, int]:
    return {code: int(mark) for code, mark in zip(codes, packed, strict=True) if mark != UNANSWERED}
