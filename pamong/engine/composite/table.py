"""Reading DATA.csv: the columns an index needs, or every fault with the line it stands on.

Comma, semicolon or tab; UTF-8 with or without a byte order mark; a decimal comma where the separator is none.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pamong.engine.strict_json import MAX_BYTES, InputRefused, shown

MAX_ROWS = 100_000
MAX_FAULTS = 100
_POINT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d+(,\d*)?|,\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Table:
    """``values[column][i]`` is the number in row ``i``, NaN where the cell is empty; ``lines[i]`` is its line."""

    ids: tuple[str, ...]
    values: dict[str, tuple[float, ...]]
    lines: tuple[int, ...]


def read_table(content: bytes, id_column: str, columns: Sequence[str]) -> Table:
    """The rows of ``content``, in its order. Raises ``InputRefused`` with at most ``MAX_FAULTS`` faults."""
    text = _decoded(content)
    separator = _separator(text)
    rows = _rows(text, separator)
    line, header = next(rows, (1, []))
    places = _places(line, header, id_column, columns)
    faults: list[str] = []
    kept = [(line, row) for line, row in rows if _fits(line, row, len(header), faults)]
    if not kept and not faults:
        faults.append("baris 2: tidak ada baris data")
    if len(kept) > MAX_ROWS:
        faults.append(f"baris {kept[MAX_ROWS][0]}: lebih dari {MAX_ROWS} baris data")
    ids = _ids([(line, row[places[id_column]]) for line, row in kept], faults)
    number = _COMMA if separator != "," and _writes_commas(kept, places, columns) else _POINT
    values = {
        column: tuple(_number(line, column, row[places[column]], number, faults) for line, row in kept)
        for column in columns
    }
    if faults:
        raise InputRefused(_shortened(faults))
    return Table(ids, values, tuple(line for line, _ in kept))


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise InputRefused([f"baris 1: berkas melebihi {MAX_BYTES // 1024 // 1024} MB"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputRefused([f"baris {line}: bukan UTF-8; simpan ulang berkas sebagai CSV UTF-8"]) from None


def _separator(text: str) -> str:
    """The mark that stands most often in the first line that is not empty, outside quotes."""
    head = next((line for line in text.split("\n") if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return max(",;\t", key=bare.count)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line it begins on and its cells trimmed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
            line = reader.line_num + 1
    except csv.Error:
        raise InputRefused([f"baris {line}: tanda kutip tidak berpasangan atau sel terlalu panjang"]) from None


def _places(line: int, header: list[str], id_column: str, columns: Sequence[str]) -> dict[str, int]:
    """Where each needed column stands."""
    times, faults = Counter(header), []
    for column in (id_column, *columns):
        if times[column] == 0:
            known = ", ".join(shown(each) for each in header[:20]) or "tidak ada"
            faults.append(f"baris {line}: kolom {shown(column)} tidak ada; yang ada: {known}")
        elif times[column] > 1:
            faults.append(f"baris {line}: kolom {shown(column)} ada lebih dari satu")
    if faults:
        raise InputRefused(faults)
    return {column: header.index(column) for column in (id_column, *columns)}


def _fits(line: int, row: list[str], width: int, faults: list[str]) -> bool:
    if len(row) != width:
        faults.append(f"baris {line}: ada {len(row)} sel, seharusnya {width}")
    return len(row) == width


def _ids(cells: list[tuple[int, str]], faults: list[str]) -> tuple[str, ...]:
    first: dict[str, int] = {}
    for line, name in cells:
        if not name:
            faults.append(f"baris {line}: pengenal baris kosong")
        elif name in first:
            faults.append(f"baris {line}: pengenal {shown(name)} sudah dipakai pada baris {first[name]}")
        first.setdefault(name, line)
    return tuple(name for _, name in cells)


def _writes_commas(rows: list[tuple[int, list[str]]], places: dict[str, int], columns: Sequence[str]) -> bool:
    return any("," in row[places[column]] for column in columns for _, row in rows)


def _number(line: int, column: str, cell: str, number: re.Pattern[str], faults: list[str]) -> float:
    """The number in ``cell``, NaN if it is empty, and a fault if it is neither."""
    if not cell:
        return math.nan
    value = float(cell.replace(",", ".")) if number.fullmatch(cell) else math.nan
    if not math.isfinite(value) or abs(value) > 1e100:
        faults.append(f"baris {line}: kolom {shown(column)} harus angka atau kosong, bukan {shown(cell)}")
    return value


def _shortened(faults: list[str]) -> list[str]:
    faults.sort(key=lambda fault: int(fault.split(":")[0].removeprefix("baris ")))
    rest = len(faults) - MAX_FAULTS
    return faults if rest <= 0 else [*faults[:MAX_FAULTS], f"baris 1: dan {rest} kesalahan lain"]
