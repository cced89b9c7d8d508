"""Where regions end."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, QuerySet

from pamong.agencies.models import Boundary, Region
from pamong.engine.boundaries import Shape


class Outline(NamedTuple):
    """The boundary of one region, and who is to be thanked for it."""

    shape: Shape
    source: str
    licence: str

    @property
    def credit(self) -> str:
        return ", ".join(part for part in (self.source, self.licence and f"lisensi {self.licence}") if part)


def outline(region: Region) -> Outline | None:
    """The boundary of ``region``; ``None`` until an administrator of the site brings it."""
    row = Boundary.objects.filter(region=region).values_list("rings", "source", "licence").first()
    if row is None:
        return None
    rings, source, licence = row
    return Outline(tuple(tuple((lon, lat) for lon, lat in ring) for ring in rings), source, licence)


def with_boundary(regions: QuerySet[Region]) -> QuerySet[Region]:
    """Adds ``has_boundary``."""
    return regions.annotate(has_boundary=Q(boundary__isnull=False))
