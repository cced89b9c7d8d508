"""Where a name stands in a document: exactly, then tolerant of case, spacing and OCR slips; otherwise the nearest passage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pamong.reading.facts import Page

SHORT = 8  # letters; a shorter name is not searched for by likeness: too much resembles it
LEAST = 3  # letters; a part of a name shorter than this names nothing
AROUND = 90  # characters shown on each side of a hit
SLIPS = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "|": "l", "$": "s", "!": "l"})


class Match(StrEnum):
    """How a name was found."""

    EXACT = "exact"
    TOLERANT = "tolerant"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Hit:
    """Where a name, or what is nearest to it, stands. ``score`` is the likeness, 0 to 100."""

    match: Match
    page: int
    passage: str
    score: float


def search(name: str, pages: Sequence[Page], *, likeness: float, resembles: float) -> Hit | None:
    """The best hit of ``name`` on ``pages``: exact before tolerant before nearest; ``None`` if nothing resembles it."""
    for look in (_exact, _tolerant):
        for variant in variants(name):
            for page in pages:
                if hit := look(variant, page):
                    return hit
    near = (_alike(variant, pages, likeness, resembles) for variant in variants(name))
    return max((hit for hit in near if hit), key=lambda hit: hit.score, default=None)


@lru_cache(maxsize=256)
def variants(name: str) -> tuple[str, ...]:
    """The name whole, without what stands in brackets, and what stands in them: ``SIAMOR (Siaga Among Raga)``."""
    bare = re.sub(r"\s*[(\[].*?[)\]]\s*", " ", name).strip()
    inside = re.findall(r"[(\[](.*?)[)\]]", name)
    parts = (name.strip(), bare, *(each.strip() for each in inside))
    return tuple(dict.fromkeys(each for each in parts if len(_letters(each)) >= LEAST))


def speaks_of(name: str, pages: Sequence[Page]) -> bool:
    """Whether the name, or a part of it long enough to be nobody else's, stands on any page: quick, for many names."""
    whole = [each for each in variants(name) if len(_letters(each)) > LEAST]
    return any(look(each, page) for each in whole for page in pages for look in (_exact, _tolerant))


def _exact(name: str, page: Page) -> Hit | None:
    spaced = r"\s+".join(map(re.escape, name.split()))
    at = re.search(rf"(?<!\w){spaced}(?!\w)", page.text)
    return Hit(Match.EXACT, page.number, around(page.text, at.start(), at.end()), 100.0) if at else None


def _tolerant(name: str, page: Page) -> Hit | None:
    """The same letters and digits, whatever their case, spacing, hyphens and the reader's usual slips."""
    wanted = _letters(name)
    between = r"[\W_]{0,3}"
    pattern = between.join(map(_any_case, wanted))
    at = _compiled(pattern).search(_plain(page.text))
    return Hit(Match.TOLERANT, page.number, around(page.text, at.start(), at.end()), 99.0) if at else None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])")


def _any_case(letter: str) -> str:
    alike = {"o": "[o0]", "l": "[l1|i!]", "i": "[il1|!]", "s": "[s5$]", "b": "[b8]"}
    return alike.get(letter, re.escape(letter))


def _alike(name: str, pages: Sequence[Page], likeness: float, resembles: float) -> Hit | None:
    """The passage most like the name, by whole words: as many as the name has, one less or one more."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    wanted = _letters(name)
    best: Hit | None = None
    for page in pages:
        windows = _windows(_plain(page.text), len(name.split()))
        near = process.extractOne(
            wanted, [_letters(words) for words, _, _ in windows], scorer=Levenshtein.normalized_similarity,
            score_cutoff=resembles / 100,
        )  # fmt: skip
        if near and (best is None or near[1] * 100 > best.score):
            words, begin, end = windows[near[2]]
            match = Match.TOLERANT if _is_slip(name, words, near[1] * 100, likeness) else Match.NEAREST
            best = Hit(match, page.number, around(page.text, begin, end), near[1] * 100)
    return best


def _windows(text: str, size: int) -> list[tuple[str, int, int]]:
    """Every run of about ``size`` words, with where it begins and ends."""
    words = [(hit.start(), hit.end()) for hit in re.finditer(r"\S+", text)]
    spans = (
        (words[at][0], words[at + length - 1][1])
        for length in range(max(1, size - 1), size + 2)
        for at in range(len(words) - length + 1)
    )
    return [(text[begin:end], begin, end) for begin, end in spans]


def _is_slip(name: str, words: str, score: float, likeness: float) -> bool:
    """Whether ``words`` are the name miswritten: nearly the same letters, and the same numbers where it has any."""
    numbers = [re.findall(r"\b\d+\b", each) for each in (name, words)]
    return score >= likeness and len(_letters(name)) >= SHORT and numbers[0] == numbers[1]


def _plain(text: str) -> str:
    """Lower case without accents; as many characters as ``text``, so that places stay the same."""
    return "".join(unicodedata.normalize("NFKD", letter)[0].lower()[:1] or " " for letter in text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, _plain(text).translate(SLIPS)))


def around(text: str, begin: int, end: int) -> str:
    """The words around a place, on one line, with ``…`` where something was left out."""
    first, last = max(0, begin - AROUND), min(len(text), end + AROUND)
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
