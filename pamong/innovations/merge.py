"""Two people, one text: what each changed since the version both started from.

Pure: plain values in, plain values out. A *unit* is what is merged as one: a field, or the pair of coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNITS: dict[str, tuple[str, ...]] = {"coordinate": ("latitude", "longitude")}
_UNIT_OF = {field: unit for unit, members in UNITS.items() for field in members}


@dataclass(frozen=True, slots=True)
class Clash:
    """One unit both changed, differently."""

    unit: str
    base: tuple[Any, ...]
    mine: tuple[Any, ...]
    theirs: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """``changes`` are mine to write over theirs; ``clashes`` need a person; ``taken`` are theirs alone."""

    changes: dict[str, Any]
    clashes: tuple[Clash, ...]
    taken: frozenset[str]


def unit_of(field: str) -> str:
    """The unit that ``field`` belongs to."""
    return _UNIT_OF.get(field, field)


def members(unit: str) -> tuple[str, ...]:
    return UNITS.get(unit, (unit,))


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Merge ``mine`` and ``theirs``, both grown from ``base``. Only what ``mine`` mentions is looked at.

    What I left as it was in ``base`` I did not change: theirs stays. What both changed to the same is no clash.
    """
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    taken: set[str] = set()
    for unit in dict.fromkeys(unit_of(field) for field in mine):
        fields = members(unit)
        before = _values(fields, base)
        now = _values(fields, theirs)
        wanted = tuple(mine.get(field, base.get(field)) for field in fields)
        if wanted in (now, before):
            taken |= {unit} if now not in (before, wanted) else set()
        elif now == before:
            changes.update(zip(fields, wanted, strict=True))
        else:
            clashes.append(Clash(unit, before, wanted, now))
    return Merged(changes, tuple(clashes), frozenset(taken))


def _values(fields: tuple[str, ...], record: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(record.get(field) for field in fields)
