"""What is wrong with an edition: where exactly, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_ARRAY_HEADER = re.compile(r"^\[\[([\w.\-]+)\]\]")
_TABLE_HEADER = re.compile(r"^\[([\w.\-]+)\]")
_KEY = re.compile(r"^([\w\-]+)\s*=\s*(.*)$")


@dataclass(frozen=True)
class Fault:
    """One fault: ``path`` as ``innovation[3].levels[1]``, its line in the file (0 if unknown), and the remedy."""

    path: str
    message: str
    remedy: str
    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.path or '(akar)'}: {self.message} {self.remedy}"


class EditionInvalid(ValueError):
    """The rules cannot be used; ``faults`` says why, one entry per fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def placed(faults: Iterable[Fault], *, file: str, text: str) -> tuple[Fault, ...]:
    """The same faults with the file's name and the line each of them stands on."""
    lines = line_numbers(text)
    return tuple(replace(fault, file=file, line=_nearest(lines, fault.path)) for fault in faults)


def _nearest(lines: dict[str, int], path: str) -> int:
    """The line of ``path``, or of the closest thing around it that has a line of its own."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 0)


def line_numbers(text: str) -> dict[str, int]:
    """Path to line number for every header, key and array item of a TOML text laid out one item per line."""
    lines: dict[str, int] = {}
    counters: dict[str, int] = {}
    table, array, item = "", "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if header := _ARRAY_HEADER.match(line) or _TABLE_HEADER.match(line):
            table = _entered(header[1], counters, repeated=line.startswith("[["))
            lines[table] = number
            lines.setdefault(table.rpartition("[")[0] or table, number)
        elif array and line.startswith(("{", '"')):
            lines[f"{array}[{item}]"] = number
            item += 1
        elif array and line.startswith("]"):
            array = ""
        elif key := _KEY.match(line):
            path = f"{table}.{key[1]}" if table else key[1]
            lines[path] = number
            array, item = (path, 0) if key[2] == "[" else ("", 0)
    return lines


def _entered(name: str, counters: dict[str, int], *, repeated: bool) -> str:
    """The path of the table ``name``, each array on the way at its latest item."""
    path, parts = "", name.split(".")
    for position, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if repeated and position == len(parts) - 1:
            counters[path] = counters.get(path, -1) + 1
        if path in counters:
            path = f"{path}[{counters[path]}]"
    return path
