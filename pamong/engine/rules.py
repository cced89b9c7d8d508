"""The rules of a year beside its indicators: divisor, count, bands, window, files, profile fields, process.

Every class mirrors one table of the edition's TOML file, and says where it was read and how sure that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pamong.engine.vocabulary import Choice, Confidence, Counted


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
