"""The generated parts of docs/reference/editions.md: ``python -m pamong.engine.handbook docs/reference/editions.md``.

What stands between ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` is replaced; a test fails when it is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pamong.engine.edition import available, load
from pamong.engine.model import Edition


def regenerated(page: str) -> str:
    """``page`` with its generated parts as they should be."""
    for name, lines in (("numbers", _numbers()), ("unverified", _unverified()), ("sources", _sources())):
        page = _replaced(page, name, "\n".join(lines))
    return page


def _replaced(page: str, name: str, body: str) -> str:
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    before, _, rest = page.partition(begin)
    return f"{before}{begin}{body}\n{end}{rest.partition(end)[2]}"


def _editions() -> list[Edition]:
    return [load(code) for code in available()]


def _numbers() -> Iterator[str]:
    """The numbers that differ between the years, one row per edition."""
    yield "| edition | status | formula | divisor floor | basic affairs needed | lower bounds of the bands | kemanfaatan |"
    yield "|---|---|---|---|---|---|---|"
    for each in _editions():
        needed = f"{each.count.affairs_minimum} of {len(each.count.affairs)}" if each.count.affairs_minimum else "none"
        bounds = " / ".join(str(band.lower) for band in each.bands)
        bases = "".join(basis.code for basis in each.indicator("33").bases)
        row = (
            each.code,
            each.status,
            each.formula,
            each.divisor.floor,
            needed,
            bounds,
            f"bases {bases[0]}–{bases[-1]}",
        )
        yield f"| {' | '.join(map(str, row))} |"


def _unverified() -> Iterator[str]:
    """Every unverified value of every edition, with the note people see."""
    for each in _editions():
        yield f"\n### {each.code}\n"
        yield from (f"* `{note.path}`: {note.note}" for note in each.unverified)


def _sources() -> Iterator[str]:
    """Every source any edition cites, once."""
    yield "| code | source | where | trust |"
    yield "|---|---|---|---|"
    sources = {source.code: source for each in _editions() for source in each.sources}
    for source in sources.values():
        yield f"| `{source.code}` | {source.title} | {source.reference} | {source.trust} |"


def main(argv: list[str]) -> int:
    for path in map(Path, argv):
        path.write_text(regenerated(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
