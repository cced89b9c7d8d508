"""Small charts drawn on the server: shapes with whole coordinates, for a template to place. No script, no style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 640
HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 24, 32


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one kind, one for each group (``None`` where unknown)."""

    code: str
    label: str
    values: Sequence[Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its rectangle, where its number stands, and what it says."""

    x: int
    y: int
    width: int
    height: int
    series: str
    text: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale, or a name under a group of bars."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Groups of bars over names, on a scale from zero."""

    bars: tuple[Bar, ...]
    names: tuple[Tick, ...]
    scale: tuple[Tick, ...]
    series: tuple[Series, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def bar_chart(names: Sequence[str], series: Sequence[Series], top: int) -> BarChart:
    """Draw every series over ``names``, on a scale of 0 to ``top``."""
    group = (WIDTH - LEFT - RIGHT) // max(len(names), 1)
    width = min(56, (group - 12) // max(len(series), 1))
    bars = [
        _bar(LEFT + group * at + (group - width * len(series)) // 2 + width * rank, width, each.code, value, top)
        for rank, each in enumerate(series)
        for at, value in enumerate(each.values)
        if value is not None
    ]
    ticks = tuple(Tick(LEFT + group * at + group // 2, name) for at, name in enumerate(names))
    scale = tuple(Tick(_y(Decimal(top * step) / 4, top), f"{top * step // 4}") for step in range(5))
    return BarChart(tuple(bars), ticks, scale, tuple(series))


def _bar(x: int, width: int, series: str, value: Decimal | int, top: int) -> Bar:
    y = _y(Decimal(value), top)
    return Bar(x + 2, y, width - 4, HEIGHT - BOTTOM - y, series, f"{value}".replace(".", ","))


def _y(value: Decimal, top: int) -> int:
    return HEIGHT - BOTTOM - round(min(value, Decimal(top)) / top * (HEIGHT - BOTTOM - TOP))
