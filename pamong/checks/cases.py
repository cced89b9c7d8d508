"""From rows to what the rules look at: every claim of one entry with its papers, in a handful of queries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pamong.agencies.models import Agency
from pamong.assessments.models import Assessment, Claim, Entry, Proof
from pamong.assessments.states import Phase
from pamong.checks.reads import Read, read_of
from pamong.checks.rules import VERSION, Case, Paper, Use
from pamong.engine import checks as looked_for
from pamong.engine.edition import Edition
from pamong.evidence.models import Document, Version
from pamong.reading.facts import Severity


@dataclass(frozen=True)
class Gathered:
    """One claim ready to be looked at. ``fingerprint`` changes with anything the look depends on."""

    claim: Claim
    case: Case
    versions: Mapping[int, Version]
    reads: Mapping[int, Read]
    fingerprint: str

    @property
    def unread(self) -> int:
        """Papers the reader has not seen yet."""
        return sum(paper.facts is None for paper in self.case.papers)


def rules_digest(edition: Edition) -> str:
    """Names the rules in force: those of the edition, what is looked for under it, and the code that looks."""
    said = f"{edition.digest}:{looked_for.load(edition.code).digest}:{VERSION}"
    return hashlib.sha256(said.encode()).hexdigest()


def gather(entry: Entry) -> list[Gathered]:
    """Every claim of ``entry`` (an innovation's) that has a proof, with what its documents say."""
    claims = {claim.pk: claim for claim in entry.claims.order_by("pk")}
    proofs = _proofs(entry)
    versions = _versions(entry.assessment, {proof.document_id for proof in proofs})
    reads = read_of(version.pk for version in versions.values())
    papers = {
        proof.document_id: paper_of(proof.document, version, reads.get(version.pk) if version else None)
        for proof in proofs
        for version in [versions.get(proof.document_id)]
    }
    attached: dict[int, list[int]] = {}
    for proof in proofs:
        attached.setdefault(proof.claim_id, []).append(proof.document_id)
    uses = _uses(entry, versions)
    agencies = tuple(Agency.objects.filter(region=entry.region_id).values_list("name", "short_name"))
    return [
        _gathered(entry, claims[pk], [papers[key] for key in keys], versions, reads, uses, agencies)
        for pk, keys in attached.items()
    ]


def _proofs(entry: Entry) -> list[Proof]:
    return list(Proof.objects.filter(claim__entry=entry).select_related("document").order_by("pk"))


def _versions(assessment: Assessment, documents: set[int]) -> dict[int, Version]:
    """The version of each document that counts: the current one, in a closed year the last before it closed."""
    rows = Version.objects.filter(document__in=documents).order_by("number")
    if assessment.phase == Phase.CLOSED and assessment.closed_at:
        rows = rows.filter(at__lte=assessment.closed_at)
    else:
        rows = rows.filter(is_current=True)
    return {version.document_id: version for version in rows}


def paper_of(document: Document, version: Version | None, read: Read | None) -> Paper:
    """``document`` as the rules look at it, in ``version`` and as ``read``."""
    return Paper(
        key=document.pk,
        subject=document.subject,
        instrument=document.instrument,
        dated=document.dated,
        valid_until=document.valid_until,
        sha256=version.sha256 if version else "",
        link=version.link if version else "",
        facts=read.facts if read else None,
        is_void=read is not None and any(each.severity is Severity.BLOCKS for each in read.findings),
    )


def _uses(entry: Entry, versions: Mapping[int, Version]) -> dict[int, tuple[Use, ...]]:
    """By document of this entry: where in the same year the same file is brought forward, by whatever document."""
    by_file = {version.sha256 or version.link: document for document, version in versions.items()}
    rows = (
        Proof.objects.filter(claim__entry__assessment=entry.assessment_id, document__versions__is_current=True)
        .filter(document__versions__sha256__in=[version.sha256 for version in versions.values() if version.sha256])
        .values_list(
            "document__versions__sha256", "claim__indicator", "claim__entry_id", "claim__entry__innovation__name"
        )
        .order_by("pk")
    )
    found: dict[int, list[Use]] = {}
    for sha256, indicator, holder, name in rows:
        document = by_file.get(sha256)
        if document is not None:
            found.setdefault(document, []).append(Use(indicator, name or "", holder == entry.pk))
    return {document: tuple(dict.fromkeys(uses)) for document, uses in found.items()}


def _gathered(
    entry: Entry,
    claim: Claim,
    papers: list[Paper],
    versions: Mapping[int, Version],
    reads: Mapping[int, Read],
    uses: dict[int, tuple[Use, ...]],
    agencies: tuple[tuple[str, str], ...],
) -> Gathered:
    edition, innovation = entry.assessment.edition, entry.innovation
    case = Case(
        edition=edition,
        checks=looked_for.load(edition.code),
        indicator=edition.indicator(claim.indicator),
        level=claim.level,
        basis=claim.basis,
        innovation=innovation.name if innovation else "",
        applied_on=innovation.applied_on if innovation else None,
        developed_on=innovation.developed_on if innovation else None,
        region=entry.region.name,
        agencies=agencies,
        papers=tuple(papers),
        uses={paper.key: uses.get(paper.key, ()) for paper in papers},
    )
    mine = {paper.key: versions[paper.key] for paper in papers if paper.key in versions}
    here = {key: reads[version.pk] for key, version in mine.items() if version.pk in reads}
    return Gathered(claim, case, mine, here, _fingerprint(case, claim, mine.values(), here))


def _fingerprint(case: Case, claim: Claim, versions: Iterable[Version], reads: Mapping[int, Read]) -> str:
    said = (
        rules_digest(case.edition), claim.version, case.level, case.basis, case.innovation, case.applied_on, case.developed_on,
        [version.pk for version in versions], [(key, read.stamp) for key, read in reads.items()], case.agencies,
        [(paper.key, paper.subject, paper.instrument, paper.dated, paper.valid_until) for paper in case.papers], sorted(case.uses.items()),
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()
