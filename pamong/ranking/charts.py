"""A region's years drawn on the server: points in whole coordinates, for a template to place.

Only years of one series stand in one drawing, and only neighbouring years are joined: a year without a result is a gap.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pamong.common.charting import Tick

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 40, 28, 36
INSET = 44  # so that the first number does not stand on the scale
STEPS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One year's point and what it says."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """What is expected of a year: from ``high`` to ``low``, most likely about ``y``."""

    x: int
    y: int
    high: int
    low: int
    text: str


@dataclass(frozen=True, slots=True)
class YearChart:
    """Points over years, joined where the years are neighbours."""

    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    years: tuple[Tick, ...]
    scale: tuple[Tick, ...]
    span: Span | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM


def ranks(
    points: Sequence[tuple[int, int]], expected: tuple[int, float, float, float] | None = None
) -> YearChart | None:
    """Ranks over years, rank 1 at the top; ``expected`` is a coming year with 5 %, median and 95 %.

    ``None`` where there are not two years to be seen."""
    worst = max([rank for _, rank in points] + ([math.ceil(expected[3])] if expected else []), default=0)
    step = max(1, _round(worst / STEPS))
    scale = [1, *(each for each in range(step, worst + step, step) if each > 1)]
    return _chart([(year, float(rank), f"{rank}") for year, rank in points], scale[0], scale[-1], scale, expected)


def values(points: Sequence[tuple[int, float, str]]) -> YearChart | None:
    """Values over years, the highest at the top; each with its text."""
    most = max((value for _, value, _ in points), default=0.0)
    step = max(1, _round(most / STEPS))
    scale = list(range(0, math.ceil(most / step) * step + 1, step))
    return _chart(list(points), scale[-1], 0, scale, None)


def _round(size: float) -> int:
    """The next whole number of 1, 2, 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(max(size, 1)))
    return int(next(power * each for each in (1, 2, 5, 10) if size <= power * each))


def _chart(
    points: Sequence[tuple[int, float, str]],
    top: float,
    bottom: float,
    scale: Sequence[int],
    expected: tuple[int, float, float, float] | None,
) -> YearChart | None:
    years = sorted({year for year, *_ in points} | ({expected[0]} if expected else set()))
    if len(years) < 2:
        return None
    first, last = years[0], years[-1]

    def x(year: int) -> int:
        return LEFT + INSET + round((year - first) / (last - first) * (WIDTH - RIGHT - LEFT - 2 * INSET))

    def y(value: float) -> int:
        return TOP + round((value - top) / ((bottom - top) or 1) * (HEIGHT - BOTTOM - TOP))

    ordered = sorted(points)
    marks = tuple(Mark(x(year), y(value), text) for year, value, text in ordered)
    lines = tuple(
        f"{one.x},{one.y} {other.x},{other.y}"
        for (one, (year, *_)), (other, (later, *_)) in itertools.pairwise(zip(marks, ordered, strict=True))
        if later == year + 1
    )
    span = None
    if expected:
        year, high, middle, low = expected
        said = f"{high:.0f}–{low:.0f}" if round(high) != round(low) else f"{high:.0f}"
        span = Span(x(year), y(middle), y(high), y(low), said)
    return YearChart(
        marks,
        lines,
        tuple(Tick(x(year), f"{year}") for year in range(first, last + 1)),
        tuple(Tick(y(value), f"{value}".replace(".", ",")) for value in scale),
        span,
    )
