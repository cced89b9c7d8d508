"""Which index a rank takes: asked here, answered by the feature above that knows published results.

Planning stands below the ranks and may not know them. What answers is said in that feature's ``AppConfig.ready``, as the
fillers of places on a page are; without it no plan can aim at a rank, and everything else is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from pamong.agencies.models import Region
from pamong.common.permit import Refused


@dataclass(frozen=True, slots=True)
class Basis:
    """The published table a rank is taken from: ``of`` regions of one kind (``among``), and the own place there, if any."""

    series: str
    year: int
    among: str
    of: int
    source: str
    invented: bool
    own_rank: int | None
    own: Decimal | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A rank and the ``index`` it takes. ``low`` and ``high``: enough in 5 and in 95 of 100 draws in which the others move as
    between the years ``seen``; ``None`` where they are supposed to stay, because too few years are known."""

    rank: int
    index: Decimal
    basis: Basis
    low: Decimal | None = None
    high: Decimal | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Who knows published results: ``basis`` of a region (``None``: no whole results of its kind), and the ``aim`` for a rank
    (raises ``Refused``)."""

    basis: Callable[[Region], Basis | None]
    aim: Callable[[Region, int], Aim]


_KNOWN: list[Answers] = []


def answered_by(answers: Answers) -> None:
    """Have ``answers`` asked. Saying it twice is saying it once; what was said last counts."""
    _KNOWN[:] = [answers]


def basis(region: Region) -> Basis | None:
    """What a rank of ``region`` would be taken from now."""
    return _KNOWN[0].basis(region) if _KNOWN else None


def aim(region: Region, rank: int) -> Aim:
    """The index that ``rank`` takes. Raises ``Refused`` where no published results can say."""
    if not _KNOWN:
        raise Refused("Peringkat belum dapat dituju: hasil daerah lain tidak dikenal di sini.")
    return _KNOWN[0].aim(region, rank)


def as_data(found: Aim) -> dict[str, Any]:
    """``found`` as a plan keeps it."""
    return _plain(asdict(found))


def from_data(data: Mapping[str, Any]) -> Aim:
    """The reverse."""
    of = Basis(**{**data["basis"], "own": _decimal(data["basis"]["own"])})
    numbers = {name: _decimal(data[name]) for name in ("low", "high")}
    return Aim(data["rank"], Decimal(data["index"]), of, seen=data["seen"], **numbers)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _plain(value) if isinstance(value, dict) else str(value) if isinstance(value, Decimal) else value
        for name, value in data.items()
    }


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
