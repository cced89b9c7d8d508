"""An edition of the rules, whole: frozen dataclasses, named as in the edition's TOML file.

Every class mirrors one TOML table, field for field; ``reading.read`` fills them. Texts are Indonesian because
people read them; codes are stable and appear in stored data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from pamong.engine.indicators import (
    TOP_LEVEL,
    Basis,
    Evidence,
    EvidenceRequirement,
    Indicator,
    Level,
    Measure,
    Option,
    Variant,
)
from pamong.engine.rules import (
    Band,
    Banding,
    Count,
    Declared,
    Design,
    Divisor,
    Field,
    Files,
    ProcessStage,
    Rounding,
    Trial,
    Window,
)
from pamong.engine.vocabulary import Affair, Choice, Confidence, Counted, Direction, Source, Status, Unverified

__all__ = [
    "TOP_LEVEL",
    "Affair",
    "Band",
    "Banding",
    "Basis",
    "Choice",
    "Confidence",
    "Count",
    "Counted",
    "Declared",
    "Design",
    "Direction",
    "Divisor",
    "Edition",
    "Evidence",
    "EvidenceRequirement",
    "Field",
    "Files",
    "Indicator",
    "Level",
    "Measure",
    "Option",
    "ProcessStage",
    "Rounding",
    "Source",
    "Status",
    "Trial",
    "Unverified",
    "Variant",
    "Window",
]


@dataclass(frozen=True, repr=False)
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

    def __repr__(self) -> str:
        return f"<Edition {self.code} {self.digest[:12]}>"

    def __hash__(self) -> int:
        return hash((self.code, self.digest))

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
