"""Reading the ministry's table, as an .xlsx or .csv comes, and saying of each row what it means."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from pamong.assessments.verification_returned import Returned
from pamong.common.permit import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_ROWS = 3000

COLUMNS = {
    "code": ("kode", "kode inovasi", "kode entri"),
    "name": ("nama", "inovasi", "nama inovasi", "judul", "judul inovasi"),
    "maturity": ("kematangan", "skor kematangan", "nilai kematangan", "skor", "nilai", "hasil"),
    "accepted": ("diterima", "status", "hasil verifikasi", "lolos"),
    "note": ("catatan", "keterangan", "alasan"),
}
YES = {"ya", "y", "1", "true", "diterima", "lolos", "terima", "valid", ""}
NO = {"tidak", "t", "0", "false", "ditolak", "tolak", "tidak diterima", "tidak lolos"}


@dataclass(frozen=True, slots=True)
class Known:
    """An innovation of the year a row may mean."""

    entry: str
    innovation: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: what it says, which innovation it means, or why it cannot be used."""

    number: int
    says: str
    entry: str = ""
    name: str = ""
    maturity: Decimal | None = None
    accepted: bool = True
    note: str = ""
    fault: str = ""

    @property
    def returned(self) -> Returned | None:
        if self.fault or self.maturity is None:
            return None
        return Returned(self.entry, self.maturity, self.accepted, self.note)


def read(content: bytes, known: Sequence[Known], top: Decimal) -> list[Row]:
    """Every row of the table ``content`` holds. Raises ``Refused`` if it is no table, or has no columns to go by."""
    lines = [line for line in _lines(content) if any(line)]
    if not lines:
        raise Refused("Tabel ini kosong.")
    places = _places(lines[0])
    if len(lines) > MAX_ROWS:
        raise Refused(f"Tabel ini lebih dari {MAX_ROWS} baris. Bagi menjadi beberapa berkas.")
    rows = [_row(number, line, places, _Finder(known), top) for number, line in enumerate(lines[1:], 2)]
    return _without_doubles(rows)


def _lines(content: bytes) -> list[list[str]]:
    if len(content) > MAX_BYTES:
        raise Refused("Berkas ini lebih dari 5 MB. Simpan hanya tabelnya, tanpa gambar.")
    return _sheet(content) if content.startswith(b"PK") else _text(content)


def _sheet(content: bytes) -> list[list[str]]:
    import python_calamine

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                raise Refused("Isi berkas ini terlalu besar. Simpan hanya tabelnya.")
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [[_cell(value) for value in line] for line in book.get_sheet_by_index(0).to_python(nrows=MAX_ROWS + 1)]
    except (python_calamine.CalamineError, zipfile.BadZipFile, IndexError):
        raise Refused("Berkas ini tidak dapat dibaca sebagai .xlsx. Simpan ulang dari Excel, lalu coba lagi.") from None


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value).strip()


def _text(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise Refused("Berkas ini bukan .xlsx atau .csv. Simpan tabelnya dari Excel, lalu coba lagi.")
    first = text.partition("\n")[0]
    mark = max((";", "\t", ","), key=first.count)
    try:
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text), delimiter=mark)]
    except csv.Error:
        raise Refused("Berkas .csv ini rusak. Simpan ulang dari Excel, lalu coba lagi.") from None


def _places(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its heading. Raises ``Refused`` naming what is missing."""
    names = [" ".join(re.sub(r"[^\w ]", " ", cell).lower().split()) for cell in head]
    places = {
        column: place for column, aliases in COLUMNS.items() for place, name in enumerate(names) if name in aliases
    }
    if "maturity" not in places or not {"code", "name"} & places.keys():
        raise Refused(
            "Baris pertama harus berisi judul kolom: “Kode” atau “Nama inovasi”, “Kematangan”, dan bila ada "
            "“Diterima” serta “Catatan”. Perbaiki judulnya, atau mulai dari tabel yang diunduh di halaman ini."
        )
    return places


class _Finder:
    """Which innovation a code or a name means."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.by_code = {code.upper(): each for each in known for code in (each.entry, each.innovation)}
        self.by_name = {_plain(each.name): each for each in known}

    def find(self, code: str, name: str) -> Known | None:
        return self.by_code.get(code.upper()) if code else self.by_name.get(_plain(name))


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def _row(number: int, line: Sequence[str], places: dict[str, int], finder: _Finder, top: Decimal) -> Row:
    cells = {column: line[place] if place < len(line) else "" for column, place in places.items()}
    code, name = cells.get("code", ""), cells.get("name", "")
    says = name or code
    found = finder.find(code, name)
    if found is None:
        return Row(number, says, fault="Tidak ada inovasi yang dilaporkan dengan nama atau kode ini.")
    maturity, accepted = _number(cells["maturity"]), _yes(cells.get("accepted", ""))
    fault = ""
    if maturity is None or not 0 <= maturity <= top:
        fault = f"Kematangan “{cells['maturity']}” bukan angka 0 sampai {top}."
    elif maturity != round(maturity, 2):
        fault = f"Kematangan “{cells['maturity']}” lebih dari dua angka di belakang koma."
    elif accepted is None:
        fault = f"“{cells['accepted']}” bukan ya atau tidak."
    return Row(
        number, says, found.entry, found.name, maturity, accepted is not False, cells.get("note", "")[:300], fault
    )


def _number(text: str) -> Decimal | None:
    """A number as written in Indonesia or elsewhere: 90,5 · 90.5 · 1.090,25."""
    text = text.replace(" ", "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _yes(text: str) -> bool | None:
    word = " ".join(text.casefold().split())
    return True if word in YES else False if word in NO else None


def _without_doubles(rows: list[Row]) -> list[Row]:
    """The same innovation twice: the second and later rows cannot be used."""
    seen: dict[str, int] = {}
    result = []
    for row in rows:
        first = seen.setdefault(row.entry, row.number) if row.entry else row.number
        fault = row.fault or ("" if first == row.number else f"Sudah disebut pada baris {first}.")
        result.append(Row(row.number, row.says, row.entry, row.name, row.maturity, row.accepted, row.note, fault))
    return result
