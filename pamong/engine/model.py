"""What an edition of the rules consists of: frozen dataclasses, named as in the edition's TOML file.

Every class mirrors one TOML table, field for field; ``reading.read`` fills them. Texts are Indonesian because
people read them; codes are stable and appear in stored data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

TOP_LEVEL = 3


class Confidence(StrEnum):
    """How sure a value is."""

    SEEN = "V"  # verbatim in the cited source
    TRANSCRIBED = "V2"  # verbatim in a secondary source that transcribes the ministry's document
    INFERRED = "I"  # computed or concluded
    CONFLICTING = "C"  # sources disagree
    BACKGROUND = "B"  # general knowledge, no document seen


class Status(StrEnum):
    """Where an edition stands: over, in force, or announced ahead of its year."""

    PAST = "past"
    CURRENT = "current"
    PROGNOSIS = "prognosis"


class Direction(StrEnum):
    """Which way a measured value is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Counted(StrEnum):
    """Which innovations a rule looks at: all that were sent, or only those the verifiers accepted."""

    REPORTED = "reported"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Choice:
    """One entry of a list people choose from."""

    code: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Source:
    """Where a rule was read. ``trust`` is high, medium or low."""

    code: str
    title: str
    reference: str
    trust: str


@dataclass(frozen=True)
class Unverified:
    """A value no official document confirms for this edition; ``path`` names it, ``note`` says why and what was assumed."""

    path: str
    note: str


@dataclass(frozen=True)
class Affair:
    """A government affair (urusan). ``is_basic`` marks the six mandatory basic services."""

    code: str
    label: str
    group: str
    is_basic: bool


@dataclass(frozen=True)
class Level:
    """One level (parameter) of an indicator. The limits, where given, decide it from a typed number."""

    level: int
    text: str
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None

    @property
    def has_limit(self) -> bool:
        return any(limit is not None for limit in (self.at_least, self.above, self.at_most, self.below))

    def holds(self, value: Decimal) -> bool:
        """Whether ``value`` lies within this level's own limits."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True)
class Measure:
    """The number that decides a level: what is asked, its unit, which way is better, whether it is whole."""

    question: str
    unit: str
    direction: Direction
    whole: bool = False


@dataclass(frozen=True)
class Option:
    """One answer of a choice indicator and the level it gives."""

    code: str
    label: str
    level: int


@dataclass(frozen=True)
class EvidenceRequirement:
    """One thing the evidence must contain. ``alternatives``: any one of these documents will do;
    ``per``: repeated for every such thing (kegiatan, cara, tahun); ``when``: only in this case;
    ``checks``: what can be checked by machine."""

    code: str
    label: str
    alternatives: tuple[str, ...] = ()
    minimum: int = 1
    per: str = ""
    from_level: int = 1
    when: str = ""
    file_types: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What proves an indicator: which years (T-0 is the assessment year), which file types, which parts."""

    summary: str
    years: tuple[str, ...]
    file_types: tuple[str, ...]
    requirements: tuple[EvidenceRequirement, ...]
    link_allowed: bool = False

    def calendar_years(self, assessment_year: int) -> tuple[int, ...]:
        """The years (2026, 2025, …) the evidence may date from."""
        return tuple(assessment_year - int(year.removeprefix("T-")) for year in self.years)


@dataclass(frozen=True)
class Basis:
    """One of several alternative ways to prove the same indicator (kemanfaatan a–f)."""

    code: str
    label: str
    levels: tuple[Level, ...]
    evidence: Evidence
    measure: Measure | None = None


@dataclass(frozen=True)
class Variant:
    """Level texts for one kind of innovation (digital or not); the levels weigh the same."""

    kind: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Indicator:
    """One score line. ``points = level × weight``; ``number`` is the number in the ministry's list of 36."""

    code: str
    number: int
    name: str
    variable: str
    weight: Decimal
    mandatory: bool
    levels: tuple[Level, ...]
    evidence: Evidence
    source: str
    confidence: Confidence
    form_number: int | None = None
    measure: Measure | None = None
    options: tuple[Option, ...] = ()
    bases: tuple[Basis, ...] = ()
    variants: tuple[Variant, ...] = ()
    note: str = ""

    @property
    def maximum(self) -> Decimal:
        return self.weight * TOP_LEVEL

    def level(self, level: int) -> Level:
        return next(each for each in self.levels if each.level == level)

    def basis(self, code: str) -> Basis:
        """The alternative ``code``; ``KeyError`` if this indicator has none such."""
        for each in self.bases:
            if each.code == code:
                return each
        raise KeyError(code)


@dataclass(frozen=True)
class Declared:
    """The totals printed by the source, against which the weights are checked."""

    institution: Decimal
    maturity: Decimal
    count: Decimal
    total: Decimal
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Divisor:
    """What the sum of maturities is divided by: the number counted, at least ``floor``."""

    floor: int
    uses: Counted
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Count:
    """Points for the number of innovations: ``min(n, cap) × weight``, if enough basic affairs are represented.

    ``affairs_minimum`` 0 means there is no affairs rule."""

    code: str
    number: int
    name: str
    variable: str
    weight: Decimal
    cap: int
    uses: Counted
    affairs: tuple[str, ...]
    affairs_minimum: int
    affairs_use: Counted
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Band:
    """A predicate and the published index (two decimals) from which to which it reaches."""

    code: str
    label: str
    lower: Decimal
    upper: Decimal
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Banding:
    """How bands are applied. ``without_innovations``: the band of a region that reported none, or empty for its index's."""

    without_innovations: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Rounding:
    """Decimals of the index and of printed scores; ``mode`` is always half-up, applied once."""

    index_decimals: int
    score_decimals: int
    mode: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Window:
    """Which innovations a year admits: applied (or developed) in the ``years_before`` calendar years before it."""

    years_before: int
    stages: tuple[str, ...]
    development_counts: bool
    max_entries: int
    development_renews: bool
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Trial:
    """Longest trial (uji coba), in months."""

    max_months: int
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Files:
    """Largest sizes in megabytes (1 MB = 1,048,576 bytes) and the longest video in minutes."""

    profile_mb: int
    evidence_mb: int
    video_mb: int
    video_minutes: int
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Design:
    """The description of design and main changes (rancang bangun): its length and the parts it must have."""

    min_words: int
    parts: tuple[Choice, ...]
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Field:
    """One field of the innovation's profile. ``options`` names a list of the edition (``themes``, ``stages``, …)."""

    code: str
    label: str
    help: str
    example: str
    type: str
    required: bool
    source: str
    confidence: Confidence
    required_when: str = ""
    options: str = ""
    min_words: int | None = None
    max_words: int | None = None
    max_chars: int | None = None
    file_types: tuple[str, ...] = ()
    max_mb: int | None = None


@dataclass(frozen=True)
class ProcessStage:
    """One step of the national process, with its dates where they are known."""

    code: str
    label: str
    source: str
    confidence: Confidence
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True)
class Edition:
    """The complete rules of one assessment year. ``digest`` is the SHA-256 of the file they were read from."""

    schema: int
    code: str
    title: str
    edition: str
    year: int
    status: Status
    source: str
    formula: str
    declared: Declared
    divisor: Divisor
    count: Count
    banding: Banding
    rounding: Rounding
    window: Window
    trial: Trial
    files: Files
    design: Design
    sources: tuple[Source, ...]
    bands: tuple[Band, ...]
    variables: tuple[Choice, ...]
    institution: tuple[Indicator, ...]
    innovation: tuple[Indicator, ...]
    affairs: tuple[Affair, ...]
    themes: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    initiators: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    forms: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    criteria_source: str
    fields: tuple[Field, ...]
    process: tuple[ProcessStage, ...]
    issued: date | None = None
    classifications: tuple[Choice, ...] = ()
    clusters: tuple[Choice, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    digest: str = field(default="", metadata={"derived": True})

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every score line by code, institution lines first."""
        return {each.code: each for each in (*self.institution, *self.innovation)}

    @cached_property
    def institution_codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.institution)

    @cached_property
    def innovation_codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.innovation)

    @cached_property
    def mandatory_codes(self) -> tuple[str, ...]:
        """Indicators without which an innovation may not be sent."""
        return tuple(each.code for each in self.innovation if each.mandatory)

    @cached_property
    def affairs_by_code(self) -> dict[str, Affair]:
        return {each.code: each for each in self.affairs}

    @property
    def basic_affairs(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.affairs if each.is_basic)

    @property
    def institution_maximum(self) -> Decimal:
        return sum((each.maximum for each in self.institution), Decimal(0))

    @property
    def maturity_maximum(self) -> Decimal:
        return sum((each.maximum for each in self.innovation), Decimal(0))

    @property
    def count_maximum(self) -> Decimal:
        return self.count.weight * self.count.cap

    @property
    def window_years(self) -> tuple[int, int]:
        """First and last calendar year in which an innovation may have been applied."""
        return self.year - self.window.years_before, self.year - 1

    def indicator(self, code: str) -> Indicator:
        """The score line ``code``; ``KeyError`` if the edition has none such."""
        return self.indicators[code]

    def cite(self, code: str) -> Source:
        """The source ``code``; ``KeyError`` if the edition lists none such."""
        for each in self.sources:
            if each.code == code:
                return each
        raise KeyError(code)
