"""How what was computed about ranks is put before people's eyes: plain values for long tables, and their workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pamong.common.templatetags.pamong import decimal
from pamong.ranking import charts
from pamong.ranking.models import Run

DASH = "–"
COLUMNS = (
    ("urutan", "Urutan"), ("daerah", "Daerah"), ("indeks", "Indeks"), ("terbaik", "Urutan terbaik (5 %)"),
    ("tengah", "Tengah"), ("terburuk", "Urutan terburuk (95 %)"), ("lebar", "Lebar rentang"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """One region's line in a computation over all regions, its ranks among the group asked for."""

    code: str
    name: str
    index: float
    rank: int
    low: float
    middle: float
    high: float
    index_low: float
    index_high: float
    bands: Sequence[float]

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class HeldLine:
    """The same as it is written."""

    rank: int
    name: str
    index: str
    low: str
    middle: str
    high: str
    width: str
    indices: str
    bands: str


_KEYS: dict[str, Callable[[Held], Any]] = {
    "urutan": lambda row: row.rank,
    "daerah": lambda row: row.name,
    "indeks": lambda row: row.index,
    "terbaik": lambda row: row.low,
    "tengah": lambda row: row.middle,
    "terburuk": lambda row: row.high,
    "lebar": lambda row: row.width,
}


def held(run: Run, group: str, sort: str) -> list[Held]:
    """The regions of ``group`` in ``run``, sorted."""
    rows = [
        Held(row["code"], row["name"], row["index"], now, low, middle, high, row["p5"], row["p95"], row["bands"])
        for row in run.result["rows"]
        if group in row["ranks"]
        for now, low, middle, high in [row["ranks"][group]]
    ]
    rows.sort(key=lambda row: row.code)
    return sorted(rows, key=_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def group_in(run: Run, wanted: str) -> dict[str, Any]:
    """The group asked for, or all regions."""
    groups: list[dict[str, Any]] = run.result["groups"]
    return next((group for group in groups if group["code"] == wanted), groups[0])


def sort_of(wanted: str) -> str:
    return wanted if wanted.removeprefix("-") in _KEYS else "urutan"


def held_lines(run: Run, rows: Iterable[Held]) -> list[HeldLine]:
    """The rows as they are written; of the bands those that happened."""
    labels = run.result["bands"]
    return [
        HeldLine(
            row.rank, row.name, decimal(row.index), decimal(row.low, 0), decimal(row.middle, 0), decimal(row.high, 0),
            decimal(row.width, 0), f"{decimal(row.index_low)}–{decimal(row.index_high)}",
            ", ".join(f"{label} {decimal(share, 0)}\N{NO-BREAK SPACE}%" for label, share in zip(labels, row.bands, strict=True) if share >= 0.5),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One row of a simulated index as it is written."""

    rank: object
    id: str
    score: str
    low: str
    middle: str


def score_lines(rows: Iterable[dict[str, Any]]) -> list[ScoreLine]:
    return [
        ScoreLine(
            row["rank"] or DASH,
            row["id"],
            decimal(row["score"]),
            f"{decimal(spread['p5'], 0)}–{decimal(spread['p95'], 0)}" if spread else DASH,
            decimal(spread["median"], 0) if spread else DASH,
        )
        for row in rows
        for spread in [row["rank_distribution"]]
    ]


def held_sheet(run: Run, rows: Sequence[Held]) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Heading and rows of the workbook of a computation over all regions."""
    head = (
        "Urutan sekarang",
        "Kode",
        "Daerah",
        "Indeks",
        "Urutan 5 %",
        "Urutan tengah",
        "Urutan 95 %",
        "Indeks 5 %",
        "Indeks 95 %",
    )
    bands = tuple(f"{label} (% undian)" for label in run.result["bands"])
    return (*head, *bands), (
        (row.rank, row.code, row.name, row.index, row.low, row.middle, row.high, round(row.index_low, 2), round(row.index_high, 2), *row.bands)
        for row in rows
    )  # fmt: skip


def score_sheet(run: Run) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Heading and rows of the workbook of a simulated index, with the scores of every level of its tree."""
    rows = run.result["rows"]
    levels = [name for name in rows[0]["scores"] if name != run.result["index"]] if rows else []
    head = (
        "Urutan",
        "Baris",
        f"{run.result['index']} (simulasi, bobot {run.by})",
        "Urutan 5 %",
        "Urutan tengah",
        "Urutan 95 %",
    )
    return (*head, *levels), (
        (row["rank"], row["id"], row["score"], *_marks(row), *(row["scores"][name] for name in levels)) for row in rows
    )  # fmt: skip


def _marks(row: dict[str, Any]) -> tuple[Any, ...]:
    spread = row["rank_distribution"] or {}
    return tuple(spread.get(key) for key in ("p5", "median", "p95"))


def forecast_chart(result: dict[str, Any]) -> charts.YearChart | None:
    """The ranks known and the one expected."""
    rank, past = result["rank"], result.get("past", [])
    return charts.ranks(
        [(year, place) for year, _, place, _ in past], (result["next"], rank["p5"], rank["median"], rank["p95"])
    )
