"""Published results of many regions, and invented ones that say so, brought as an operator of the machine brings them."""

from __future__ import annotations

import csv
import hashlib
import io
import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from pamong.agencies.models import Region
from pamong.ranking import queries, tables
from pamong.ranking.actions import bringing as actions
from pamong.ranking.places import kind_of

DATA = Path(__file__).parent / "data"
FILE = DATA / "hasil.toml"
EXAMPLE_YEARS, SEED = (2022, 2023, 2024, 2025), 20260429
MEAN, SPREAD, REPORTING = 41, 10, 0.96
TOLD = ("33.71", "35.20")  # the regions of the demonstration stand in every table
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


def bring_examples() -> None:
    """Invented results of every region for some years, in a series that says so; and the groups regions are compared in."""
    actions.add_series(
        by=None, code="contoh", name="Contoh: indeks rekaan untuk peragaan", unit="indeks 0–100", top=100, invented=True,
        method="Data contoh. Angkanya dibangkitkan komputer agar tabel, kelompok, kekokohan, dan prakiraan dapat dilihat bekerja "
        "dengan semua daerah; bukan nilai daerah mana pun dan bukan hasil lembaga mana pun.",
    )  # fmt: skip
    series = next(each for each in queries.every_series() if each.code == "contoh")
    for year, content in _invented():
        rows = [line.given for line in tables.read(content, series.top) if line.given]
        told = actions.Told(year, "Rekaan untuk peragaan Pamong", hashlib.sha256(content).hexdigest(), len(rows))
        actions.bring_results(series, rows, told, by=None)
    for cluster in tomllib.loads((DATA / "kelompok.toml").read_text(encoding="utf-8"))["cluster"]:
        actions.set_cluster(
            by=None, code=cluster["code"], name=cluster["name"], source=cluster["source"], members=cluster["codes"]
        )


def _invented() -> Iterator[tuple[int, bytes]]:
    """A table for each year: every region has a strength, which moves a little from year to year; some report nothing."""
    dice = random.Random(SEED)  # noqa: S311 — examples, not secrets
    with (DATA / "daerah.csv").open(newline="", encoding="utf-8") as lines:
        regions = [(row["kode"], row["nama"]) for row in csv.DictReader(lines)]
    strengths = {
        code: dice.gauss(MEAN, SPREAD) + (6 if kind_of(code) == Region.Kind.KOTA else 0) for code, _ in regions
    }
    for year in EXAMPLE_YEARS:
        for code in strengths:
            strengths[code] += dice.gauss(1.4, 4.5)
        rows = [
            (code, name, f"{min(99, max(1, strengths[code])):.2f}")
            for code, name in regions
            if code in TOLD or dice.random() < REPORTING
        ]
        yield year, _table(rows)
