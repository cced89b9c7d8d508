"""What is still missing before an entry may be handed over: the rules' own demands, and what leaves points lying.

A *fault* stops the submission because the edition calls the thing mandatory; a *gap* only costs points. Reads what it is
given and nothing else, so that the page, the button and the action say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pamong.assessments.models import Entry
from pamong.common.permit import YES, Permit, no
from pamong.engine.edition import Edition, Indicator
from pamong.engine.eligibility import Candidate, Finding, findings
from pamong.innovations.completeness import Missing, completeness
from pamong.innovations.models import Innovation
from pamong.innovations.states import NATIONAL_STAGE, Stage

# Said more precisely elsewhere: by each line, and by what the profile lacks.
SAID_ELSEWHERE = frozenset({"mandatory", "design"})
CRITERIA = dict(
    zip(("pembaruan", "manfaat", "tanpa-beban", "kewenangan", "replikasi"), Innovation.CRITERIA, strict=True)
)


@dataclass(frozen=True, slots=True)
class Answered:
    """One claim as far as completeness is concerned."""

    level: int
    proofs: int


@dataclass(frozen=True)
class Line:
    """One indicator: what is claimed, how many proofs, what it is worth, what is missing."""

    indicator: Indicator
    level: int | None
    proofs: int
    faults: tuple[str, ...]
    gaps: tuple[str, ...]

    @property
    def points(self) -> Decimal:
        """The points claimed."""
        return self.indicator.weight * (self.level or 0)

    @property
    def unclaimed(self) -> Decimal:
        """The points a higher claim could still bring."""
        return self.indicator.maximum - self.points

    @property
    def unproven(self) -> Decimal:
        """Claimed points with no proof behind them: a verifier will find zero."""
        return self.points if not self.proofs else Decimal(0)

    @property
    def lacking(self) -> str:
        """What is missing, in a few words; empty if nothing is."""
        if self.level is None:
            return "Belum diisi."
        if self.faults and not self.level:
            return "Belum mengklaim tingkat."
        return "Belum ada bukti; tanpa bukti nilainya nol." if self.faults else " ".join(self.gaps)

    @property
    def is_done(self) -> bool:
        return bool(self.level) and not self.faults and not self.gaps

    @property
    def is_not_claimed(self) -> bool:
        """Answered with level 0, which is allowed here and brings nothing."""
        return self.level == 0 and not self.faults and not self.gaps


@dataclass(frozen=True)
class Completeness:
    """Every line of an entry, and what the rules say of the innovation itself."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    missing: tuple[Missing, ...] = ()

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """Everything that stops a submission, each with what to do."""
        blocking = [f"{each.message} {each.remedy}".strip() for each in self.findings if each.blocks]
        if self.missing:
            lacking = "; ".join(
                each.label + (f" ({each.why.rstrip('.').lower()})" if each.why else "") for each in self.missing
            )
            blocking.append(f"Profil inovasi belum lengkap: {lacking}. Lengkapi profilnya.")
        return (*blocking, *(fault for line in self.lines for fault in line.faults))

    @property
    def permit(self) -> Permit:
        return no(*self.faults) if self.faults else YES

    @property
    def done(self) -> int:
        """How many indicators are claimed and proven."""
        return sum(line.is_done for line in self.lines)

    @property
    def not_claimed(self) -> int:
        """How many are deliberately left at level 0."""
        return sum(line.is_not_claimed for line in self.lines)

    @property
    def unproven_lines(self) -> tuple[Line, ...]:
        """The claims with no proof behind them."""
        return tuple(line for line in self.lines if line.level and not line.proofs)

    @property
    def answered(self) -> int:
        return sum(line.level is not None for line in self.lines)

    @property
    def claimed(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def unproven(self) -> Decimal:
        return sum((line.unproven for line in self.lines), Decimal(0))

    @property
    def maximum(self) -> Decimal:
        return sum((line.indicator.maximum for line in self.lines), Decimal(0))


def of(entry: Entry, answers: Mapping[str, Answered], *, times_entered: int = 0) -> Completeness:
    """The completeness of ``entry`` from its claims by indicator and how often its innovation took part before."""
    edition = entry.assessment.edition
    if entry.innovation is None:
        return Completeness(tuple(_line(each, answers.get(each.code), own=True) for each in edition.institution))
    lines = tuple(_line(each, answers.get(each.code), own=False) for each in edition.innovation)
    levels = {code: answer.level for code, answer in answers.items()}
    return Completeness(
        lines,
        _findings(edition, entry.innovation, levels, times_entered),
        profile(edition, entry.innovation),
    )


def eligibility(
    edition: Edition,
    innovation: Innovation,
    *,
    times_entered: int,
    levels: Mapping[str, int] | None = None,
    named: bool | None = None,
) -> tuple[Finding, ...]:
    """What every rule of the year says about ``innovation``, in the edition's words."""
    return findings(edition, _candidate(edition, innovation, levels or {}, times_entered, named))


def profile(edition: Edition, innovation: Innovation) -> tuple[Missing, ...]:
    """What the innovation's profile lacks, beyond what the rules' own findings say."""
    return tuple(each for each in completeness(innovation, edition).missing if each.unit != "developed_on")


def _findings(
    edition: Edition, innovation: Innovation, levels: Mapping[str, int], times_entered: int
) -> tuple[Finding, ...]:
    found = eligibility(edition, innovation, times_entered=times_entered, levels=levels)
    return tuple(each for each in found if each.code not in SAID_ELSEWHERE)


def _candidate(
    edition: Edition, innovation: Innovation, levels: Mapping[str, int], times_entered: int, named: bool | None
) -> Candidate:
    criteria = {code: True if getattr(innovation, field) else None for code, field in CRITERIA.items()}
    return Candidate(
        stage=NATIONAL_STAGE[Stage(innovation.stage)],
        applied_on=innovation.applied_on,
        design=innovation.design,
        levels=levels,
        developed_on=innovation.developed_on,
        trial_on=innovation.trial_on,
        times_entered=times_entered,
        named_in_regulation=named,
        criteria={each.code: criteria.get(each.code) for each in edition.criteria},
    )


def _line(indicator: Indicator, answer: Answered | None, *, own: bool) -> Line:
    level, proofs = (answer.level, answer.proofs) if answer else (None, 0)
    faults, gaps = [], []
    name = f"Indikator {indicator.code} {indicator.name}"
    if indicator.mandatory and (level is None or (not own and not level)):
        faults.append(f"{name} wajib, tetapi belum diklaim. Pilih tingkatnya.")
    elif indicator.mandatory and level and not proofs and not own:
        faults.append(f"{name} wajib, tetapi belum ada buktinya. Lampirkan dokumen.")
    elif level is None:
        gaps.append("Belum diisi.")
    elif level and not proofs:
        gaps.append("Belum ada bukti; tanpa bukti nilainya nol.")
    elif proofs and not level:
        gaps.append("Ada bukti, tetapi belum mengklaim tingkat.")
    return Line(indicator, level, proofs, tuple(faults), tuple(gaps))
