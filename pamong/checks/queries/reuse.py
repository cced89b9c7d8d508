"""Where a document that is in the library already would serve too: nobody should hunt for the same decree twice.

A document *fits* an indicator if the edition's checks name its kind in a group with that indicator, its file is accepted there,
and it speaks of the innovation: it names it, or proves something else of it already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.standing import standing
from pamong.assessments import queries as assessments
from pamong.assessments import requirements
from pamong.assessments.models import Entry, Proof
from pamong.assessments.states import Phase
from pamong.checks.cases import paper_of
from pamong.checks.queries.missing import EDITABLE
from pamong.checks.reads import read_of
from pamong.checks.rules import Paper
from pamong.engine import checks as looked_for
from pamong.engine.edition import Indicator
from pamong.evidence.models import Document, Version
from pamong.reading.naming import speaks_of

MOST = 20  # innovations proposed at once


@dataclass(frozen=True)
class Proposal:
    """One innovation a document would serve, at which indicators, and whether it serves it already elsewhere."""

    entry: Entry
    indicators: tuple[Indicator, ...]
    is_used: bool


def claimable(user: User, document: Document) -> QuerySet[Entry]:
    """The innovations in running years whose claims ``user`` may change now."""
    who, region = standing(user), document.region
    rows = assessments.visible_to(user, region).filter(state__in=EDITABLE, kind=Entry.Kind.INNOVATION)
    rows = rows.exclude(assessment__phase=Phase.CLOSED).select_related("assessment", "innovation", "agency", "region")
    if who.may_in(Permission.CLAIM, region):
        return rows
    mine = Q(pk__in=())
    for path in who.paths(Permission.CLAIM, region):
        mine |= Q(agency__path__startswith=path)
    return rows.filter(mine)


def proposals(user: User, document: Document) -> list[Proposal]:
    """Where ``document`` would serve too, among the innovations ``user`` may claim for."""
    version = document.current
    if version is None:
        return []
    entries = list(claimable(user, document).order_by("innovation__name"))
    used = _used(document, entries)
    paper = paper_of(document, version, read_of([version.pk]).get(version.pk))
    found = (_proposal(entry, paper, version, used.get(entry.pk, frozenset())) for entry in entries)
    return [each for each in found if each][:MOST]


def _used(document: Document, entries: Iterable[Entry]) -> dict[int, frozenset[str]]:
    """By entry: the indicators the document is brought forward for already."""
    rows = Proof.objects.filter(document=document, claim__entry__in=[each.pk for each in entries])
    found: dict[int, frozenset[str]] = {}
    for entry, code in rows.order_by().values_list("claim__entry_id", "claim__indicator"):
        found[entry] = found.get(entry, frozenset()) | {code}
    return found


def _proposal(entry: Entry, paper: Paper, version: Version, used: frozenset[str]) -> Proposal | None:
    if not used and not speaks_of(entry.innovation.name if entry.innovation else "", paper.pages):
        return None
    codes = [code for code in _fitting(entry, paper.kind, used) if code not in used]
    edition = entry.assessment.edition
    lines = (edition.indicator(code) for code in dict.fromkeys(codes))
    accepted = tuple(line for line in lines if requirements.accepts(line, edition, version))
    return Proposal(entry, accepted, bool(used)) if accepted else None


def _fitting(entry: Entry, kind: str, used: frozenset[str]) -> Iterator[str]:
    """The indicators a document of this kind usually proves; known to prove some, those usually proven with them."""
    for fit in looked_for.load(entry.assessment.edition_code).fits:
        if kind in fit.instruments and (not used or used & set(fit.indicators)):
            yield from fit.indicators


def for_claim(user: User, entry: Entry, indicator: str) -> list[Document]:
    """Documents that prove other indicators of ``entry`` and usually prove this one too, not attached here yet. One query."""
    fits = [fit for fit in looked_for.load(entry.assessment.edition_code).fits if indicator in fit.indicators]
    if not fits:
        return []
    grouped = Q(pk__in=())
    for fit in fits:
        grouped |= Q(instrument__in=fit.instruments, proofs__claim__indicator__in=fit.indicators)
    here = Proof.objects.filter(claim__entry=entry, claim__indicator=indicator).values("document")
    rows = assessments.documents_visible_to(user, entry.region).filter(grouped, proofs__claim__entry=entry)
    return list(rows.exclude(pk__in=here).distinct()[:5])
