"""The boundaries of regions brought in, so that places can be picked on a map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django_scopes import scope

from pamong.accounts.models import User
from pamong.agencies import policies
from pamong.agencies.models import Boundary, Region
from pamong.audit.actions import SITE, record
from pamong.common.permit import Refused
from pamong.engine.boundaries import Shape


@dataclass(frozen=True, slots=True)
class Mapped:
    """What an import did; ``unknown`` are codes no region of the installation has."""

    added: int
    changed: int
    same: int
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        told = f"{self.added} batas baru, {self.changed} diganti, {self.same} sudah sama."
        if self.unknown:
            some = ", ".join(self.unknown[:5]) + (", …" if len(self.unknown) > 5 else "")
            told += f" {len(self.unknown)} tidak dipakai karena kodenya tidak ada dalam daftar daerah: {some}."
        return told


@transaction.atomic
def bring_boundaries(shapes: Mapping[str, Shape], *, by: User | None, source: str = "", licence: str = "") -> Mapped:
    """Keep each shape as the boundary of the region with its code. Twice changes nothing twice; nothing is removed.

    ``by=None`` is the operator of the machine. Raises ``Refused`` when no code is known: then it is the wrong file.
    """
    if by is not None:
        policies.can_manage_site(by).require()
    regions = {region.code: region for region in Region.objects.select_for_update().filter(code__in=shapes)}
    if not regions:
        raise Refused("Tidak satu pun kode dalam berkas ini ada dalam daftar daerah. Impor daftar daerah lebih dahulu.")
    done = [_keep(region, shapes[code], source, licence) for code, region in sorted(regions.items())]
    told = Mapped(
        done.count("added"), done.count("changed"), done.count("same"), tuple(sorted(set(shapes) - set(regions)))
    )
    if told.added or told.changed:
        says = f"mengimpor batas wilayah: {told.added} baru, {told.changed} diganti"
        record("region.boundaries_imported", by=by, chain=SITE, says=says, source=source, licence=licence,
               codes=sorted(regions))  # fmt: skip
    return told


def _keep(region: Region, shape: Shape, source: str, licence: str) -> str:
    new = {"rings": [[list(point) for point in ring] for ring in shape], "source": source, "licence": licence}
    with scope(region=region):
        row = Boundary.objects.filter(region=region).first()
        if row is None:
            Boundary.objects.create(region=region, **new)
            return "added"
        if all(getattr(row, field) == value for field, value in new.items()):
            return "same"
        Boundary.objects.filter(pk=row.pk).update(**new)
        return "changed"
