"""Why a rank moved between two years: what the region did itself, and what its peers did meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pamong.accounts.models import User
from pamong.common.templatetags.pamong import decimal
from pamong.dashboards.causes import Result, situation
from pamong.engine.causes import split_rank
from pamong.ranking import queries as ranking
from pamong.ranking.models import Publication
from pamong.ranking.places import kind_of


@dataclass(frozen=True, slots=True)
class RankMoved:
    """The rank of a computed index among the published ones of its kind, then and now. Parts below zero are places gained."""

    group: str
    source: str
    invented: bool
    before: int
    after: int
    among: tuple[int, int]
    lines: tuple[tuple[str, Decimal], ...]

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def says(self) -> str:
        """In a sentence."""
        if not self.change:
            moved = f"Peringkat di antara {self.group} tetap {self.after}"
        else:
            moved = f"Peringkat di antara {self.group} {'turun' if self.change > 0 else 'naik'} dari {self.before} menjadi {self.after}"
        peers = self.lines[-1][1]
        others = (
            f"; karena daerah lain saja, {decimal(abs(peers), 1)} tempat {'turun' if peers > 0 else 'naik'}"
            if peers
            else ""
        )
        return f"{moved}{others}."


def rank_moved(user: User, first: Result, second: Result) -> RankMoved | str:
    """The change of rank split exactly among its causes; or, where that cannot be said, why (empty: it is not asked)."""
    if first.region != second.region or first.year >= second.year or first.word != second.word:
        return ""
    pair = _published(first.year, second.year)
    if pair is None:
        return (
            f"Perubahan peringkat dapat dibagi begitu hasil lengkap semua daerah tahun {first.year} dan {second.year} "
            "dimuat di Peringkat; sampai saat itu tidak diketahui apa yang dilakukan daerah lain."
        )
    code = first.region.code
    group = ranking.group_of(kind_of(code).value)
    peers = tuple([row.value for row in ranking.table(each, group) if row.code != code] for each in pair)
    found = split_rank(situation(user, first), situation(user, second), (peers[0], peers[1]))
    lines = tuple((part.label, amount) for part, amount in found.printed(1))
    return RankMoved(
        group.label.lower(), pair[1].source, pair[1].series.invented, int(found.before), int(found.after),
        (len(peers[0]) + 1, len(peers[1]) + 1), lines,
    )  # fmt: skip


def _published(first: int, second: int) -> Sequence[Publication] | None:
    """Both years of one series, whole; results that were really published before examples."""
    found: dict[int, dict[int, Publication]] = {}
    for each in ranking.of_the_index().filter(year__in=(first, second)):
        if ranking.is_whole(each):
            found.setdefault(each.series_id, {})[each.year] = each
    pairs = [years for years in found.values() if len(years) == 2]
    best = min(pairs, key=lambda years: years[first].series.invented, default=None)
    return None if best is None else (best[first], best[second])
