"""What planning stands on: every entry of a year with the levels it can count on now.

A level counts where a verdict says so; before a verdict, where the claim has at least one proof behind it. A claim without
proof is worth nothing yet, so bringing its proof is work still to be planned. While reports are taken every entry counts as
sent, drafts too; afterwards only what was sent upward. Rejected entries are sent, divide, and bring nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments import queries as assessments
from pamong.assessments.models import UNANSWERED, Assessment, Entry, Proof
from pamong.assessments.states import REPORTED, Phase
from pamong.common.aggregates import Joined
from pamong.engine.edition import Edition
from pamong.engine.index import InnovationInput
from pamong.engine.situation import INSTITUTION, Situation
from pamong.scoring.queries import VERIFIED, Inputs
from pamong.scoring.queries.inputs import is_accepted, neutral_affair
from pamong.scoring.snapshots import inputs_as_data

OWN_AGENCY = ""  # stands for the region's own office where an agency's slug would
OWN_LABEL = "Daerah (Bappeda/Brida)"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as planning sees it. ``agency`` is a slug, empty for the region's own indicators."""

    pk: int
    code: str
    name: str
    agency: str
    agency_name: str
    state: str
    affair: str
    levels: Mapping[str, int]

    @property
    def is_own(self) -> bool:
        return self.agency == OWN_AGENCY


@dataclass(frozen=True)
class Ground:
    """All entries of a year, and the situation they make."""

    assessment: Assessment
    items: Mapping[str, Item]  # by code; the region's own under INSTITUTION

    @property
    def edition(self) -> Edition:
        return self.assessment.edition

    @cached_property
    def situation(self) -> Situation:
        own = self.items.get(INSTITUTION)
        closed = self.assessment.phase == Phase.CLOSED
        return Situation(
            self.edition,
            own.levels if own else {},
            tuple(
                InnovationInput(each.code, each.affair, each.levels, is_accepted(each.state, VERIFIED, closed=closed))
                for each in self.items.values()
                if not each.is_own
            ),
        )

    @cached_property
    def agencies(self) -> dict[str, str]:
        """Whose each innovation is, by code; the region's own indicators are its own."""
        return {INSTITUTION: OWN_AGENCY} | {code: each.agency for code, each in self.items.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Agencies by slug."""
        return {OWN_AGENCY: OWN_LABEL} | {each.agency: each.agency_name for each in self.items.values()}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of edition, levels and states: two grounds with one digest give the same answers."""
        given = Inputs(self.edition, dict(self.situation.institution), self.situation.innovations)
        return hashlib.sha256(json.dumps(inputs_as_data(given), sort_keys=True).encode()).hexdigest()


def ground(assessment: Assessment, *, proven: bool = True) -> Ground:
    """What can be counted on in ``assessment`` now. Two queries; without ``proven`` one, and no claim counts: enough to know
    which entries there are."""
    rows = _rows(Entry.objects.filter(assessment=assessment), assessment)
    behind = _proven_claims(assessment) if proven else {}
    edition, neutral = assessment.edition, neutral_affair(assessment.edition)
    items = {}
    for pk, code, kind, name, slug, short, agency, state, affair, claimed, verified in rows:
        own = kind == Entry.Kind.INSTITUTION
        codes = edition.institution_codes if own else edition.innovation_codes
        levels = _levels(codes, claimed, verified, behind.get(pk, frozenset()))
        known = affair if affair in edition.affairs_by_code else neutral
        items[INSTITUTION if own else code] = Item(
            pk, code, name or "Indikator daerah", slug or OWN_AGENCY, short or agency or OWN_LABEL, state, known, levels
        )
    return Ground(assessment, items)


def visible_codes(user: User, region: Region, assessment: Assessment) -> frozenset[str]:
    """Which of the items ``user`` may see by name; the region's own under ``INSTITUTION``."""
    rows = assessments.visible_to(user, region).filter(assessment=assessment).values_list("code", "kind")
    return frozenset(INSTITUTION if kind == Entry.Kind.INSTITUTION else code for code, kind in rows)


def _rows(entries: QuerySet[Entry], assessment: Assessment) -> Iterable[tuple[Any, ...]]:
    if assessment.phase in (Phase.VERIFYING, Phase.CLOSED):
        entries = entries.filter(state__in=REPORTED)
    return entries.order_by("innovation__name", "pk").values_list(
        "pk", "code", "kind", "innovation__name", "agency__slug", "agency__short_name", "agency__name", "state",
        "affair", "claimed", "verified",
    )  # fmt: skip


def _proven_claims(assessment: Assessment) -> dict[int, frozenset[str]]:
    """The indicators of each entry that have a proof behind their claim."""
    # From the proofs, not from claims that have some: databases without statistics yet ask that once for every claim.
    proofs = Proof.objects.filter(claim__entry__assessment=assessment).order_by().values("claim__entry_id")
    rows = proofs.annotate(codes=Joined("claim__indicator", distinct=True)).values_list("claim__entry_id", "codes")
    return {entry: frozenset(codes.split(",")) for entry, codes in rows}


def _levels(codes: tuple[str, ...], claimed: str, verified: str, proven: frozenset[str]) -> dict[str, int]:
    levels = {}
    for code, claim, verdict in zip(codes, claimed, verified, strict=True):
        if verdict != UNANSWERED:
            levels[code] = int(verdict)
        elif claim != UNANSWERED and code in proven:
            levels[code] = int(claim)
    return levels
