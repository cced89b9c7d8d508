"""Indicators: what is asked, which levels there are, what decides them and what proves them.

Every class mirrors one table of the edition's TOML file, field for field.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.engine.vocabulary import Confidence, Direction

TOP_LEVEL = 3


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
