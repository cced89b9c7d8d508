"""What a region's code says about it: the ministry numbers provinces with two digits, kota from 71 on."""

from __future__ import annotations

import re

from pamong.agencies.models import Region

CODE = re.compile(r"\d{2}(\.\d{2})?", re.ASCII)
FIRST_KOTA = 71
LABELS = {
    Region.Kind.PROVINSI: "Provinsi",
    Region.Kind.KABUPATEN: "Kabupaten",
    Region.Kind.KOTA: "Kota",
}


def kind_of(code: str) -> Region.Kind:
    """The kind of the region with this code (``33``, ``33.08``, ``33.71``)."""
    if "." not in code:
        return Region.Kind.PROVINSI
    return Region.Kind.KOTA if int(code.split(".")[1]) >= FIRST_KOTA else Region.Kind.KABUPATEN
