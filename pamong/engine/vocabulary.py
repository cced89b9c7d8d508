"""Small words every edition uses: how sure, how counted, from where, and lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
