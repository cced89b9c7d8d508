"""What can be asked about published results. They are public; the pages they stand on are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.ranking import policies
from pamong.ranking.models import Cluster, ClusterMember, Publication, Result, Run, Series
from pamong.ranking.places import LABELS, kind_of
from pamong.ranking.states import UNDER_WAY, Kind
from pamong.ranking.tables import Given

ALL = "semua"
INDEX = "iid"


@dataclass(frozen=True, slots=True)
class Group:
    """Regions that are compared: all, of one kind, or a cluster."""

    code: str
    label: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One region in a table. ``rank`` is its place among the rows of the table, equal values sharing the best of theirs;
    ``before`` the same a year earlier. ``published`` is the rank as published."""

    rank: int
    code: str
    name: str
    value: Decimal
    published: int | None
    among: str
    source: str
    before: int | None = None
    own: bool = False

    @property
    def moved(self) -> int | None:
        """How many places it rose since the year before; negative where it fell."""
        return None if self.before is None else self.before - self.rank

    @property
    def fell(self) -> int:
        return -(self.moved or 0)


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a region in a series. ``rows``: how many of its kind; ``whole``: whether all the source measured are there."""

    publication: Publication
    row: Row
    rows: int
    whole: bool


def series() -> QuerySet[Series]:
    """Every series that has results, the newest kind first."""
    return Series.objects.filter(publications__isnull=False).distinct()


def series_by_results() -> QuerySet[Series]:
    """The same, those with most results first: a forecast wants many."""
    return series().annotate(results=Count("publications__results")).order_by("-results", "position")


def every_series() -> QuerySet[Series]:
    return Series.objects.all()


def publications(region: Region | None = None) -> QuerySet[Publication]:
    """Years with results, the newest first, each with its number of rows as ``rows``, and how many of them are the
    region's (0 or 1) as ``mine``."""
    own = Q(results__code=region.code) if region else Q(pk=None)
    found = Publication.objects.select_related("series", "by")
    found = found.annotate(rows=Count("results"), mine=Count("results", filter=own))
    return found.order_by("series__position", "-year")


def of_the_index(region: Region | None = None) -> QuerySet[Publication]:
    """The same of the innovation index alone, whose values Pamong's own can stand beside: as published, or invented as
    examples of it."""
    return publications(region).filter(Q(series__code=INDEX) | Q(series__invented=True))


def is_whole(publication: Publication) -> bool:
    """Whether every region the source measured is in the table. ``publication`` as ``publications`` reads it."""
    return bool(publication.regions) and publication.rows >= publication.regions  # type: ignore[attr-defined]


def has_peers(publication: Publication, region: Region) -> bool:
    """Whether there are others of the region's kind in the table."""
    kind, codes = kind_of(region.code), publication.results.values_list("code", flat=True)
    return any(kind_of(code) == kind for code in codes if code != region.code)


WHOLE_LIST = 500  # regions known from which on a code that is not among them is remarkable


def remarks(rows: Iterable[Given]) -> dict[str, str]:
    """By code, what is remarkable about it: that the installation knows it under another name, or not at all."""
    known = dict(Result.objects.order_by("publication__year").values_list("code", "name"))
    known |= dict(Region.objects.values_list("code", "name"))
    found = {}
    for row in rows:
        name = known.get(row.code)
        if name is None and len(known) >= WHOLE_LIST:
            found[row.code] = "kode ini tidak ada di antara daerah yang dikenal"
        elif name is not None and _plain(name) != _plain(row.name):
            found[row.code] = f"kode ini dikenal sebagai {name}"
    return found


def _plain(name: str) -> str:
    """A region's name as far as it tells regions apart."""
    words = re.sub(r"[^a-z ]", " ", name.casefold()).split()
    return "".join(
        word for word in words if word not in {"kabupaten", "kab", "kota", "provinsi", "prov", "administrasi", "adm"}
    )


def clusters() -> QuerySet[Cluster]:
    return Cluster.objects.annotate(size=Count("members")).order_by("name")


def members() -> dict[str, set[str]]:
    """The codes of every cluster's regions, by the cluster's code."""
    found: dict[str, set[str]] = {}
    for cluster, code in ClusterMember.objects.values_list("cluster__code", "code"):
        found.setdefault(cluster, set()).add(code)
    return found


def groups() -> list[Group]:
    """What a table can be narrowed to."""
    kinds = [Group(kind.value, label) for kind, label in LABELS.items()]
    return [Group(ALL, "Semua daerah"), *kinds, *(Group(each.code, each.name, each.source) for each in clusters())]


def table(publication: Publication, group: Group, region: Region | None = None) -> list[Row]:
    """The rows of ``group`` in a year, best first, beside their rank of the year before in the same series: places within
    tables that are not whole are not set beside one another."""
    earlier = {}
    if is_whole(publication):
        before = publications().filter(series=publication.series_id, year=publication.year - 1).first()
        if before and is_whole(before):
            earlier = {row.code: row.rank for row in _ranked(before, group, None)}
    own = region.code if region else None
    return _ranked(publication, group, own, earlier)


COLUMNS = ("code", "name", "value", "rank", "rank_among", "source")


def _ranked(
    publication: Publication, group: Group, own: str | None, earlier: dict[str, int] | None = None
) -> list[Row]:
    found = publication.results.order_by("-value", "code").values_list(*COLUMNS)
    return _rows(_narrowed(found, group), own, earlier or {})


def _rows(found: Iterable[_Found], own: str | None, earlier: Mapping[str, int]) -> list[Row]:
    """Rows that stand best first, with their ranks."""
    kept = list(found)
    ranks = shared_ranks([row[2] for row in kept])
    return [
        Row(rank, *row, before=earlier.get(row[0]), own=row[0] == own) for rank, row in zip(ranks, kept, strict=True)
    ]


_Found = tuple[str, str, Decimal, int | None, str, str]


def _narrowed(rows: Iterable[_Found], group: Group) -> Iterable[_Found]:
    if group.code == ALL:
        return rows
    if group.code in Region.Kind.values:
        return [row for row in rows if kind_of(row[0]) == group.code]
    members = set(Cluster.objects.filter(code=group.code).values_list("members__code", flat=True))
    return [row for row in rows if row[0] in members]


def shared_ranks(values: Sequence[Decimal]) -> list[int]:
    """The ranks of ``values``, which stand best first: equal ones share a rank, and the ranks after them are skipped."""
    ranks: list[int] = []
    for place, value in enumerate(values, 1):
        ranks.append(ranks[-1] if place > 1 and value == values[place - 2] else place)
    return ranks


def history(region: Region) -> list[tuple[Series, list[Point]]]:
    """The years of ``region`` by series, the newest first: results of different series never stand together."""
    mine = Publication.objects.filter(results__code=region.code).select_related("series")
    every: dict[int, list[_Found]] = {publication.pk: [] for publication in mine}
    rows = Result.objects.filter(publication__in=list(every)).order_by("-value", "code")
    for pk, *row in rows.values_list("publication_id", *COLUMNS):
        every[pk].append(tuple(row))
    group = Group(kind_of(region.code).value, "")
    found: dict[Series, list[Point]] = {}
    for publication in mine:
        kind = _rows(_narrowed(every[publication.pk], group), region.code, {})
        own = next(row for row in kind if row.own)
        publication.rows = len(every[publication.pk])  # type: ignore[attr-defined]
        whole = is_whole(publication)
        found.setdefault(publication.series, []).append(Point(publication, own, len(kind), whole))
    return list(found.items())


def visible_to(user: User, region: Region) -> QuerySet[Run]:
    """The runs of ``region`` that ``user`` may see. Who reads the whole region sees all but the simulations others keep to
    themselves, and those over many regions only where they read every one of them."""
    rows: QuerySet[Run] = Run.objects.filter(region=region).select_related("by", "region")
    if not policies.can_compute(user, region):
        return rows.none()
    rows = rows.filter(~Q(kind=Kind.COMPOSITE) | Q(shared=True) | Q(by=user))
    province = policies.province_read(user, region)
    if province == "":
        return rows
    return rows.filter(~Q(kind=Kind.NATION) | (Q(pk=None) if province is None else Q(asked__province=province)))


def listed(user: User, region: Region) -> QuerySet[Run]:
    """The same for a list, without the tables and results, which may be large."""
    return visible_to(user, region).defer("asked", "data", "result")


def under_way(region: Region) -> int:
    """How many runs of ``region`` wait or are being computed."""
    return Run.objects.filter(region=region, state__in=UNDER_WAY).count()


def values_by_year(of: Series, group: Group) -> dict[int, dict[str, float]]:
    """Every year of a series that ``group`` has results in: value by code."""
    found = {}
    for publication in Publication.objects.filter(series=of).order_by("year"):
        rows = publication.results.order_by("code").values_list(*COLUMNS)
        if kept := {code: float(value) for code, _, value, *_ in _narrowed(rows, group)}:
            found[publication.year] = kept
    return found


def group_of(code: str) -> Group:
    """The group with this code. Raises ``KeyError``."""
    return {group.code: group for group in groups()}[code]
