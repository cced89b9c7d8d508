"""A small square map: which part of the earth it shows, where a place falls on it, and its grid and scale.

Degrees of longitude are drawn shorter than those of latitude by the cosine of the latitude in the middle: over one
region near the equator that is true to a fraction of a pixel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, radians

from pamong.engine.boundaries import KM_PER_DEGREE, Shape, bounds

CLOSEST = 6
MARGIN = 1.12
SMALLEST = 0.01
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class View:
    """``size`` × ``size`` pixels around ``(latitude, longitude)``, ``span`` degrees of latitude from top to bottom."""

    latitude: float
    longitude: float
    span: float
    size: int
    closeness: int = 0

    @property
    def stretch(self) -> float:
        """Degrees of longitude that are as long as one of latitude."""
        return 1 / cos(radians(self.latitude))

    @property
    def north(self) -> float:
        return self.latitude + self.span / 2

    @property
    def west(self) -> float:
        return self.longitude - self.span * self.stretch / 2

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a place falls: pixels from the left and from the top."""
        return (
            round((longitude - self.west) / (self.span * self.stretch) * self.size, 1),
            round((self.north - latitude) / self.span * self.size, 1),
        )

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude under a pixel."""
        return self.north - y / self.size * self.span, self.west + x / self.size * self.span * self.stretch

    def shows(self, latitude: float, longitude: float) -> bool:
        x, y = self.at(latitude, longitude)
        return 0 <= x <= self.size and 0 <= y <= self.size


def view(shape: Shape, size: int, closeness: int = 0, centre: tuple[float, float] | None = None) -> View:
    """The whole of ``shape``, or a part twice as close for each step of ``closeness`` (at most ``CLOSEST``), in the
    middle of which lies ``centre`` as far as that stays within the whole."""
    west, south, east, north = bounds(shape)
    latitude, longitude = (south + north) / 2, (west + east) / 2
    whole = View(latitude, longitude, 1.0, size)
    span = max(north - south, (east - west) / whole.stretch, SMALLEST) * MARGIN
    closeness = max(0, min(CLOSEST, closeness))
    part = span / 2**closeness
    if centre and closeness:
        free = (span - part) / 2
        latitude = max(latitude - free, min(latitude + free, centre[0]))
        longitude = max(longitude - free * whole.stretch, min(longitude + free * whole.stretch, centre[1]))
    return View(latitude, longitude, part, size, closeness)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: how many pixels from the left or the top, and the degree it marks."""

    at: float
    degree: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Meridians (upright) and parallels, three to six of each, and how many decimals their degrees need."""

    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    decimals: int


def grid(view: View) -> Grid:
    """Lines at round degrees."""
    step, decimals = _round(view.span / 3)
    parallels = tuple(
        Line(view.at(degree, 0)[1], degree) for degree in _multiples(view.north - view.span, view.north, step)
    )
    east = view.west + view.span * view.stretch
    meridians = tuple(Line(view.at(0, degree)[0], degree) for degree in _multiples(view.west, east, step))
    return Grid(meridians, parallels, decimals)


def scale(view: View) -> tuple[float, float]:
    """A round length of a quarter of the map at most: kilometres, and pixels."""
    across = view.span * KM_PER_DEGREE
    length, _ = _round(across / 4)
    return length, round(length / across * view.size, 1)


def _round(most: float) -> tuple[float, int]:
    """The largest of … 0.1, 0.2, 0.5, 1, 2 … that is not above ``most``, and its decimals."""
    power = 3
    while True:
        for step in reversed(_STEPS):
            value = step * 10.0**power
            if value <= most or power < -6:
                return round(value, 8), max(0, -power)
        power -= 1


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    number = ceil(low / step)
    while number * step <= high:
        yield round(number * step, 8)
        number += 1
