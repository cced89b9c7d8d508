"""Which innovation's which indicators a file in the inbox may prove: whose may be chosen, and guesses from its name and content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.standing import Standing, standing
from pamong.assessments import queries
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import State
from pamong.engine import guesses
from pamong.engine.edition import Edition
from pamong.evidence.models import Arrival
from pamong.reading.facts import Facts
from pamong.reading.naming import speaks_of
from pamong.reading.offering import Told, told

# What half of all innovations and indicators are called tells nothing.
_COMMON = frozenset(["dan", "atau", "yang", "untuk", "dalam", "dengan", "oleh", "pada", "inovasi", "daerah", "layanan", "pelayanan", "sistem", "informasi", "kota", "kabupaten"])  # fmt: skip
LIKENESS = 0.6
FIRST_PAGES = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One row of the table filled in: whose, which indicators, and what the document is. Empty where nothing is known.

    ``because`` says what whose and which were guessed from.
    """

    entry: str
    indicators: tuple[str, ...]
    about: dict[str, Told]
    because: str = ""


def open_to(user: User, assessment: Assessment) -> list[Entry]:
    """The entries of the year whose claims and proofs ``user`` may change by their role, the own agencies' first by name."""
    rows = queries.visible_to(user, assessment.region).filter(
        assessment=assessment, state__in=(State.DRAFT, State.RETURNED)
    )
    rows = rows.select_related("innovation", "agency", "region", "assessment__region").order_by(
        "innovation__name", "pk"
    )
    who = standing(user)
    return [each for each in rows if _writes(who, each)]


def _writes(who: Standing, entry: Entry) -> bool:
    if entry.agency is None:
        return who.may_in(Permission.CLAIM_INSTITUTION, entry.region)
    return who.may_for(Permission.CLAIM, entry.agency)


def guess(
    arrival: Arrival, entries: Sequence[Entry], edition: Edition, codes: Sequence[str], facts: Facts | None = None
) -> Guess:
    """What the name of ``arrival`` tells and, where it is silent, what was read in it (``facts``).

    ``entries`` are those it may belong to; one alone needs no telling.
    """
    about = told(arrival, facts)
    named, numbered = _entry(arrival.name, entries), _indicators(arrival.name, edition, tuple(codes))
    entry = named or (_spoken_of(facts, entries) if facts else "")
    indicators = numbered or _usual(arrival.name, about, codes)
    because = [
        said for said, is_new in (
            ("inovasinya disebut di dalamnya", entry != named),
            ("indikatornya dari jenis dan judulnya", indicators != numbered),
        ) if is_new
    ]  # fmt: skip
    return Guess(entry, indicators, about, ", ".join(because))


def _usual(name: str, about: dict[str, Told], codes: Sequence[str]) -> tuple[str, ...]:
    """What documents of that kind and title usually prove."""
    kind, subject = (str(about[field].value) if field in about else "" for field in ("instrument", "subject"))
    return guesses.indicators(kind, f"{subject} {name}", codes)


def _spoken_of(facts: Facts, entries: Sequence[Entry]) -> str:
    """The one innovation the document's first pages name; none where they name several."""
    pages = facts.pages[:FIRST_PAGES]
    found = [each.code for each in entries if each.innovation and speaks_of(each.innovation.name, pages)]
    return found[0] if len(found) == 1 else ""


def _entry(name: str, entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return entries[0].code
    found, joined = _words(name), _joined(name)
    scored = [(_likeness(str(entry), found, joined), entry.code) for entry in entries]
    best = max(scored, default=(0.0, ""))
    is_alone = sum(score == best[0] for score, _ in scored) == 1
    return best[1] if best[0] >= LIKENESS and is_alone else ""


def _likeness(name: str, found: frozenset[str], joined: str) -> float:
    """How much of an innovation's name the file's name holds, 0–1; written together (``SIPPUT``) counts as whole."""
    words = _words(name) - _COMMON
    short = _joined(name)
    if len(short) >= 4 and short in joined:
        return 1.0
    return len(words & found) / len(words) if words else 0.0


def _indicators(name: str, edition: Edition, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those named by number (``ind 17, 22``, ``17. SK tim``); otherwise the one whose name shares most words."""
    lowered = name.lower()
    said = re.search(r"\bind(?:ikator)?[ ._-]*(\d{1,2}[a-z]?(?:[ ,&+_]+\d{1,2}[a-z]?)*)", lowered)
    lead = re.match(r"(\d{1,2}[a-z]?)[ ._)-]+(?=[^\d])", lowered)
    numbers = re.findall(r"\d{1,2}[a-z]?", said[1]) if said else [lead[1]] if lead else []
    known = tuple(dict.fromkeys(number for number in numbers if number in codes))
    return known or _by_words(_words(name), _indicator_words(edition.code, codes))


def _by_words(found: frozenset[str], indicators: tuple[tuple[str, frozenset[str]], ...]) -> tuple[str, ...]:
    scored = [(len(words & found), code) for code, words in indicators]
    best = max(scored, default=(0, ""))[0]
    winners = [code for score, code in scored if score == best]
    return (winners[0],) if best and len(winners) == 1 else ()


@cache
def _indicator_words(edition: str, codes: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    from pamong.engine.edition import load

    loaded = load(edition)
    return tuple((code, _words(loaded.indicator(code).name) - _COMMON) for code in codes)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= 3)


def _joined(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]", text.lower()))
