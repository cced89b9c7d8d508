"""What a table is held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pamong.agencies.models import Agency
from pamong.innovations.models import Innovation


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against: innovations and agencies of the region, and which of them this person may write."""

    innovations: Sequence[Innovation]
    writable: frozenset[int]
    agencies: Mapping[str, Agency]
    region_name: str = ""

    @property
    def only_agency(self) -> Agency | None:
        own = {agency.pk: agency for agency in self.agencies.values() if self.takes_new(agency)}
        return next(iter(own.values())) if len(own) == 1 else None

    def takes_new(self, agency: Agency) -> bool:
        """Whether this person may record new innovations of ``agency``."""
        return agency.pk in self.writable and agency.closed_on is None
