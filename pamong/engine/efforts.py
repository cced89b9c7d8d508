"""How much work a level is thought to take before a region knows better: a first estimate, made to be corrected.

No public source gives these figures; they are Pamong's own, in working days of one person, and every page that shows them
says so. The region overwrites them, and what its own years show takes their place (``learnt``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pamong.engine.gaps import Effort
from pamong.engine.model import TOP_LEVEL, Edition, Indicator

ENOUGH = 5  # cases below which a median says more about chance than about work

# Working days for level 1, 2, 3 and calendar days until the proof exists, by kind of work.
# A regulation waits for signatures, a replication for another region, a video only for the team itself.
_WORK: dict[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "16": ((3, 10, 30), (14, 60, 240)),  # decree, regulation of the head, regional law
    "17": ((1, 2, 2), (7, 14, 14)),
    "18": ((1, 2, 3), (7, 30, 365)),  # three budget years cannot be hurried
    "19": ((2, 8, 20), (7, 60, 120)),
    "20": ((3, 3, 3), (21, 45, 60)),
    "21": ((1, 2, 2), (14, 60, 90)),
    "22": ((2, 2, 2), (21, 30, 30)),
    "23": ((1, 1, 2), (3, 7, 14)),
    "24": ((2, 2, 3), (14, 21, 30)),
    "25": ((1, 1, 2), (3, 7, 14)),
    "26": ((2, 2, 3), (7, 14, 21)),
    "27": ((1, 2, 4), (7, 14, 30)),
    "28": ((2, 4, 6), (14, 30, 60)),
    "29": ((2, 3, 5), (14, 30, 60)),
    "30": ((2, 6, 12), (14, 60, 90)),
    "31": ((6, 6, 6), (60, 90, 120)),
    "32": ((2, 4, 6), (14, 30, 60)),
    "33": ((3, 3, 4), (14, 30, 45)),
    "34": ((2, 4, 8), (14, 30, 60)),
    "35": ((3, 3, 4), (14, 21, 30)),
}
_OWN = ((5, 10, 15), (60, 120, 240))  # the region's own indicators
_OTHER = ((2, 3, 5), (14, 30, 60))  # an indicator of an edition this list does not know

# Outcomes nobody plans by paper work: prices, growth, poverty, unemployment, investment, permits, opinion of the auditors.
_NOT_PLANNED = frozenset({"3", "4", "5a", "5b", "6", "7", "8", "10a", "10b", "11a", "11b"})


@dataclass(frozen=True)
class Learnt:
    """What the region's own cases show for one level: the middle one, and how many there are. Days are calendar days."""

    days: int
    cases: int


def defaults(edition: Edition) -> dict[tuple[str, int], Effort]:
    """A first estimate for every level of every indicator work can raise."""
    found = {
        (each.code, level): _effort(_WORK.get(each.code, _OTHER), level) for each, level in _every(edition.innovation)
    }
    planned = [each for each in edition.institution if each.code not in _NOT_PLANNED]
    return found | {(each.code, level): _effort(_OWN, level) for each, level in _every(planned)}


def _every(indicators: Iterable[Indicator]) -> list[tuple[Indicator, int]]:
    return [(each, level) for each in indicators for level in range(1, TOP_LEVEL + 1)]


def _effort(work: tuple[tuple[int, int, int], tuple[int, int, int]], level: int) -> Effort:
    days, lead = work
    return Effort(Decimal(days[level - 1]), lead=lead[level - 1])


def learnt(days: Iterable[int]) -> Learnt | None:
    """The middle of so many cases; ``None`` with fewer than ``ENOUGH``. Of two middle ones the longer."""
    ordered = sorted(days)
    if len(ordered) < ENOUGH:
        return None
    return Learnt(ordered[len(ordered) // 2], len(ordered))
