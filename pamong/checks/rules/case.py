"""One claim with its evidence, as the rules look at it; and what a rule says. Plain values: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pamong.engine.checks import Asked, Checks
from pamong.engine.edition import TOP_LEVEL, Edition, Evidence, Indicator, Level
from pamong.reading.facts import Facts, Page, Severity

SURE = 0.75  # how confident the reader must be before its word counts for more than what a person typed
ENOUGH_TEXT = 120  # letters; less is a cover, a stamp or noise


@dataclass(frozen=True)
class Paper:
    """One document brought forward. ``key`` names it to the caller; what people typed about it; what was read in it.

    ``facts`` is ``None`` while it is not read yet; ``is_void``: the reader found that it cannot prove anything as it is."""

    key: int
    subject: str
    instrument: str
    dated: date | None = None
    valid_until: date | None = None
    sha256: str = ""
    link: str = ""
    facts: Facts | None = None
    is_void: bool = False

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.facts.pages if self.facts else ()

    @cached_property
    def letters(self) -> int:
        return sum(len(page.text.strip()) for page in self.pages)

    @property
    def is_legible(self) -> bool:
        """Whether every page was in the file as text, so that what is not found is really not there."""
        facts = self.facts
        return (
            facts is not None
            and not facts.fault
            and facts.text_source == "asli"
            and not facts.unread_pages
            and self.letters >= ENOUGH_TEXT
        )

    @property
    def has_text(self) -> bool:
        return self.letters >= ENOUGH_TEXT

    @property
    def kind(self) -> str:
        """The instrument as read where the reader is sure, otherwise as typed."""
        read = self.facts.fields.instrument if self.facts else None
        return read.value if read and read.confidence >= SURE else self.instrument

    @property
    def is_agreed(self) -> bool:
        """Whether person and machine take it for the same kind of document."""
        read = self.facts.fields.instrument if self.facts else None
        return read is not None and read.value == self.instrument

    @property
    def day(self) -> date | None:
        """The date as typed, otherwise as read."""
        return self.dated or (self.facts.fields.day if self.facts else None)


@dataclass(frozen=True)
class Use:
    """Where else the same file is brought forward in this year."""

    indicator: str
    innovation: str
    is_here: bool  # the same innovation


@dataclass(frozen=True)
class Case:
    """A claim under one edition: the level claimed, the innovation, the region's agencies, and the papers."""

    edition: Edition
    checks: Checks
    indicator: Indicator
    level: int
    basis: str
    innovation: str
    applied_on: date | None
    developed_on: date | None
    region: str
    agencies: tuple[tuple[str, str], ...]  # (name, short name)
    papers: tuple[Paper, ...]
    uses: dict[int, tuple[Use, ...]] = field(default_factory=dict)

    @property
    def asked(self) -> Asked | None:
        return self.checks.by_code.get(self.indicator.code)

    @property
    def year(self) -> int:
        return self.edition.year

    @cached_property
    def evidence(self) -> Evidence:
        chosen = next((each for each in self.indicator.bases if each.code == self.basis), None)
        return chosen.evidence if chosen else self.indicator.evidence

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        chosen = next((each for each in self.indicator.bases if each.code == self.basis), None)
        return chosen.levels if chosen else self.indicator.levels

    def wants(self, check: str) -> bool:
        """Whether the edition names ``check`` for any requirement of this indicator."""
        return any(check in each.checks for each in self.evidence.requirements)

    def takes(self, paper: Paper) -> bool:
        """Whether this indicator takes such an instrument at all; what it does not take is not looked at further."""
        accepts = self.asked.accepts if self.asked else ()
        return not accepts or paper.kind in accepts

    def says(self, level: int) -> str:
        """The edition's own words for ``level``."""
        return next((each.text for each in self.levels if each.level == level), "")

    def level_for(self, number: int) -> int:
        """The level ``number`` reaches by the edition's limits; 0 for none."""
        reached = (each.level for each in self.levels if each.at_least is not None and number >= each.at_least)
        return max(reached, default=0)

    def level_of(self, value: float) -> int:
        """The highest level whose limits ``value`` keeps; a level without limits takes what no other does."""
        kept = [
            each.level
            for each in self.levels
            if (each.at_least is None or value >= each.at_least) and (each.at_most is None or value <= each.at_most)
        ]
        return max(kept, default=0)

    def least_for(self, level: int) -> int | None:
        """The least number ``level`` asks for."""
        found = next((each.at_least for each in self.levels if each.level == level), None)
        return None if found is None else int(found)


@dataclass(frozen=True)
class Finding:
    """What one rule says of a claim, in Indonesian.

    ``rule`` names it; ``asks`` are the edition's words and ``source`` the code of their source; ``paper`` the document meant (0:
    the claim as a whole) and ``page`` (0: the file as a whole) with the ``passage``; ``remedy`` one sentence. ``supports`` is the
    highest level the evidence reaches by this rule, ``None`` where it cannot tell. ``excludes``: this paper cannot count at all.
    """

    rule: str
    severity: Severity
    message: str
    asks: str
    source: str
    remedy: str = ""
    paper: int = 0
    page: int = 0
    passage: str = ""
    supports: int | None = None
    excludes: bool = False


Findings = Iterator[Finding]


def weigh(asked: Asked, *, sure: bool = True) -> Severity:
    """A rule that no document confirms, or a reading that is not sure, may warn but never block."""
    return Severity.BLOCKS if asked.is_firm and sure else Severity.WARNS


def bounded(level: int) -> int:
    return max(0, min(TOP_LEVEL, level))


def found(rule: str, severity: Severity, message: str, case: Case, **rest: Any) -> Finding:
    """A finding whose rule is the indicator's own evidence, unless told otherwise."""
    asks = rest.pop("asks", "") or case.evidence.summary
    source = rest.pop("source", "") or (case.asked.source if case.asked else case.indicator.source)
    return Finding(rule, severity, message, asks, source, **rest)
