"""What a document usually proves, told by its kind and its title: to fill a field in for a person, never to judge."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pamong.engine.reading import read

FILE = Path(__file__).with_name("guesses.toml")


@dataclass(frozen=True)
class Usual:
    """Documents of one of ``instruments`` (any, if empty) that hold one of ``words`` (any, if empty) prove ``indicators``."""

    indicators: tuple[str, ...]
    instruments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def weight(self, instrument: str, title: str) -> int:
        """How much speaks for it: letters of the longest word found, 1 for the kind alone, 0 for nothing."""
        if self.instruments and instrument not in self.instruments:
            return 0
        if not self.words:
            return 1
        return max((len(word) for word in self.words if f" {word} " in title), default=0)


@dataclass(frozen=True)
class _Guesses:
    documents: tuple[Usual, ...]


def indicators(instrument: str, title: str, known: Collection[str]) -> tuple[str, ...]:
    """Which of the indicators ``known`` such a document usually proves: what most speaks for, nothing where two speak alike."""
    words = re.findall(r"[^\W_]+", title.casefold())
    plain = f" {' '.join(words)} "
    usual = [each for each in _usual() if set(each.indicators) <= set(known)]
    weighed = [(each.weight(instrument, plain), each.indicators) for each in usual]
    best = max((weight for weight, _ in weighed), default=0)
    winners = {codes for weight, codes in weighed if weight == best}
    return winners.pop() if best and len(winners) == 1 else ()


@cache
def _usual() -> tuple[Usual, ...]:
    return read(_Guesses, tomllib.loads(FILE.read_text(encoding="utf-8"))).documents
