"""From an uploaded .xlsx or .csv to rows of plain values. Files are hostile until shown otherwise."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from pamong.common.permit import Refused
from pamong.innovations.tables.columns import recognised

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 1_000
MOST_COLUMNS = 80
MOST_SHEETS = 12
LONGEST_CELL = 20_000
HEAD_ROWS = 15

Cell = str | int | float
_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,4})(\d{1,9})"')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,9})"')
_CHUNK = 256 * 1024
_HOW = "Simpan sebagai Excel (.xlsx) atau CSV, lalu unggah lagi."


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its headings, and the rows under them, each with the number it has in the file."""

    sheet: str
    headers: list[str]
    rows: list[list[Any]]


def read(content: bytes, name: str) -> Table:
    """The table in a file. Raises ``Refused`` with the reason and the remedy when there is none to be had."""
    if len(content) > MOST_BYTES:
        raise Refused(f"Berkas lebih besar dari {MOST_BYTES // 1024 // 1024} MB. Bagi menjadi beberapa berkas.")
    if not content.strip():
        raise Refused("Berkas ini kosong.")
    sheets = _workbook(content) if content.startswith(b"PK") else [("", _csv(content, name))]
    return _best([_table(sheet, rows) for sheet, rows in sheets])


def _best(tables: Iterable[Table | None]) -> Table:
    """The sheet whose headings are understood best."""
    found = [table for table in tables if table is not None]
    if not found:
        raise Refused(
            "Tidak ada tabel dalam berkas ini. Baris pertama harus berisi judul kolom, misalnya “Nama inovasi”."
        )
    return max(found, key=lambda table: (recognised(table.headers), bool(table.rows)))


def _table(sheet: str, rows: Sequence[Sequence[Any]]) -> Table | None:
    at = _head(rows)
    if at is None:
        return None
    width = max((number for number, cell in enumerate(rows[at], 1) if _text(cell)), default=0)
    if width > MOST_COLUMNS:
        raise Refused(f"Lebih dari {MOST_COLUMNS} kolom. Hapus kolom yang tidak perlu.")
    body = [
        [number, *(_plain(cell) for cell in (*row[:width], *[""] * (width - len(row))))]
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(_text(cell) for cell in row[:width])
    ]
    if len(body) > MOST_ROWS:
        raise Refused(f"Lebih dari {MOST_ROWS} baris. Bagi menjadi beberapa berkas.")
    return Table(sheet[:100], [_text(cell)[:200] for cell in rows[at][:width]], body)


def _head(rows: Sequence[Sequence[Any]]) -> int | None:
    """The row of headings: the one understood best among the first, since offices put a title above."""
    scores = [(recognised([_text(cell) for cell in row]), -number) for number, row in enumerate(rows[:HEAD_ROWS])]
    best = max(scores, default=(0, 0))
    if best[0]:
        return -best[1]
    filled = (number for number, row in enumerate(rows[:HEAD_ROWS]) if sum(bool(_text(cell)) for cell in row) > 1)
    return next(filled, None)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _plain(value: Any) -> Cell:
    """A cell as JSON knows it: days as ISO text, whole numbers without a point, text without control characters."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value
    if isinstance(value, time | timedelta) or value is None:
        return str(value or "")
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32).strip()[:LONGEST_CELL]


# -- CSV --------------------------------------------------------------------------------------------------------------


def _csv(content: bytes, name: str) -> list[list[str]]:
    text = _decoded(content)
    if "\0" in text or not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise Refused(f"Berkas ini bukan tabel yang dapat dibaca. {_HOW}")
    csv.field_size_limit(max(LONGEST_CELL * 10, 131_072))
    try:
        rows: list[list[str]] = []
        for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
            rows.append(row)
            if len(rows) > MOST_ROWS * 2 + HEAD_ROWS:
                raise Refused(f"Lebih dari {MOST_ROWS} baris. Bagi menjadi beberapa berkas.")
    except csv.Error:
        raise Refused(f"CSV ini rusak: ada tanda kutip yang tidak ditutup. {_HOW}") from None
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Semicolon, comma or tab: the one that stands most often in the first lines, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", text[:20_000])
    lines = "\n".join(bare.splitlines()[:5])
    return max(";,\t", key=lambda each: lines.count(each))


# -- Excel ------------------------------------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[tuple[str, list[list[Any]]]]:
    _guard(content)
    from python_calamine import CalamineWorkbook  # heavy: only those who import pay for it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheet_names[:MOST_SHEETS]:
            limit = MOST_ROWS * 2 + HEAD_ROWS
            yield str(sheet), book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=limit)
    except BaseException as fault:  # the reader is Rust: a panic is no Exception
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        raise Refused(f"Berkas Excel ini rusak atau berkata sandi. {_HOW}") from None


def _guard(content: bytes) -> None:
    """Unpack once within bounds before the real reader does: bombs and sheets of a billion empty cells end here."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise Refused(f"Ini bukan berkas Excel (.xlsx). {_HOW}")
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused(f"Isi berkas ini terlalu besar setelah dibuka. {_HOW}")
            left = MOST_UNPACKED
            for part in parts:
                with archive.open(part) as file:
                    left -= _measured(file, left, is_sheet=part.filename.startswith("xl/worksheets/"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError):
        raise Refused(f"Berkas Excel ini rusak atau berkata sandi. {_HOW}") from None


def _measured(file: IO[bytes], left: int, *, is_sheet: bool) -> int:
    """How many bytes the part really unpacks to. A sheet may not reach beyond the rows and columns we take."""
    size, tail = 0, b""
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        if size > left:
            raise Refused(f"Isi berkas ini terlalu besar setelah dibuka. {_HOW}")
        if is_sheet:
            _require_small(tail + chunk)
            tail = chunk[-64:]
    return size


def _require_small(xml: bytes) -> None:
    far_column = any(len(match[1]) > 2 for match in _REFERENCE.finditer(xml))
    far_row = any(int(match[2]) > MOST_ROWS * 5 for match in _REFERENCE.finditer(xml))
    if far_column or far_row or any(int(match[1]) > MOST_ROWS * 5 for match in _ROW.finditer(xml)):
        raise Refused(
            f"Lembar ini memuat sel jauh di luar tabel (lebih dari {MOST_ROWS} baris atau {MOST_COLUMNS} kolom). "
            "Salin tabelnya ke lembar baru, lalu unggah lagi."
        )
