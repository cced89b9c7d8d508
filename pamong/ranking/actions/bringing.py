"""Bringing published results, and saying which regions form a cluster. Nothing is ever deleted with a table of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from django.db import transaction

from pamong.accounts.models import User
from pamong.audit.actions import SITE, record
from pamong.common.permit import Overtaken, Refused
from pamong.ranking import policies
from pamong.ranking.models import Cluster, ClusterMember, Publication, Result, Series
from pamong.ranking.tables import Given

FIELDS = ("name", "value", "rank", "rank_among", "source")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, or would do."""

    added: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Told:
    """Where a table of results comes from. ``regions``: how many were measured, ``None`` where the source does not say."""

    year: int
    source: str
    digest: str
    regions: int | None = None


@transaction.atomic
def add_series(
    *, by: User | None, code: str, name: str, unit: str, method: str, top: Any = None, invented: bool = False
) -> Series:
    """A new measure, or an old one by a new method. ``invented`` marks example data on every page."""
    _site(by)
    if Series.objects.filter(code=code).exists():
        raise Overtaken(f"Kode seri “{code}” sudah dipakai. Pilih kode lain.")
    last = Series.objects.order_by("-position").first()
    position = last.position + 1 if last else 1
    made = Series.objects.create(
        code=code, name=name, unit=unit, method=method, top=top, position=position, invented=invented
    )
    record("series.added", by=by, on=made, chain=SITE, says=f"menambahkan seri hasil {made}", code=code)
    return made


@transaction.atomic
def bring_results(series: Series, rows: Sequence[Given], told: Told, *, by: User | None) -> Brought:
    """Record ``rows`` as that year's results. Rows already the same stay; doing it twice changes nothing twice."""
    _site(by)
    if not rows:
        raise Refused("Tidak ada baris yang dapat dicatat. Perbaiki berkasnya dahulu.")
    series = Series.objects.select_for_update().get(pk=series.pk)
    publication, fresh = Publication.objects.get_or_create(
        series=series, year=told.year, defaults={"source": told.source, "digest": told.digest, "by": by}
    )
    brought = _write(publication, rows)
    wanted = {"source": told.source, "regions": told.regions}
    moved = {key: value for key, value in wanted.items() if getattr(publication, key) != value}
    if not (fresh or moved or brought.added or brought.changed):
        return brought
    for key, value in {**wanted, "digest": told.digest, "by": by}.items():
        setattr(publication, key, value)
    publication.save()
    record(
        "results.brought", by=by, on=publication, chain=SITE, says=f"mencatat hasil {publication}",
        source=told.source, digest=told.digest, added=brought.added, changed=brought.changed,
    )  # fmt: skip
    return brought


def would_bring(series: Series, rows: Sequence[Given], year: int) -> Brought:
    """What ``bring_results`` would do."""
    publication = Publication.objects.filter(series=series, year=year).first()
    added, changed, same = _sorted(publication, rows)
    return Brought(len(added), len(changed), len(same))


def _write(publication: Publication, rows: Sequence[Given]) -> Brought:
    added, changed, same = _sorted(publication, rows)
    Result.objects.bulk_create([Result(publication=publication, **_fields(row)) for row in added], batch_size=500)
    Result.objects.bulk_update(changed, FIELDS, batch_size=200)
    return Brought(len(added), len(changed), len(same))


def _sorted(publication: Publication | None, rows: Sequence[Given]) -> tuple[list[Given], list[Result], list[Given]]:
    known = {each.code: each for each in publication.results.all()} if publication else {}
    added, changed, same = [], [], []
    for row in rows:
        result = known.get(row.code)
        if result is None:
            added.append(row)
        elif (result.code, *(getattr(result, field) for field in FIELDS)) == astuple(row):
            same.append(row)
        else:
            for field in FIELDS:
                setattr(result, field, getattr(row, field))
            changed.append(result)
    return added, changed, same


def _fields(row: Given) -> dict[str, Any]:
    return {"code": row.code, **{field: getattr(row, field) for field in FIELDS}}


@transaction.atomic
def set_cluster(*, by: User | None, code: str, name: str, source: str, members: Sequence[str]) -> Cluster:
    """Say which regions form a cluster; a list brought later replaces the earlier one."""
    _site(by)
    cluster, _ = Cluster.objects.get_or_create(code=code, defaults={"name": name, "source": source})
    cluster = Cluster.objects.select_for_update().get(pk=cluster.pk)
    known = set(cluster.members.values_list("code", flat=True))
    if known == set(members) and (cluster.name, cluster.source) == (name, source):
        return cluster
    cluster.name, cluster.source = name, source
    cluster.save(update_fields=["name", "source"])
    cluster.members.exclude(code__in=members).delete()
    ClusterMember.objects.bulk_create([ClusterMember(cluster=cluster, code=c) for c in members if c not in known])
    says = f"menetapkan {len(members)} daerah kelompok {cluster}"
    record("cluster.set", by=by, on=cluster, chain=SITE, says=says, source=source, members=sorted(members))
    return cluster


def _site(by: User | None) -> None:
    """``by=None`` is the operator of the machine."""
    if by is not None:
        policies.can_bring(by).require()
