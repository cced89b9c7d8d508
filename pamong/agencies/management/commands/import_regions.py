"""``pamong import-regions``: the list of regions from a CSV, and their boundaries from a GeoJSON."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from pamong.agencies.actions import regions
from pamong.agencies.actions.boundaries import Mapped, bring_boundaries
from pamong.agencies.forms.boundaries import TOO_LARGE
from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.common.terminal import Command as TerminalCommand
from pamong.engine.boundaries import Found
from pamong.engine.boundaries import read as read_boundaries

COLUMNS = ("code", "name", "kind", "province_code")
NUMBERS = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0)}
LARGEST_BOUNDARIES = 40 * 1024 * 1024
PEOPLE = ("population_male", "population_female")


class Command(TerminalCommand):
    help = (
        "Memasukkan daerah dari CSV berkolom code, name, kind, province_code, dan bila ada latitude, longitude, "
        "population_male, population_female. Semua atau tidak sama sekali; dijalankan dua kali tidak menggandakan. "
        "Daerah baru belum memakai Pamong sampai diaktifkan. Dengan --boundaries juga batas wilayah dari GeoJSON, yang "
        "menjadi peta tempat memilih titik inovasi."
    )

    prepares = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BERKAS.csv", nargs="?", help="berkas CSV (UTF-8)")
        parser.add_argument(
            "--activate", metavar="KODE", action="append", default=[], help="mengaktifkan daerah ini (boleh berulang)"
        )
        parser.add_argument("--boundaries", metavar="BERKAS.geojson", help="batas wilayah, berproperti “code”")
        parser.add_argument("--source", default="", help="sumber batas wilayah, tampil di bawah peta")
        parser.add_argument("--licence", default="", help="lisensi batas wilayah")

    def handle(self, *args: Any, file: str | None, activate: list[str], boundaries: str | None, **options: Any) -> None:
        if not (file or activate or boundaries):
            raise CommandError("Sebutkan berkas CSV, --boundaries, atau --activate. Lihat --help.")
        rows = _from_file(file) if file else []
        found = _found(boundaries) if boundaries else None
        with transaction.atomic():
            done = regions.bring(rows, by=None)
            mapped = _mapped(found, **options) if found else None
            for code in activate:
                region = Region.objects.filter(code=code).first()
                if region is None:
                    raise CommandError(f"Tidak ada daerah berkode {code}; tidak ada yang disimpan.")
                regions.activate(region, by=None)
        if file:
            self.stdout.write(f"{done.added} daerah baru, {done.changed} diperbaiki, {done.same} tetap.")
        if mapped:
            self.stdout.write(str(mapped))


def _from_file(file: str) -> list[dict[str, Any]]:
    try:
        with open(file, newline="", encoding="utf-8-sig") as lines:
            return read(lines)
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"{file} tidak dapat dibaca: {fault}") from None


def _found(file: str) -> Found:
    """The boundaries of a file. Raises ``CommandError`` with one line per fault."""
    try:
        if os.path.getsize(file) > LARGEST_BOUNDARIES:
            raise CommandError(TOO_LARGE.format(most=LARGEST_BOUNDARIES // 1024 // 1024))
        with open(file, "rb") as content:
            found = read_boundaries(content.read())
    except OSError as fault:
        raise CommandError(f"{file} tidak dapat dibaca: {fault}") from None
    if found.faults:
        raise CommandError("\n".join([*found.faults[:50], "Tidak ada yang disimpan. Perbaiki berkasnya lalu ulangi."]))
    return found


def _mapped(found: Found, *, source: str, licence: str, **options: Any) -> Mapped:
    try:
        return bring_boundaries(found.shapes, by=None, source=source or found.source, licence=licence or found.licence)
    except Refused as refused:
        raise CommandError(" ".join(refused.reasons)) from None


def read(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of the file, fit for ``regions.bring``. Raises ``CommandError`` with one line per fault."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise CommandError("Kolom tidak ada: " + ", ".join(missing) + ".")
    rows: list[dict[str, Any]] = []
    faults: list[str] = []
    seen: set[str] = set()
    for raw in reader:
        found = list(_faults(raw, seen))
        faults += [f"baris {reader.line_num}: {fault}" for fault in found]
        seen.add(raw["code"])
        if not found:
            rows.append(_row(raw))
    if faults:
        raise CommandError("\n".join([*faults, "Tidak ada yang disimpan. Perbaiki berkasnya lalu ulangi."]))
    return rows


def _faults(raw: dict[str, Any], seen: set[str]) -> Iterator[str]:
    code, name = (raw["code"] or "").strip(), (raw["name"] or "").strip()
    if not code or len(code) > 10:
        yield "code kosong atau lebih dari 10 huruf"
    elif code in seen:
        yield f"code {code} sudah ada di baris sebelumnya"
    if not name or len(name) > 120:
        yield "name kosong atau lebih dari 120 huruf"
    if raw["kind"] not in Region.Kind.values:
        yield f"kind “{raw['kind']}” tidak dikenal; pilih: {', '.join(Region.Kind.values)}"
    for column, (least, most) in NUMBERS.items():
        value = raw.get(column) or "0"
        if not _is_number(value) or not least <= float(value) <= most:
            yield f"{column} “{value}” bukan angka dari {least:g} sampai {most:g}"
    for column in PEOPLE:
        value = raw.get(column) or "0"
        if not (value.isascii() and value.isdigit() and len(value) <= 9):
            yield f"{column} “{value}” bukan bilangan bulat"


def _is_number(value: str) -> bool:
    try:
        return float(value) == float(value)
    except ValueError:
        return False


def _row(raw: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {column: (raw[column] or "").strip() for column in COLUMNS}
    row |= {column: float(raw[column]) for column in NUMBERS if raw.get(column)}
    counts = [int(raw[column]) for column in PEOPLE if raw.get(column)]
    return row | ({"population": sum(counts)} if counts else {})
