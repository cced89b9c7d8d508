"""Small charts drawn on the server: shapes with whole coordinates, for a template to place. No script, no style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pamong.common.charting import Tick

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


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar of a waterfall: from where the one before ended; ``tone`` is total, up or down."""

    x: int
    y: int
    width: int
    height: int
    tone: str
    label: str
    text: str

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Lying bars one under the other: the first result, each cause, the second result."""

    bars: tuple[Fall, ...]
    height: int
    width: int = WIDTH


ROW, NAMES, ENDS = 34, 250, 64


def waterfall(
    before: tuple[str, Decimal], causes: Sequence[tuple[str, Decimal]], after: tuple[str, Decimal]
) -> Waterfall:
    """From ``before`` through ``causes`` to ``after``; the scale shows only where they lie."""
    running, spans = before[1], [(before[0], before[1], before[1], "total")]
    for label, amount in causes:
        spans.append((label, running, running + amount, "up" if amount > 0 else "down"))
        running += amount
    spans.append((after[0], after[1], after[1], "total"))
    low = min(min(start, end) for _, start, end, _ in spans)
    high = max(max(start, end) for _, start, end, _ in spans)
    room = (high - low) or Decimal(1)
    bottom = low - room / 4
    scale = Decimal(WIDTH - NAMES - ENDS) / (high - bottom)
    bars = tuple(_fall(at, span, bottom, scale) for at, span in enumerate(spans))
    return Waterfall(bars, ROW * len(spans) + 8)


def _fall(at: int, span: tuple[str, Decimal, Decimal, str], bottom: Decimal, scale: Decimal) -> Fall:
    label, start, end, tone = span
    left = bottom if tone == "total" else min(start, end)
    x = NAMES + round((left - bottom) * scale)
    width = max(round((max(start, end) - left) * scale), 2)
    shown = end if tone == "total" else end - start
    sign = "+" if tone == "up" else ""
    text = sign + f"{shown}".replace(".", ",").replace("-", "−")
    return Fall(x, ROW * at + 8, width, ROW - 12, tone, label, text)
