"""Which index a rank takes: by the newest results as they are, and when the others move as they have moved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.engine.forecast import Needed, TooLittleHistory, needed
from pamong.engine.planner import target_for_rank
from pamong.planning.ranks import Aim, Answers, Basis
from pamong.ranking import queries
from pamong.ranking.models import Publication
from pamong.ranking.places import LABELS, kind_of
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
    """The newest results of the index that are whole and hold others of the region's kind, those really published before
    examples."""
    whole = [each for each in queries.of_the_index(region) if queries.is_whole(each)]
    whole.sort(key=lambda each: (each.series.invented, -each.year))
    return next((each for each in whole if queries.has_peers(each, region)), None)


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


def basis(region: Region) -> Basis | None:
    """What a rank of ``region`` among its own kind is taken from now."""
    publication = newest(region)
    if publication is None:
        return None
    rows = queries.table(publication, _own_kind(region), region)
    own = next((row for row in rows if row.own), None)
    of = len(rows) + (own is None)
    return _basis(publication, region, of, own.rank if own else None, own.value if own else None)


def aim(region: Region, rank: int) -> Aim:
    """The index that ``rank`` among the region's own kind takes: as the others move, or as they are where too few years are
    known. Raises ``Refused``."""
    publication = newest(region)
    if publication is None:
        raise Refused("Belum ada hasil lengkap untuk dibandingkan. Mintalah administrator situs memuatnya.")
    found = toward(region, publication, _own_kind(region), rank)
    if found is None:
        raise Refused("Daerah dalam tabel itu tidak sebanyak ini. Tulis peringkat yang lebih kecil.")
    table = _basis(publication, region, found.of, found.own_rank, found.own)
    if found.moved is None:
        return Aim(rank, found.unmoved, table)
    low, median, high = (Decimal(f"{each:.2f}") for each in (found.moved.low, found.moved.median, found.moved.high))
    seen = ", ".join(f"{before}–{after}" for before, after in found.moved.pairs)
    return Aim(rank, median, table, low, high, seen)


def next_rank(rank: int) -> int | None:
    """A better rank worth heading for: the next round ten, among the first ten the next one; ``None`` at the top."""
    return ((rank - 1) // 10 * 10 if rank > 10 else rank - 1) or None


ANSWERS = Answers(basis, aim)


def _own_kind(region: Region) -> Group:
    kind = kind_of(region.code)
    return Group(kind.value, LABELS[kind])


def _basis(publication: Publication, region: Region, of: int, own_rank: int | None, own: Decimal | None) -> Basis:
    series, among = publication.series, LABELS[kind_of(region.code)].lower()
    return Basis(series.name, publication.year, among, of, publication.source, series.invented, own_rank, own)
