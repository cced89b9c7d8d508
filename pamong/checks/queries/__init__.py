"""What can be asked about examinations and findings. ``visible_to`` is the only door to a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment, Claim, Entry, Proof
from pamong.assessments.states import Phase
from pamong.checks.cases import rules_digest
from pamong.checks.models import Examination, Finding, Review, Severity
from pamong.engine import edition as editions
from pamong.reading.models import Reading
from pamong.reading.states import State

GRAVEST = {Severity.BLOCKS.value: 0, Severity.WARNS.value: 1, Severity.INFORMS.value: 2}
SETTLED = (State.DONE, State.FAILED)


def visible_to(user: User, region: Region) -> QuerySet[Examination]:
    """The examinations of the entries this person may see."""
    entries = assessments.visible_to(user, region)
    rows: QuerySet[Examination] = Examination.objects.filter(claim__entry__in=entries)
    return rows


# -- one claim, one entry -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A finding as pages show it: with the verifier's word, and in the name of its source."""

    row: Finding
    review: Review | None
    source: str

    @property
    def is_dismissed(self) -> bool:
        return self.review is not None and self.review.word == Review.Word.DISMISSED

    @property
    def tone(self) -> str:
        return {"blocks": "bad", "warns": "warn"}.get(self.row.severity, "info")


@dataclass(frozen=True)
class Look:
    """What the machine says of one claim: ``examination`` is ``None`` before the first look, ``is_due`` while one is awaited."""

    claim: Claim
    examination: Examination | None
    findings: tuple[Shown, ...]
    is_due: bool

    @property
    def advice(self) -> int | None:
        return self.examination.advice if self.examination else None

    @property
    def differs(self) -> bool:
        return self.advice is not None and self.advice != self.claim.level

    @property
    def unread(self) -> int:
        return self.examination.unread if self.examination else 0

    @property
    def blocks(self) -> int:
        return self._count(Severity.BLOCKS)

    @property
    def warns(self) -> int:
        return self._count(Severity.WARNS)

    def _count(self, severity: str) -> int:
        return sum(each.row.severity == severity and not each.is_dismissed for each in self.findings)


def looks(entry: Entry) -> dict[str, Look]:
    """Every claim of ``entry`` (the caller has asked who may see it) with what was found; a few queries whatever it holds."""
    edition = entry.assessment.edition
    claims = list(entry.claims.annotate(proven=Exists(Proof.objects.filter(claim=OuterRef("pk")))).order_by("pk"))
    rows = Examination.objects.filter(claim__entry=entry).prefetch_related("findings__document", "findings__version")
    looked = {row.claim_id: row for row in rows}
    said = Review.objects.filter(entry=entry).select_related("by") if looked else ()
    reviews = {(row.indicator, row.key): row for row in said}
    return {claim.indicator: _look(claim, looked.get(claim.pk), reviews, edition) for claim in claims}


def _look(
    claim: Any, row: Examination | None, reviews: dict[tuple[str, str], Review], edition: editions.Edition
) -> Look:
    """``claim`` knows whether it is ``proven``: has any proof."""
    found = sorted(row.findings.all(), key=lambda each: GRAVEST[each.severity]) if row else []
    shown = tuple(Shown(each, reviews.get((claim.indicator, each.key)), _cited(edition, each.source)) for each in found)
    is_due = claim.proven and (row is None or row.claim_version != claim.version or row.unread > 0)
    return Look(claim, row, shown, is_due)


def _cited(edition: editions.Edition, code: str) -> str:
    """The title of the source a finding rests on; empty for what the reader found by itself."""
    return next((each.title for each in edition.sources if each.code == code), "")


# -- what is to be looked at --------------------------------------------------------------------------------------------


def to_look_at(limit: int) -> list[int]:
    """Entries of running years with a claim whose evidence was not looked at as it is now, the longest waiting first.

    Cheap enough to ask every minute: it compares versions, not contents. What it cannot see (a corrected date, a renamed
    innovation) the daily look over every entry finds.
    """
    digests = {rules_digest(editions.load(code)) for code in _codes_in_use()}
    looked = Examination.objects.filter(claim=OuterRef("pk"))
    fresh = looked.filter(claim_version=OuterRef("version"), rules__in=digests)
    read_since = Reading.objects.filter(
        version__is_current=True, version__document__proofs__claim=OuterRef("pk"), state__in=SETTLED,
        finished_at__gt=OuterRef("looked_at"),
    )  # fmt: skip
    proven = Proof.objects.filter(claim=OuterRef("pk"))
    rows = (
        Claim.objects.filter(entry__innovation__isnull=False)
        .exclude(entry__assessment__phase=Phase.CLOSED)
        .annotate(looked_at=Subquery(looked.values("at")[:1]))
        .filter((Exists(proven) & ~Exists(fresh)) | (~Exists(proven) & Exists(looked)) | Exists(read_since))
        .order_by("at")
        .values_list("entry_id", flat=True)
    )
    return list(dict.fromkeys(rows[: limit * 20]))[:limit]


def running() -> QuerySet[Entry]:
    """Every innovation's entry in a year that is not closed."""
    rows: QuerySet[Entry] = Entry.objects.filter(innovation__isnull=False).exclude(assessment__phase=Phase.CLOSED)
    return rows.select_related("assessment", "innovation", "region")


def using(version: int) -> list[int]:
    """The entries of running years in which the document of ``version`` is a proof."""
    rows = running().filter(claims__proofs__document__versions=version)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def _codes_in_use() -> Iterable[str]:
    rows = Assessment.objects.exclude(phase=Phase.CLOSED).order_by()
    return rows.values_list("edition_code", flat=True).distinct()
