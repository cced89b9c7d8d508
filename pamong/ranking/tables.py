"""Reading a CSV of published results, or of the members of a cluster, and saying of each row what is wrong with it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pamong.common.permit import Refused
from pamong.ranking.places import CODE

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 2000
COLUMNS = {
    "code": ("kode", "kode wilayah", "code"),
    "name": ("nama", "daerah", "name"),
    "value": ("nilai", "indeks", "skor", "value"),
    "rank": ("peringkat", "rank"),
    "rank_among": ("di antara", "lingkup"),
    "source": ("sumber", "source"),
}
_NUMBER = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
_COMMA = re.compile(r"\d{1,7}(,\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Given:
    """One row of a table of results, well formed."""

    code: str
    name: str
    value: Decimal
    rank: int | None = None
    rank_among: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the file says, and the result it gives or why it gives none."""

    number: int
    says: str
    given: Given | None
    faults: tuple[str, ...] = ()


def read(content: bytes, top: Decimal | None) -> list[Line]:
    """Every line of a table of results. Raises ``Refused`` if it is no table, or lacks a column."""
    lines = []
    seen: dict[str, int] = {}
    for number, cells in _cells(content, ("code", "name", "value")):
        given, faults = _given(cells, top)
        if cells["code"] in seen:
            faults.append(f"kode {cells['code']} sudah ada pada baris {seen[cells['code']]}")
        seen.setdefault(cells["code"], number)
        says = f"{cells['code']} {cells['name']}".strip()[:140]
        lines.append(Line(number, says, None if faults else given, tuple(faults)))
    return lines


def read_members(content: bytes) -> list[str]:
    """The codes of a cluster. Raises ``Refused`` with one reason per wrong line."""
    found: dict[str, int] = {}
    faults = []
    for number, cells in _cells(content, ("code",)):
        code = cells["code"]
        if not CODE.fullmatch(code):
            faults.append(f"Baris {number}: kode “{code[:20]}” harus seperti 33.71 atau 33.")
        elif code in found:
            faults.append(f"Baris {number}: kode {code} sudah ada pada baris {found[code]}.")
        found.setdefault(code, number)
    if faults:
        raise Refused(*faults[:20])
    return list(found)


def _cells(content: bytes, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The cells of every line by our names of the columns, with the line's number."""
    rows = _rows(content)
    header = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    places = {key: header.index(word) for key, words in COLUMNS.items() for word in words if word in header}
    missing = [COLUMNS[key][0] for key in needed if key not in places]
    if missing:
        raise Refused(f"Kolom {', '.join(missing)} tidak ada pada baris judul. Tulis judulnya persis seperti itu.")
    found = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not found:
        raise Refused("Berkas ini tidak berisi baris data.")
    if len(found) > MAX_ROWS:
        raise Refused(f"Berkas ini lebih dari {MAX_ROWS} baris. Bagi menjadi beberapa berkas.")
    for number, row in found:
        yield number, {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    if len(content) > MAX_BYTES:
        raise Refused("Berkas ini lebih dari 2 MB. Simpan hanya tabelnya.")
    try:
        text = content.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError:
        raise Refused("Berkas ini bukan teks UTF-8. Simpan ulang dari Excel sebagai “CSV UTF-8”.") from None
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error:
        raise Refused(f"Baris {line} tidak dapat dibaca: tanda kutipnya tidak berpasangan.") from None


def _given(cells: dict[str, str], top: Decimal | None) -> tuple[Given | None, list[str]]:
    faults = []
    if not CODE.fullmatch(cells["code"]):
        faults.append("kode wilayah harus seperti 33.71 atau 33")
    if not 0 < len(cells["name"]) <= 120:
        faults.append("nama kosong atau lebih dari 120 huruf")
    value = _value(cells["value"])
    if value is None:
        faults.append("nilai harus angka dengan paling banyak dua desimal, tanpa pemisah ribuan")
    elif top is not None and value > top:
        faults.append(f"nilai lebih dari {top.normalize():f}, nilai tertinggi seri ini")
    rank = cells.get("rank", "")
    if rank and not (rank.isascii() and rank.isdigit() and 1 <= int(rank[:6]) <= MAX_ROWS):
        faults.append("peringkat harus bilangan bulat, atau kosong bila tidak diumumkan")
    for key, most in (("rank_among", 80), ("source", 400)):
        if len(cells.get(key, "")) > most:
            faults.append(f"{COLUMNS[key][0]} lebih dari {most} huruf")
    if faults or value is None:
        return None, faults
    more: dict[str, Any] = {key: cells.get(key, "") for key in ("rank_among", "source")}
    return Given(cells["code"], cells["name"], value, int(rank) if rank else None, **more), []


def _value(text: str) -> Decimal | None:
    if _NUMBER.fullmatch(text) or _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None
