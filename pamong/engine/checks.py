"""What a machine can look for in the evidence of each indicator: read from sealed files beside the editions.

The editions say in words what proves an indicator; ``editions/checks/<edition>.toml`` says the same in terms a program can
test: which instruments reach which level and who must sign them, when they must be dated, what can be counted, which files
belong together and which cannot stand in for one another. ``load("iid-2026")`` gives the rules, checked against the edition.
A rule no document confirms (``Confidence`` below transcribed) may warn but never block.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property

from pamong.engine.edition import FOLDER as EDITIONS
from pamong.engine.edition import TOP_LEVEL, Confidence, Edition, EditionInvalid, Fault
from pamong.engine.edition import load as load_edition
from pamong.engine.faults import placed
from pamong.engine.reading import read
from pamong.engine.vocabulary import Unverified

FOLDER = EDITIONS / "checks"
FIRM = frozenset({Confidence.SEEN, Confidence.TRANSCRIBED})


class Signing(StrEnum):
    """Who must have signed: anybody, the head of region, or someone in the head of region's name (a.n.)."""

    ANYBODY = "anybody"
    HEAD = "head"
    FOR_HEAD = "for-head"


class Counted(StrEnum):
    """What can be counted in, or among, the files of a claim."""

    PERSONS = "persons"  # names in a list
    AGENCIES = "agencies"  # perangkat daerah named
    ACTORS = "actors"  # kinds of actor: academia, business, community, government, media
    FILES = "files"  # different files, one for each way
    EVENTS = "events"  # complete sets of the files of one event
    REGIONS = "regions"  # other regions named
    YEARS = "years"  # years a budget or plan is for
    DAYS = "days"  # calendar days a service takes
    MONTHS = "months"  # months a making took
    PERCENT = "percent"  # share of complaints settled
    ELEMENTS = "elements"  # parts a film must hold, by the words on its screen


MEASURED = frozenset({Counted.DAYS, Counted.MONTHS, Counted.PERCENT})


class Dated(StrEnum):
    """When a document must be dated: in the years the edition asks for, in the year of application, or before the year."""

    YEARS = "years"
    APPLIED = "applied"
    BEFORE = "before"


@dataclass(frozen=True)
class Reach:
    """The instruments that reach ``level`` when signed by ``signed`` (a document on paper carries the name of the signer)."""

    level: int
    instruments: tuple[str, ...]
    signed: Signing = Signing.ANYBODY


@dataclass(frozen=True)
class Dating:
    """When documents of these instruments must be dated; without instruments, all."""

    rule: Dated
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Years:
    """The sets of years (``T-0`` …) any one of which reaches ``level``."""

    level: int
    any_of: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Element:
    """One part that is counted, and the words any of which show it."""

    name: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Counting:
    """What is counted; the bands are the edition's own levels. ``basis`` limits it to one way of proving.

    What is measured (days, months, per cent) stands beside one of the words ``near``, or right after one of ``before``, but not where
    one of ``never`` stands in between (how long files are kept is no time of service); a share may also be told by how many
    there were (``whole``) and how many of them were settled (``part``). ``elements``: the parts that are counted, of which ``needs``
    must be seen before those not seen are spoken of."""

    what: Counted
    basis: str = ""
    years: tuple[Years, ...] = ()
    needs: int = 1  # fewer say nothing
    near: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()


@dataclass(frozen=True)
class Part:
    """One file the edition asks for, by the code of its requirement, and the instruments it may be."""

    requirement: str
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Words any of which show that the evidence is of the kind ``level`` asks for."""

    level: int
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is looked for in the evidence of one indicator. ``accepts``: the instruments taken at any level.

    ``own``: the files speak of this innovation alone, so another innovation cannot bring the same file forward.
    ``marked``: the item must be marked on the page."""

    code: str
    source: str
    confidence: Confidence
    accepts: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()
    datings: tuple[Dating, ...] = ()
    parts: tuple[Part, ...] = ()
    counting: Counting | None = None
    phrases: tuple[Phrases, ...] = ()
    own: bool = False
    marked: bool = False

    @property
    def is_firm(self) -> bool:
        """Whether a document of the ministry, or its transcription, says so: only then may it block."""
        return self.confidence in FIRM


@dataclass(frozen=True)
class Apart:
    """Indicators one file cannot prove together, and why."""

    indicators: tuple[str, ...]
    because: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class Fit:
    """A document that proves one of ``indicators`` often proves the others too."""

    indicators: tuple[str, ...]
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class Checks:
    """All that is looked for under one edition. ``name_likeness``: how alike (0–100) a name must be to count as found."""

    schema: int
    edition: str
    title: str
    name_likeness: Decimal
    name_resembles: Decimal
    indicators: tuple[Asked, ...]
    apart: tuple[Apart, ...] = ()
    fits: tuple[Fit, ...] = ()
    unverified: tuple[Unverified, ...] = ()
    digest: str = field(default="", metadata={"derived": True})

    @cached_property
    def by_code(self) -> dict[str, Asked]:
        return {each.code: each for each in self.indicators}


@cache
def load(code: str) -> Checks:
    """The rules for the edition ``code``. Raises ``EditionUnknown``, or ``EditionInvalid`` if the file is faulty."""
    edition = load_edition(code)
    return parse((FOLDER / f"{code}.toml").read_bytes(), edition, file=f"checks/{code}.toml")


def parse(content: bytes, edition: Edition, *, file: str = "") -> Checks:
    """The rules written in ``content``, checked against ``edition``. Raises ``EditionInvalid`` naming every fault."""
    text = content.decode("utf-8")
    try:
        rules = read(Checks, tomllib.loads(text, parse_float=Decimal))
    except EditionInvalid as invalid:
        raise EditionInvalid(placed(invalid.faults, file=file, text=text)) from None
    if faults := tuple(validate(rules, edition)):
        raise EditionInvalid(placed(faults, file=file, text=text))
    return replace(rules, digest=hashlib.sha256(content).hexdigest())


def validate(rules: Checks, edition: Edition) -> Iterator[Fault]:
    """Whatever ``rules`` name that ``edition`` does not have."""
    if rules.edition != edition.code:
        yield Fault("edition", f"{rules.edition!r}, padahal edisinya {edition.code!r}.", "Samakan.")
    known = set(edition.innovation_codes)
    for at, asked in enumerate(rules.indicators):
        yield from _asked(asked, edition, known, f"indicators[{at}]")
    for at, apart in enumerate(rules.apart):
        yield from _unknown(apart.indicators, known, f"apart[{at}].indicators")
        yield from _unknown((apart.source,), {each.code for each in edition.sources}, f"apart[{at}].source")
    for at, fit in enumerate(rules.fits):
        yield from _unknown(fit.indicators, known, f"fits[{at}].indicators")


def _asked(asked: Asked, edition: Edition, known: set[str], path: str) -> Iterator[Fault]:
    yield from _unknown((asked.code,), known, f"{path}.code")
    yield from _unknown((asked.source,), {each.code for each in edition.sources}, f"{path}.source")
    if asked.code not in known:
        return
    indicator = edition.indicator(asked.code)
    requirements = {each.code for each in indicator.evidence.requirements}
    yield from _unknown((each.requirement for each in asked.parts), requirements, f"{path}.parts")
    years = asked.counting.years if asked.counting else ()
    for level in (each.level for kind in (asked.reaches, asked.phrases, years) for each in kind):
        if not 1 <= level <= TOP_LEVEL:
            yield Fault(path, f"tingkat {level} tidak ada.", f"Pakai 1 sampai {TOP_LEVEL}.")
    if asked.counting and asked.counting.what in MEASURED and not asked.counting.near:
        yield Fault(f"{path}.counting.near", "kosong.", "Tulis kata di dekat angkanya.")
    if asked.counting and asked.counting.what is Counted.ELEMENTS and not asked.counting.elements:
        yield Fault(f"{path}.counting.elements", "kosong.", "Tulis unsur yang dihitung.")
    if asked.counting and asked.counting.basis:
        yield from _unknown((asked.counting.basis,), {each.code for each in indicator.bases}, f"{path}.counting.basis")


def _unknown(codes: Iterable[str], known: set[str], path: str) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            yield Fault(path, f"{code!r} tidak ada pada edisinya.", "Perbaiki kodenya.")
