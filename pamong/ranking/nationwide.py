"""How sure the rank of every region is at once, from the rows of each: the same weights in a draw for all, to each its own luck.

Only regions whose year stands under the same rules can be ranked together: those of the edition most of them have. The
ranks are told among all, among each kind and within each cluster.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_scopes import scope

from pamong.agencies.models import Region
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.engine import robustness
from pamong.engine.edition import Edition
from pamong.ranking import doubts, queries
from pamong.ranking.places import kind_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Tick = Callable[[int, int], None]  # told how many regions of how many are done


@dataclass(frozen=True, slots=True)
class Drawn:
    """One region: its index as things stand, and in every draw."""

    region: Region
    now: float
    indices: Numbers
    year: doubts.Year


def regions_of(province: str) -> list[Region]:
    """The regions in use in ``province``, itself among them; all of them where it is empty."""
    rows = Region.objects.filter(is_active=True).order_by("code")
    return [each for each in rows if not province or province in (each.code, each.province_code)]


def distribution(
    regions: Sequence[Region], year: int, chances: doubts.Chances, *, draws: int, seed: int, noise: float, tick: Tick
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Which data were read, and the ranks of all. Raises ``LookupError`` where no region has reported anything."""
    found = list(_years(regions, year))
    if not found:
        raise LookupError(year)
    code, _ = Counter(each.edition_code for each in found).most_common(1)[0]
    taken = [each for each in found if each.edition_code == code]
    edition = taken[0].edition
    drawn = []
    for lot, assessment in enumerate(taken, 1):
        with scope(region=assessment.region):
            own = doubts.year_of(assessment, chances)
        if own.reported:
            drawn.append(_drawn(assessment.region, own, draws=draws, seed=seed, noise=noise, lot=lot))
        tick(lot, len(taken))
    if not drawn:
        raise LookupError(year)
    data = {
        "edition": code,
        "edition_digest": taken[0].edition_digest,
        "regions": len(drawn),
        "silent": len(regions) - len(found) + len(taken) - len(drawn),
        "other_edition": len(found) - len(taken),
        "unjudged": sum(each.year.lowered for each in drawn),
        "undecided": sum(each.year.rejected for each in drawn),
        "edges": sum(each.year.edges for each in drawn),
        "data_digest": hashlib.sha256("".join(each.year.digest for each in drawn).encode()).hexdigest(),
    }
    return data, _told(edition, drawn)


def _years(regions: Sequence[Region], year: int) -> Iterator[Assessment]:
    for region in regions:
        with scope(region=region):
            found = Assessment.objects.filter(region=region, year=year).exclude(phase=Phase.PREPARED).first()
        if found:
            found.region = region
            yield found


def _drawn(region: Region, year: doubts.Year, *, draws: int, seed: int, noise: float, lot: int) -> Drawn:
    indices = robustness.drawn_indices(year.field, year.events, draws=draws, seed=seed, noise=noise, lot=lot)
    now = robustness.drawn_indices(year.field, (), draws=1, seed=seed, noise=0)
    return Drawn(region, float(robustness.published(now)[0, 0]) / 100, indices[:, 0], year)


def _told(edition: Edition, drawn: Sequence[Drawn]) -> dict[str, Any]:
    import numpy as np

    indices = np.array([each.indices for each in drawn]).T
    rows: list[dict[str, Any]] = [
        {"code": each.region.code, "name": each.region.name, "index": each.now, "p5": low, "median": median, "p95": high,
         "bands": [round(share * 100, 2) for share in shares.values()], "ranks": {}}
        for each, (low, median, high), shares in zip(
            drawn, robustness.marks(indices), robustness.band_shares(edition, indices), strict=True
        )
    ]  # fmt: skip
    told = []
    for group, places in _grouped([each.region.code for each in drawn]):
        told.append({"code": group.code, "label": group.label, "regions": len(places)})
        values = [rows[place]["index"] for place in places]
        for place, rank in zip(places, robustness.ranked(indices[:, places]), strict=True):
            now = 1 + sum(value > rows[place]["index"] for value in values)
            rows[place]["ranks"][group.code] = [now, rank.p5, rank.median, rank.p95]
    return {"bands": [band.label for band in edition.bands], "groups": told, "rows": rows}


def _grouped(codes: Sequence[str]) -> Iterator[tuple[queries.Group, list[int]]]:
    """Every group with its places among ``codes``; groups without any are left out."""
    members = queries.members()
    for group in queries.groups():
        places = [place for place, code in enumerate(codes) if _belongs(code, group.code, members)]
        if places:
            yield group, places


def _belongs(code: str, group: str, members: Mapping[str, set[str]]) -> bool:
    return group == queries.ALL or code in members.get(group, ()) or kind_of(code).value == group
