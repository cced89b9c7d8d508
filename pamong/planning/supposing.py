"""A what-if as data, and the situation it makes of the ground it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pamong.engine import edition as editions
from pamong.engine.index import InnovationInput
from pamong.engine.situation import INSTITUTION, Situation
from pamong.planning.queries.ground import Ground

ACCEPTED, REJECTED, HELD = "accepted", "rejected", "held"
STATES = {ACCEPTED: "diterima", REJECTED: "ditolak", HELD: "tidak dikirim"}
MOST_ADDED = 200


@dataclass(frozen=True, slots=True)
class Added:
    """So many innovations of one affair that do not exist yet, every indicator at one level."""

    number: int
    affair: str
    level: int


@dataclass(frozen=True)
class Changes:
    """What is supposed. ``levels`` by (item, indicator); ``everywhere``: every innovation reaches at least that level there."""

    edition: str = ""
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict)
    everywhere: Mapping[str, int] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    added: tuple[Added, ...] = ()

    @property
    def count(self) -> int:
        """How many things are supposed."""
        return bool(self.edition) + len(self.levels) + len(self.everywhere) + len(self.states) + len(self.added)


def supposed(found: Ground, changes: Changes) -> Situation:
    """The situation of ``found`` with ``changes``. What they say of entries that are gone is left out."""
    situation = found.situation
    edition = editions.load(changes.edition) if changes.edition else situation.edition
    own = {code: level for (item, code), level in changes.levels.items() if item == INSTITUTION}
    known = edition.affairs_by_code
    kept = [
        _changed(each, changes)
        for each in situation.innovations
        if changes.states.get(each.code) != HELD and each.affair in known
    ]
    return Situation(edition, {**situation.institution, **own}, (*kept, *_new(edition, changes)))


def _changed(each: InnovationInput, changes: Changes) -> InnovationInput:
    levels = dict(each.levels)
    for code, least in changes.everywhere.items():
        levels[code] = max(levels.get(code, 0), least)
    levels |= {code: level for (item, code), level in changes.levels.items() if item == each.code}
    state = changes.states.get(each.code)
    accepted = each.accepted if state is None else state == ACCEPTED
    return replace(each, levels=levels, accepted=accepted)


def _new(edition: editions.Edition, changes: Changes) -> list[InnovationInput]:
    return [
        InnovationInput(f"baru-{at}-{copy}", added.affair, dict.fromkeys(edition.innovation_codes, added.level))
        for at, added in enumerate(changes.added)
        for copy in range(added.number)
        if added.affair in edition.affairs_by_code
    ]


def as_data(changes: Changes) -> dict[str, Any]:
    """``changes`` as a scenario keeps them."""
    return {
        "edition": changes.edition,
        "levels": [[item, code, level] for (item, code), level in changes.levels.items()],
        "everywhere": dict(changes.everywhere),
        "states": dict(changes.states),
        "added": [[each.number, each.affair, each.level] for each in changes.added],
    }


def from_data(data: Mapping[str, Any]) -> Changes:
    """The reverse."""
    return Changes(
        data.get("edition", ""),
        {(item, code): level for item, code, level in data.get("levels", ())},
        data.get("everywhere", {}),
        data.get("states", {}),
        tuple(Added(*each) for each in data.get("added", ())),
    )
