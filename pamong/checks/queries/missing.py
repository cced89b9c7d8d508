"""What is still missing for the innovations of a year, line by line, ordered by what is at stake for the index.

A line is one thing to do: a claim returned, a finding that stands in the way, a claim without proof, an indicator not claimed.
``points`` are those of the innovation's maturity; ``gain`` what they are to the index of the region, by its divisor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, QuerySet

from pamong.assessments.models import Assessment, Claim, Entry, Repair
from pamong.assessments.states import State
from pamong.checks.models import Examination, Finding, Review, Severity
from pamong.engine.edition import TOP_LEVEL, Edition, Indicator
from pamong.engine.index import index_gain, rounded

EDITABLE = (State.DRAFT, State.RETURNED)
ZERO = Decimal(0)


class Kind(StrEnum):
    """What sort of thing is missing; also how a filter asks for it."""

    RETURNED = "dikembalikan"
    BLOCKED = "temuan"
    UNPROVEN = "belum-berbukti"
    DOUBTFUL = "perlu-dilihat"
    LOW = "klaim-rendah"
    UNCLAIMED = "belum-diklaim"


LABELS = {
    Kind.RETURNED: "Dikembalikan", Kind.BLOCKED: "Temuan menghalangi", Kind.UNPROVEN: "Belum berbukti",
    Kind.DOUBTFUL: "Perlu dilihat", Kind.LOW: "Bukti mendukung lebih", Kind.UNCLAIMED: "Belum diklaim",
}  # fmt: skip
TONES = {Kind.RETURNED: "bad", Kind.BLOCKED: "bad", Kind.UNPROVEN: "warn", Kind.DOUBTFUL: "warn", Kind.LOW: "good"}


@dataclass(frozen=True)
class Line:
    """One thing to do. ``remedy``: what, in one sentence; ``page`` and ``document`` say which page mends it."""

    entry: Entry
    indicator: Indicator
    kind: Kind
    what: str
    remedy: str
    points: Decimal
    gain: Decimal
    document: str = ""
    where: str = "indicator"

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def tone(self) -> str:
        return TONES.get(self.kind, "neutral")


@dataclass(frozen=True)
class _Claimed:
    """One claim with what is known of its evidence."""

    level: int
    proofs: int
    advice: int | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def gravest(self) -> Finding | None:
        return next(
            (each for each in self.findings if each.severity == Severity.BLOCKS), next(iter(self.findings), None)
        )


def lines(assessment: Assessment, entries: QuerySet[Entry]) -> list[Line]:
    """Everything missing in those of ``entries`` that can still be changed, most at stake first."""
    rows = list(entries.filter(state__in=EDITABLE, kind=Entry.Kind.INNOVATION).select_related("innovation", "agency"))
    claims, repairs = _claims(rows), _repairs(rows)
    edition, divisor = assessment.edition, _divisor(assessment)
    found = (
        line
        for entry in rows
        for line in _of_entry(entry, edition, claims.get(entry.pk, {}), repairs.get(entry.pk, {}), divisor)
    )
    return sorted(found, key=lambda line: (-line.gain, -line.points, str(line.entry), line.indicator.number))


def _divisor(assessment: Assessment) -> int:
    """By what the maturities are divided if everything that takes part is sent."""
    taking_part = Entry.objects.filter(assessment=assessment, kind=Entry.Kind.INNOVATION).count()
    return max(assessment.edition.divisor.floor, taking_part)


def _claims(entries: list[Entry]) -> dict[int, dict[str, _Claimed]]:
    rows = Claim.objects.filter(entry__in=entries).order_by().annotate(n=Count("proofs"))
    plain = list(rows.values_list("pk", "entry_id", "indicator", "level", "n"))
    advice = dict(Examination.objects.filter(claim__entry__in=entries).values_list("claim_id", "advice"))
    findings = _findings(entries)
    made: dict[int, dict[str, _Claimed]] = {}
    for pk, entry, code, level, n in plain:
        made.setdefault(entry, {})[code] = _Claimed(level, n, advice.get(pk), tuple(findings.get(pk, ())))
    return made


def _findings(entries: list[Entry]) -> dict[int, list[Finding]]:
    """By claim: what stands in the way or must be looked at, the gravest first, without what was dismissed."""
    dismissed = set(
        Review.objects.filter(entry__in=entries, word=Review.Word.DISMISSED).values_list("entry_id", "indicator", "key")
    )
    rows = (
        Finding.objects.filter(examination__claim__entry__in=entries)
        .exclude(severity=Severity.INFORMS)
        .select_related("examination__claim", "document")
        .order_by("severity", "pk")
    )
    found: dict[int, list[Finding]] = {}
    for row in rows:
        claim = row.examination.claim
        if (claim.entry_id, claim.indicator, row.key) not in dismissed:
            found.setdefault(claim.pk, []).append(row)
    return found


def _repairs(entries: list[Entry]) -> dict[int, dict[str, str]]:
    rows = Repair.objects.filter(entry__in=entries, answered_at=None).order_by("pk")
    found: dict[int, dict[str, str]] = {}
    for entry, code, reason in rows.values_list("entry_id", "indicator", "reason"):
        found.setdefault(entry, {})[code] = reason
    return found


def _of_entry(
    entry: Entry, edition: Edition, claims: Mapping[str, _Claimed], repairs: Mapping[str, str], divisor: int
) -> Iterator[Line]:
    whole = _whole(entry, edition, claims)
    for indicator in edition.innovation:
        for kind, what, remedy, points, finding in _said(indicator, claims.get(indicator.code), repairs, whole):
            yield Line(
                entry, indicator, kind, what, remedy, points, rounded(index_gain(edition, points, divisor), 2),
                finding.document.code if finding and finding.document else "", _where(finding),
            )  # fmt: skip


def _whole(entry: Entry, edition: Edition, claims: Mapping[str, _Claimed]) -> Decimal:
    """The maturity claimed for the whole innovation: what a missing mandatory indicator puts at stake."""
    return sum((each.weight * claims[each.code].level for each in edition.innovation if each.code in claims), ZERO)


Said = tuple[Kind, str, str, Decimal, Finding | None]


def _said(indicator: Indicator, claimed: _Claimed | None, repairs: Mapping[str, str], whole: Decimal) -> Iterable[Said]:
    """What is missing for one indicator: at most one thing, the first that must be done."""
    if indicator.code in repairs:
        level = claimed.level if claimed else 0
        yield (
            Kind.RETURNED,
            repairs[indicator.code],
            "Perbaiki seperti diminta verifikator.",
            indicator.weight * level,
            None,
        )
    elif claimed is None or not claimed.level:
        yield from _unclaimed(indicator, claimed, whole)
    elif not claimed.proofs:
        points = max(indicator.weight * claimed.level, whole if indicator.mandatory else ZERO)
        yield (
            Kind.UNPROVEN,
            "Diklaim, tetapi belum ada bukti.",
            f"Lampirkan: {indicator.evidence.summary}",
            points,
            None,
        )
    else:
        yield from _examined(indicator, claimed)


def _unclaimed(indicator: Indicator, claimed: _Claimed | None, whole: Decimal) -> Iterable[Said]:
    supported = claimed.advice if claimed and claimed.proofs else None
    if supported:
        yield (
            Kind.LOW,
            f"Bukti mendukung tingkat {supported}, tetapi belum diklaim.",
            f"Klaim tingkat {supported}.",
            indicator.weight * supported,
            None,
        )
        return
    gain = indicator.weight * TOP_LEVEL
    if indicator.mandatory:
        what = "Wajib, tetapi belum diklaim: tanpa ini inovasi tidak layak dinilai."
        yield Kind.UNCLAIMED, what, "Pilih tingkatnya dan lampirkan bukti.", max(gain, whole), None
    else:
        yield Kind.UNCLAIMED, "Belum diklaim.", "Pilih tingkatnya dan lampirkan bukti.", gain, None


def _examined(indicator: Indicator, claimed: _Claimed) -> Iterable[Said]:
    finding, advice = claimed.gravest, claimed.advice
    lost = indicator.weight * max(claimed.level - advice, 0) if advice is not None else ZERO
    if finding is not None:
        more = len(claimed.findings) - 1
        what = finding.message + (f" (dan {more} temuan lain)" if more else "")
        kind = Kind.BLOCKED if finding.severity == Severity.BLOCKS else Kind.DOUBTFUL
        yield kind, what, finding.remedy, lost, finding
    elif advice is not None and advice > claimed.level:
        gain = indicator.weight * (advice - claimed.level)
        yield (
            Kind.LOW,
            f"Bukti mendukung tingkat {advice}, klaim baru {claimed.level}.",
            f"Naikkan klaim ke tingkat {advice}.",
            gain,
            None,
        )


def _where(finding: Finding | None) -> str:
    """Which page mends it: the claim's own, the data of the document, or its file."""
    if finding is None or finding.document_id is None:
        return "indicator"
    if finding.rule in ("recorded", "typed"):
        return "correct"
    return "replace" if finding.rule == "length" or finding.rule.startswith("berkas-") else "indicator"
