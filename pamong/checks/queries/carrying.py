"""What an innovation proved last year, and which of it still serves under this year's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pamong.assessments import requirements
from pamong.assessments.models import Claim, Entry, Proof
from pamong.checks.cases import gather
from pamong.checks.rules import Case, Paper, Severity, examine
from pamong.engine import checks as looked_for
from pamong.engine.edition import Indicator
from pamong.evidence.models import Document

# What makes a proof of last year unfit for this one; the rest depends on the level, which is claimed anew.
RENEWING = frozenset({"accepted", "dated", "length", "signer", "unusable", "validity"})


@dataclass(frozen=True)
class Carried:
    """One proof of last year: for which indicator, at which level claimed, and what must be renewed (empty: it serves)."""

    indicator: Indicator
    document: Document
    level: int
    reasons: tuple[str, ...]
    is_here: bool

    @property
    def serves(self) -> bool:
        return not self.reasons

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.indicator.code}:{self.document.code}"


def before(entry: Entry) -> Entry | None:
    """The latest earlier year the same innovation took part in."""
    rows = Entry.objects.filter(innovation=entry.innovation_id, assessment__year__lt=entry.assessment.year)
    return rows.select_related("assessment", "innovation", "region").order_by("-assessment__year").first()


def carried(entry: Entry, earlier: Entry) -> list[Carried]:
    """Every proof of ``earlier`` whose indicator there is this year too, judged by this year's rules."""
    here = set(Proof.objects.filter(claim__entry=entry).values_list("claim__indicator", "document_id"))
    documents = {row.document_id: row.document for row in _proofs(earlier)}
    return [
        row
        for gathered in gather(earlier)
        if gathered.claim.indicator in entry.assessment.edition.innovation_codes
        for row in _of_claim(entry, gathered.claim, gathered.case, documents, here)
    ]


def _proofs(entry: Entry) -> list[Proof]:
    return list(Proof.objects.filter(claim__entry=entry).select_related("document__agency", "document__region"))


def _of_claim(
    entry: Entry, claim: Claim, case: Case, documents: dict[int, Document], here: set[tuple[str, int]]
) -> Iterator[Carried]:
    edition = entry.assessment.edition
    indicator = edition.indicator(claim.indicator)
    for paper in case.papers:
        document = documents[paper.key]
        fits = requirements.accepts(indicator, edition, document.current)
        reasons = fits.reasons or tuple(_renewing(entry, case, paper, indicator))
        yield Carried(indicator, document, claim.level, reasons, (indicator.code, document.pk) in here)


def _renewing(entry: Entry, case: Case, paper: Paper, indicator: Indicator) -> Iterator[str]:
    """What this year's rules say against the paper alone."""
    edition, innovation = entry.assessment.edition, entry.innovation
    alone = replace(
        case, edition=edition, checks=looked_for.load(edition.code), indicator=indicator, level=0, papers=(paper,), uses={},
        applied_on=innovation.applied_on if innovation else None, developed_on=innovation.developed_on if innovation else None,
    )  # fmt: skip
    for each in examine(alone):
        if each.rule in RENEWING and each.severity is not Severity.INFORMS:
            yield f"{each.message} {each.remedy}"
