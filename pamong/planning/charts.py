"""Charts of planning, drawn on the server: shapes with whole coordinates, for a template to place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pamong.common.charting import Tick

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 48, 20, 20, 36


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over a plane, with its points."""

    points: tuple[tuple[int, int], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


def curve(given: Sequence[tuple[float, float]], *, from_zero: bool = True) -> Curve | None:
    """The points joined by a line; ``None`` where there is nothing to draw. ``from_zero=False``: only where they lie."""
    if len(given) < 2 or given[0][0] == given[-1][0] or not max(value for _, value in given):
        return None
    across = _scale([x for x, _ in given], from_zero)
    up = _scale([y for _, y in given], from_zero)
    return Curve(
        tuple((across.at(x, LEFT, WIDTH - RIGHT), up.at(y, HEIGHT - BOTTOM, TOP)) for x, y in given),
        tuple(Tick(across.at(value, LEFT, WIDTH - RIGHT), _number(value)) for value in across.ticks),
        tuple(Tick(up.at(value, HEIGHT - BOTTOM, TOP), _number(value)) for value in up.ticks),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    step: float
    steps: int

    @property
    def ticks(self) -> list[float]:
        return [self.low + self.step * each for each in range(self.steps + 1)]

    def at(self, value: float, start: int, end: int) -> int:
        return start + round((value - self.low) / (self.step * self.steps) * (end - start))


def _scale(values: Sequence[float], from_zero: bool) -> _Scale:
    """Round numbers around ``values``: four to eight steps of 1, 2 or 5 times a power of ten."""
    low, high = (0.0 if from_zero else min(values)), max(values)
    span = (high - low) or 1.0
    size = 10.0 ** math.floor(math.log10(span / 4))
    step = next(size * each for each in (1, 2, 5, 10) if span / (size * each) <= 6)
    first = math.floor(low / step) * step
    return _Scale(first, step, max(math.ceil((high - first) / step - 1e-9), 1))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
