"""How the rules fare in a year: what they find, where, and how often verifiers say they cry wolf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pamong.assessments.models import Assessment, Entry
from pamong.checks.models import Finding, Review, Severity
from pamong.checks.rules import RULES

WOLF, FEW = 0.2, 5  # dismissed in this share of at least so many answers, a rule is named as crying wolf
HEADERS = (
    "Inovasi", "Instansi", "Indikator", "Aturan", "Bobot", "Temuan", "Yang dilakukan", "Diminta", "Dokumen", "Halaman",
    "Kutipan", "Kata verifikator", "Alasan",
)  # fmt: skip


@dataclass(frozen=True)
class Fare:
    """One rule: how many findings by severity, how verifiers answered."""

    rule: str
    label: str
    blocks: int
    warns: int
    informs: int
    accepted: int
    dismissed: int

    @property
    def answered(self) -> int:
        return self.accepted + self.dismissed

    @property
    def share(self) -> int | None:
        """The per cent of answers that were dismissals; ``None`` where nobody answered."""
        return round(100 * self.dismissed / self.answered) if self.answered else None

    @property
    def cries_wolf(self) -> bool:
        return self.answered >= FEW and self.dismissed >= WOLF * self.answered


@dataclass(frozen=True)
class House:
    """One agency: how many findings stand in the way or must be looked at, in how many of its innovations."""

    slug: str
    name: str
    blocks: int
    warns: int
    innovations: int


def of_year(entries: QuerySet[Entry], assessment: Assessment) -> QuerySet[Finding]:
    """The findings of a year among the entries the caller may see."""
    rows: QuerySet[Finding] = Finding.objects.filter(
        examination__claim__entry__in=entries, examination__claim__entry__assessment=assessment
    )
    return rows


def fares(found: QuerySet[Finding], entries: QuerySet[Entry], assessment: Assessment) -> list[Fare]:
    """Every rule that found anything or was ever answered, those that are dismissed most first."""
    counted = found.order_by().values("rule").annotate(blocks=_of("blocks"), warns=_of("warns"), informs=_of("informs"))
    reviews = Review.objects.filter(entry__in=entries, entry__assessment=assessment).order_by().values("rule")
    words: dict[str, dict[str, Any]] = {
        row["rule"]: dict(row)
        for row in reviews.annotate(
            accepted=Count("pk", filter=Q(word=Review.Word.ACCEPTED)), dismissed=Count("pk", filter=Q(word=Review.Word.DISMISSED))
        )
    }  # fmt: skip
    numbers: dict[str, dict[str, Any]] = {row["rule"]: dict(row) for row in counted}
    made = [_fare(rule, numbers.get(rule, {}), words.get(rule, {})) for rule in {*numbers, *words}]
    return sorted(made, key=lambda each: (-(each.share or 0), -each.blocks, -each.warns, each.label))


def _of(severity: str) -> Count:
    return Count("pk", filter=Q(severity=severity))


def _fare(rule: str, numbers: dict[str, Any], words: dict[str, Any]) -> Fare:
    return Fare(
        rule,
        rule_label(rule),
        blocks=numbers.get("blocks", 0),
        warns=numbers.get("warns", 0),
        informs=numbers.get("informs", 0),
        accepted=words.get("accepted", 0),
        dismissed=words.get("dismissed", 0),
    )


def rule_label(rule: str) -> str:
    """What a rule is called; those of the reader, about the file itself, by their own names."""
    return RULES.get(rule) or f"Berkas: {rule.removeprefix('berkas-').replace('-', ' ')}"


def houses(found: QuerySet[Finding]) -> list[House]:
    """The agencies with findings to mend, most of them first."""
    agency = "examination__claim__entry__agency"
    rows = (
        found.exclude(severity=Severity.INFORMS)
        .filter(~Exists(_dismissals()))
        .order_by()
        .values(f"{agency}__slug", f"{agency}__name")
        .annotate(blocks=_of("blocks"), warns=_of("warns"), n=Count("examination__claim__entry", distinct=True))
    )
    made = (
        House(row[f"{agency}__slug"], row[f"{agency}__name"], row["blocks"], row["warns"], row["n"]) for row in rows
    )
    return sorted(made, key=lambda each: (-each.blocks, -each.warns, each.name))


def _dismissals() -> QuerySet[Review]:
    rows: QuerySet[Review] = Review.objects.filter(
        entry=OuterRef("examination__claim__entry"), indicator=OuterRef("examination__claim__indicator"), key=OuterRef("key"),
        word=Review.Word.DISMISSED,
    )  # fmt: skip
    return rows


def narrowed(found: QuerySet[Finding], *, rule: str = "", severity: str = "", agency: str = "") -> QuerySet[Finding]:
    """``found`` as a filter asks, the gravest first, with what a row shows."""
    if rule:
        found = found.filter(rule=rule)
    found = found.filter(severity=severity) if severity in Severity.values else found.exclude(severity=Severity.INFORMS)
    if agency:
        found = found.filter(examination__claim__entry__agency__slug=agency)
    return found.select_related(
        "examination__claim__entry__innovation", "examination__claim__entry__agency", "examination__claim__entry__assessment",
        "document",
    ).order_by("severity", "examination__claim__entry__innovation__name", "pk")  # fmt: skip


def answers(found: Iterable[Finding]) -> dict[tuple[int, str, str], Review]:
    """What verifiers said of these findings: by entry, indicator and key. One query."""
    keys = {row.key for row in found}
    rows = Review.objects.filter(key__in=keys)
    return {(row.entry_id, row.indicator, row.key): row for row in rows}


def as_cells(row: Finding, review: Review | None) -> list[object]:
    claim = row.examination.claim
    return [
        str(claim.entry), str(claim.entry.agency or ""), claim.indicator, rule_label(row.rule), row.get_severity_display(),
        row.message, row.remedy, row.asks, str(row.document or ""), row.page or None, row.passage,
        review.get_word_display() if review else "", review.reason if review else "",
    ]  # fmt: skip
