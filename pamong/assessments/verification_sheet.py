"""One entry under judgement: per indicator the rule, the claim, the proofs, the verdicts, and what changed in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import QuerySet

from pamong.assessments import verification_changes as changes
from pamong.assessments.models import Claim, Entry, Proof, Repair, Verdict, VerdictProof
from pamong.assessments.states import Phase
from pamong.assessments.verification_queries import codes_in
from pamong.engine.edition import Confidence, Edition, Indicator, Level, Source
from pamong.evidence.models import Version

CONFIDENCE = {
    Confidence.SEEN: "terbaca pada sumbernya",
    Confidence.TRANSCRIBED: "terbaca pada salinan dokumen kementerian",
    Confidence.INFERRED: "disimpulkan",
    Confidence.CONFLICTING: "sumber-sumber bertentangan",
    Confidence.BACKGROUND: "pengetahuan umum, dokumennya belum terbaca",
}


@dataclass(frozen=True)
class Line:
    """One indicator of the entry. ``proofs`` pairs each proof with the version that counts now."""

    indicator: Indicator
    claim: Claim | None
    proofs: Sequence[tuple[Proof, Version | None]]
    verdicts: Sequence[Verdict]
    repairs: Sequence[Repair]
    changed: Sequence[str]
    kind: str

    @property
    def code(self) -> str:
        return self.indicator.code

    @property
    def level(self) -> int | None:
        return self.claim.level if self.claim else None

    @property
    def claimed(self) -> int:
        return self.claim.level if self.claim else 0

    @property
    def version(self) -> int:
        return self.claim.version if self.claim else 0

    @cached_property
    def standing(self) -> Verdict | None:
        return next((verdict for verdict in self.verdicts if verdict.stands), None)

    @property
    def last(self) -> Verdict | None:
        return self.verdicts[0] if self.verdicts else None

    @property
    def is_judged(self) -> bool:
        """Whether a verdict stands on the claim as it is."""
        return self.standing is not None and self.standing.claim_version == self.version

    @property
    def reopened(self) -> str:
        """Why the last verdict no longer stands, while no other does."""
        return self.last.reopened_because if self.last and not self.standing else ""

    @property
    def open_repair(self) -> Repair | None:
        return next((each for each in self.repairs if each.answered_at is None), None)

    @property
    def is_due(self) -> bool:
        """Whether a decision on the entry waits for this indicator."""
        return not self.is_judged and (self.claim is not None or self.indicator.mandatory)

    @property
    def points(self) -> Decimal:
        return self.indicator.weight * self.claimed

    @property
    def proven(self) -> Decimal | None:
        return self.indicator.weight * self.standing.level if self.standing else None

    @property
    def basis(self) -> str:
        """The alternative or the answer that was chosen, in the edition's words."""
        chosen = self.claim.basis if self.claim else ""
        options = {each.code: each.label for each in self.indicator.bases}
        options |= {each.code: each.label for each in self.indicator.options}
        return options.get(chosen, chosen)

    @property
    def levels(self) -> Sequence[Level]:
        """The level texts in force: of the chosen basis, of this kind of innovation, or the indicator's own."""
        chosen = self.claim.basis if self.claim else ""
        for basis in self.indicator.bases:
            if basis.code == chosen:
                return basis.levels
        for variant in self.indicator.variants:
            if variant.kind == self.kind:
                return variant.levels
        return self.indicator.levels

    @property
    def unit(self) -> str:
        chosen = next((each for each in self.indicator.bases if self.claim and each.code == self.claim.basis), None)
        measure = chosen.measure if chosen else self.indicator.measure
        return measure.unit if measure else ""


@dataclass(frozen=True)
class Rule:
    """Where the rule of one indicator comes from, how sure it is, and what about it is unverified."""

    source: Source
    confidence: str
    notes: Sequence[str]


def rule_of(edition: Edition, indicator: Indicator) -> Rule:
    group = "institution" if indicator in edition.institution else "innovation"
    mine = f"{group}.{indicator.code}"
    notes = [each.note for each in edition.unverified if each.path in (group, mine) or each.path.startswith(f"{mine}.")]
    return Rule(edition.cite(indicator.source), CONFIDENCE[indicator.confidence], notes)


@dataclass(frozen=True)
class Sheet:
    """All lines of an entry, in the edition's order."""

    edition: Edition
    lines: Sequence[Line]

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)

    @property
    def due(self) -> list[Line]:
        return [line for line in self.lines if line.is_due]

    @property
    def judged(self) -> int:
        return sum(line.is_judged for line in self.lines)

    @property
    def reopened(self) -> list[Line]:
        return [line for line in self.lines if line.reopened]

    @property
    def unproven_mandatory(self) -> list[Line]:
        """Mandatory indicators judged at nothing: the guide calls such an innovation not fit."""
        return [line for line in self.lines if line.indicator.mandatory and line.standing and not line.standing.level]

    @property
    def maximum(self) -> Decimal:
        return sum((line.indicator.maximum for line in self.lines), Decimal(0))

    @property
    def claimed(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def proven(self) -> Decimal:
        return sum((line.proven or Decimal(0) for line in self.lines), Decimal(0))

    @property
    def repairs(self) -> list[Repair]:
        """Everything ever returned, newest round first."""
        return sorted((each for line in self.lines for each in line.repairs), key=lambda each: -each.round)

    def next_due(self, code: str) -> Line | None:
        """The next indicator to judge after ``code``, around the end if need be."""
        place = next((at for at, line in enumerate(self.lines) if line.code == code), 0)
        turned = [*self.lines[place + 1 :], *self.lines[:place]]
        return next((line for line in turned if line.is_due), None)

    def around(self, code: str) -> tuple[Line | None, Line | None]:
        """The indicators before and after ``code`` in the edition's order."""
        place = next((at for at, line in enumerate(self.lines) if line.code == code), 0)
        return (
            self.lines[place - 1] if place else None,
            self.lines[place + 1] if place + 1 < len(self.lines) else None,
        )


def sheet(entry: Entry) -> Sheet:
    """Everything about ``entry``, in six queries whatever it holds."""
    edition = entry.assessment.edition
    claims = {claim.indicator: claim for claim in entry.claims.select_related("by")}
    proofs = _proofs(entry, claims)
    verdicts = _by_indicator(list(entry.verdicts.select_related("by").order_by("-pk")))
    repairs = _by_indicator(list(entry.repairs.select_related("by").order_by("-round", "pk")))
    seen = _seen(entry) if verdicts else {}
    kind = entry.innovation.kind if entry.innovation else ""
    return Sheet(
        edition,
        [
            _line(edition.indicator(code), claims.get(code), proofs.get(code, []), verdicts.get(code, []),
                  repairs.get(code, []), seen, kind)
            for code in codes_in(edition, entry.kind)
        ],
    )  # fmt: skip


def _line(
    indicator: Indicator,
    claim: Claim | None,
    proofs: list[tuple[Proof, Version | None]],
    verdicts: list[Verdict],
    repairs: list[Repair],
    seen: dict[int, list[Version]],
    kind: str,
) -> Line:
    now = changes.now(claim, [version for _, version in proofs if version])
    return Line(indicator, claim, proofs, verdicts, repairs, _changed(now, verdicts, repairs, seen), kind)


def _changed(
    now: changes.Moment, verdicts: list[Verdict], repairs: list[Repair], seen: dict[int, list[Version]]
) -> list[str]:
    """What changed since the indicator was last looked at: returned, or judged, whichever came later."""
    verdict, repair = (verdicts[0] if verdicts else None), (repairs[0] if repairs else None)
    if repair and (verdict is None or repair.at > verdict.at):
        return changes.between(changes.when_returned(repair), now)
    if verdict is None:
        return []
    return changes.between(changes.when_judged(verdict, seen.get(verdict.pk, [])), now)


def _proofs(entry: Entry, claims: dict[str, Claim]) -> dict[str, list[tuple[Proof, Version | None]]]:
    codes = {claim.pk: code for code, claim in claims.items()}
    rows = list(Proof.objects.filter(claim__in=codes).select_related("document", "by").order_by("pk"))
    versions = {version.document_id: version for version in _counting(entry, {row.document_id for row in rows})}
    found: dict[str, list[tuple[Proof, Version | None]]] = {}
    for proof in rows:
        found.setdefault(codes[proof.claim_id], []).append((proof, versions.get(proof.document_id)))
    return found


def _counting(entry: Entry, documents: set[int]) -> QuerySet[Version]:
    """The version of each document that counts: the current one; in a closed year, the last one before it closed."""
    versions = Version.objects.filter(document__in=documents).select_related("document", "by").order_by("number")
    if entry.assessment.phase == Phase.CLOSED and entry.assessment.closed_at:
        return versions.filter(at__lte=entry.assessment.closed_at)
    return versions.filter(is_current=True)


def _by_indicator(rows: list) -> dict[str, list]:  # type: ignore[type-arg]
    found: dict[str, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(row.indicator, []).append(row)
    return found


def _seen(entry: Entry) -> dict[int, list[Version]]:
    """By verdict, the versions that lay before the verifier."""
    found: dict[int, list[Version]] = {}
    for row in VerdictProof.objects.filter(verdict__entry=entry).select_related("version__document"):
        found.setdefault(row.verdict_id, []).append(row.version)
    return found
