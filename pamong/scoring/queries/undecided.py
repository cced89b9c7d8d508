"""What closing the year would leave undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import State

WAITING = (State.SUBMITTED, State.VERIFYING, State.RETURNED)


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands before the closing: decided or not, and what was never sent (drafts, and what its agency's head has yet to endorse)."""

    waiting: Sequence[Entry]
    drafts: Sequence[Entry]
    institution: Entry | None

    @property
    def institution_unsent(self) -> bool:
        """The region's own indicators are still a draft, so worth nothing."""
        return self.institution is None or self.institution.state in (State.DRAFT, State.AWAITING)


def undecided(assessment: Assessment) -> list[Entry]:
    """Everything sent upward and not decided, the region's own indicators included."""
    return list(
        Entry.objects.filter(assessment=assessment, state__in=WAITING)
        .select_related("innovation", "agency", "region", "verifier")
        .order_by("state", "pk")
    )


def closing(assessment: Assessment) -> Closing:
    """What the page before the closing shows. Two queries."""
    rows = Entry.objects.filter(assessment=assessment).select_related("innovation", "agency", "region", "verifier")
    unsent = rows.filter(state__in=(State.DRAFT, State.AWAITING))
    drafts = [entry for entry in unsent if entry.kind == Entry.Kind.INNOVATION]
    return Closing(undecided(assessment), drafts, rows.filter(kind=Entry.Kind.INSTITUTION).first())
