"""Which index a rank takes: by the newest results as they are, and when the others move as they have moved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.agencies.models import Region
from pamong.engine.forecast import Needed, TooLittleHistory, needed
from pamong.engine.planner import target_for_rank
from pamong.ranking import queries
from pamong.ranking.models import Publication
from pamong.ranking.queries import Group

DRAWS, SEED = 1000, 2026


@dataclass(frozen=True, slots=True)
class Toward:
    """The index for ``rank`` among ``of`` regions of ``group`` in ``publication``. ``unmoved``: enough had nobody moved;
    ``moved``: if they move as before (``None``: too few years to tell)."""

    publication: Publication
    group: Group
    rank: int
    of: int
    own: Decimal | None
    own_rank: int | None
    unmoved: Decimal
    moved: Needed | None
    draws: int = DRAWS
    seed: int = SEED

    @property
    def year(self) -> int:
        """The year one would have the rank in."""
        return self.publication.year + 1


def newest(region: Region) -> Publication | None:
    """The newest results of the index that are whole, those really published before examples."""
    whole = [each for each in queries.of_the_index(region) if queries.is_whole(each)]
    return min(whole, key=lambda each: (each.series.invented, -each.year), default=None)


def toward(region: Region, publication: Publication, group: Group, rank: int) -> Toward | None:
    """What ``rank`` takes; ``None`` if there are not so many regions in the table."""
    rows = queries.table(publication, group, region)
    peers = [row.value for row in rows if not row.own]
    own = next((row for row in rows if row.own), None)
    if not 1 <= rank <= len(peers) + 1:
        return None
    history = queries.values_by_year(publication.series, group)
    past = {year: values for year, values in history.items() if year <= publication.year}
    try:
        moved = needed(past, region.code, rank, draws=DRAWS, seed=SEED)
    except TooLittleHistory:
        moved = None
    return Toward(
        publication, group, rank, len(peers) + 1, own.value if own else None, own.rank if own else None,
        target_for_rank(peers, rank), moved,
    )  # fmt: skip
