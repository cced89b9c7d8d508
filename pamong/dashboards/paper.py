"""The head of region's page on one sheet of A4, set by typst."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.formats import date_format

from pamong.agencies.models import Region
from pamong.dashboards.head import Brief

HOUSES = 6  # lines there is room for


def sheet(region: Region, brief: Brief, on: str) -> bytes:
    """The PDF; ``on`` is the day it was made, in words."""
    import typst

    data = json.dumps(_as_data(region, brief, on), ensure_ascii=False)
    # The same data makes the same bytes on every machine: only the typesetter's own fonts, no date within.
    made: bytes = typst.compile(_template(), format="pdf", sys_inputs={"data": data}, ignore_system_fonts=True)
    return made


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "ringkas.typ").read_bytes()


def _as_data(region: Region, brief: Brief, on: str) -> dict[str, object]:
    harvest = brief.harvest
    return {
        "region": str(region),
        "year": str(brief.assessment.year),
        "on": on,
        "figures": [
            ["Terverifikasi", _number(brief.verified), brief.band],
            ["Klaim", _number(brief.claimed), "menurut perangkat daerah"],
            ["Masih dapat dicapai", _number(brief.within), "bila semua celah ditutup"],
        ],
        "to_next": brief.to_next,
        "why": list(brief.why or ()),
        "next": [
            [
                f"{row.indicator}: {row.item.name}",
                row.item.agency_name,
                f"+{_number(row.gain)}",
                _number(row.next.days, 1),
            ]
            for row in brief.next
        ],
        "tasks": f"{harvest.proven} dari {harvest.tasks} tugas terbukti; direncanakan +{_number(harvest.planned)}, terbukti +{_number(harvest.brought)} indeks."
        if harvest.tasks
        else "Belum ada rencana yang disepakati.",
        "late": [
            [str(row.task.entry), row.agency, str(row.task.person or "belum ditentukan"), row.says]
            for row in brief.late
        ],
        "waiting": [
            f"{each.count} {each.text}: {each.says}{f' ({each.worst})' if each.worst else ''}" for each in brief.waiting
        ],
        "houses": [[each.name, str(each.innovations), f"{_number(each.share, 1)} %"] for each in brief.houses[:HOUSES]],
        "left": ""
        if brief.days_left is None
        else f"{brief.days_left} hari lagi sampai ditutup {date_format(brief.assessment.closes_on, 'j F Y')}",
    }


def _number(value: Decimal, decimals: int = 2) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")
