"""The machine looks at a claim and writes down what it found. Harmless when repeated; nothing of the claim or verdict is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from pamong.assessments.models import Entry
from pamong.checks.cases import Gathered, gather, rules_digest
from pamong.checks.models import Examination, Finding, Review
from pamong.checks.rules import Finding as Said
from pamong.checks.rules import advice, examine
from pamong.reading.facts import Finding as OfDocument


def look(entry: Entry) -> int:
    """Look at every claim of ``entry`` whose evidence, rules or reading changed since the last look; returns how many.

    A claim that no longer has any proof loses its findings. Killed half-way, the next look does the rest.
    """
    if entry.innovation_id is None:
        return 0
    gathered = gather(entry)
    known = dict(Examination.objects.filter(claim__entry=entry).values_list("claim_id", "fingerprint"))
    due = [each for each in gathered if known.get(each.claim.pk) != each.fingerprint]
    for each in due:
        _write(each)
    bare = known.keys() - {each.claim.pk for each in gathered}
    Examination.objects.filter(claim__in=bare).delete()
    return len(due) + len(bare)


@transaction.atomic
def _write(gathered: Gathered) -> None:
    """Put the findings of one claim in the place of those before, unless a look at a newer claim came first."""
    claim, case = gathered.claim, gathered.case
    Examination.objects.get_or_create(
        claim=claim, defaults={"region_id": claim.region_id, "claim_version": 0, "at": timezone.now()}
    )
    row = Examination.objects.select_for_update().get(claim=claim)
    if row.claim_version > claim.version:
        return
    said = {_key(each, gathered): each for each in (*_of_documents(gathered), *examine(case))}
    row.claim_version, row.fingerprint, row.at = claim.version, gathered.fingerprint, timezone.now()
    row.rules, row.unread = rules_digest(case.edition), gathered.unread
    row.advice = advised(said, dismissed(claim.entry_id, claim.indicator))
    row.save()
    row.findings.all().delete()
    Finding.objects.bulk_create(_row(row, key, each, gathered) for key, each in said.items())


def advised(said: dict[str, Said], dismissed: frozenset[str]) -> int | None:
    """The advice from what was found, without what verifiers dismissed."""
    return advice(each for key, each in said.items() if key not in dismissed)


def dismissed(entry: int, indicator: str) -> frozenset[str]:
    """The keys of the findings on a claim that a verifier dismissed."""
    rows = Review.objects.filter(entry=entry, indicator=indicator, word=Review.Word.DISMISSED)
    return frozenset(rows.values_list("key", flat=True))


def _of_documents(gathered: Gathered) -> Iterable[Said]:
    """What the reader found wrong with the papers themselves."""
    for key, read in gathered.reads.items():
        for each in read.findings:
            yield _as_said(key, each)


def _as_said(document: int, each: OfDocument) -> Said:
    return Said(
        rule=f"berkas-{each.code}"[:40], severity=each.severity, message=each.title, asks=each.rule, source="", remedy=each.remedy,
        paper=document, page=each.page, passage=each.passage,
    )  # fmt: skip


def _key(each: Said, gathered: Gathered) -> str:
    """Names what is said of which version of which document; what else changes in the claim does not change it."""
    version = gathered.versions.get(each.paper)
    said = f"{each.rule}:{version.pk if version else 0}:{each.page}:{each.message}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _row(row: Examination, key: str, each: Said, gathered: Gathered) -> Finding:
    version = gathered.versions.get(each.paper)
    return Finding(
        region_id=row.region_id, examination=row, key=key, rule=each.rule, severity=each.severity.value, message=each.message,
        remedy=each.remedy, asks=each.asks, source=each.source, document_id=each.paper or None, version=version, page=each.page,
        passage=each.passage, supports=each.supports,
    )  # fmt: skip
