"""Published results of many regions, brought as an operator of the machine brings them."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Sequence
from pathlib import Path

from pamong.ranking import queries, tables
from pamong.ranking.actions import bringing as actions

FILE = Path(__file__).parent / "data" / "hasil.toml"
HEADER = ("kode", "nama", "nilai", "peringkat", "di antara", "sumber")


def bring() -> None:
    """Every year of the file, each in its series."""
    series = {each.code: each for each in queries.every_series()}
    content = FILE.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    for year in tomllib.loads(content.decode())["year"]:
        of = series[year["series"]]
        rows = [line.given for line in tables.read(_table(year["rows"]), of.top) if line.given]
        actions.bring_results(
            of, rows, actions.Told(year["year"], year["source"], digest, year.get("regions")), by=None
        )


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *((*row, "", "", "")[: len(HEADER)] for row in rows)])
    return text.getvalue().encode()
