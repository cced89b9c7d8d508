"""Which innovations are like the one being written: ranked and shown, never a reason to refuse.

TF-IDF on stems, alone and in pairs, brings the ten nearest; how many words they share whatever their order (token set ratio)
then orders them. The texts of a region fit into a moment's work; a web worker needs no library for statistics.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django_scopes import scope

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.agencies.queries.regions import regions_of
from pamong.innovations import queries
from pamong.innovations.models import Innovation
from pamong.reading.stems import stems

NEAREST, SHOWN, LEAST = 10, 5, 0.3
OTHER_REGIONS = 5  # looked through besides one's own, by those who may


@dataclass(frozen=True, slots=True)
class Alike:
    """An innovation like the one being written, and how much, from 0 to 1."""

    innovation: Innovation
    score: float

    @property
    def percent(self) -> int:
        return int(self.score * 100)


def alike(user: User, region: Region, text: str) -> list[Alike]:
    """The innovations ``user`` may see that are like ``text``, the likest first; none if the text says too little."""
    sought = grams(text)
    if len(sought) < 3:
        return []
    others = [one for one in regions_of(user) if one.pk != region.pk][:OTHER_REGIONS]
    known = [innovation for one in (region, *others) for innovation in _seen(user, one)]
    return ranked(text, known)[:SHOWN]


def ranked(text: str, known: Iterable[Innovation]) -> list[Alike]:
    """``known`` in the order of their likeness to ``text``; those that are not alike are left out."""
    from rapidfuzz import fuzz

    rows = [(innovation, _text(innovation)) for innovation in known]
    counts = [Counter(grams(said)) for _, said in rows]
    rarity = _rarity(counts)
    own = _weighed(Counter(grams(text)), rarity)
    near = sorted(((_cosine(own, _weighed(one, rarity)), at) for at, one in enumerate(counts)), reverse=True)[:NEAREST]
    found = []
    for cosine, at in near:
        innovation, said = rows[at]
        words = fuzz.token_set_ratio(" ".join(stems(text)), " ".join(stems(said))) / 100
        found.append(Alike(innovation, (cosine + words) / 2 if cosine else 0.0))
    return sorted((one for one in found if one.score >= LEAST), key=lambda one: -one.score)


def grams(text: str) -> list[str]:
    """The stems of ``text`` and every two that stand together."""
    single = stems(text)
    return [*single, *(f"{a} {b}" for a, b in pairwise(single))]


def _seen(user: User, region: Region) -> list[Innovation]:
    with scope(region=region):
        return list(queries.visible_to(user, region).select_related("agency", "region"))


def _text(innovation: Innovation) -> str:
    return f"{innovation.name} {innovation.changed} {innovation.purpose}"


def _rarity(counts: list[Counter[str]]) -> dict[str, float]:
    """How much a gram says: the fewer innovations hold it, the more (smoothed inverse document frequency)."""
    holders = Counter(gram for one in counts for gram in one)
    return {gram: math.log((1 + len(counts)) / (1 + held)) + 1 for gram, held in holders.items()}


def _weighed(count: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    """Of length one. What no innovation holds weighs nothing."""
    raw = {gram: (1 + math.log(times)) * rarity[gram] for gram, times in count.items() if gram in rarity}
    length = math.sqrt(sum(weight**2 for weight in raw.values())) or 1.0
    return {gram: weight / length for gram, weight in raw.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other[gram] for gram, weight in one.items() if gram in other)
