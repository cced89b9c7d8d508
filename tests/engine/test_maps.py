"""A map shows the region whole or closer, and reckons places and pixels there and back."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pamong.engine import maps

SHAPE = (((110.0, -7.0), (110.5, -7.0), (110.5, -8.0), (110.0, -8.0)),)
CORNER = (-7.01, 110.01)


def test_the_whole_region_is_shown_with_a_margin() -> None:
    view = maps.view(SHAPE, 512)
    assert (view.latitude, view.longitude, view.span) == (-7.5, 110.25, 1.12)
    assert all(view.shows(lat, lon) for lon, lat in SHAPE[0])


def test_a_kilometre_is_as_long_across_as_it_is_down() -> None:
    view = maps.view(SHAPE, 512)
    (x0, y0), (x1, y1) = view.at(-7.5, 110.25), view.at(-7.6, 110.25 + 0.1 / cos(radians(7.5)))
    assert x1 - x0 == pytest.approx(y1 - y0, abs=0.2)


@given(
    some.sampled_from([256, 512]), some.integers(-1, 9), some.floats(-8, -7), some.floats(110, 110.5),
    some.floats(0, 256), some.floats(0, 256),
)  # fmt: skip
def test_a_pixel_is_a_place_and_back(size: int, close: int, lat: float, lon: float, x: float, y: float) -> None:
    view = maps.view(SHAPE, size, close, (lat, lon))
    assert view.at(*view.place(x, y)) == pytest.approx((x, y), abs=0.1)
    assert view.shows(*view.place(x, y))


def test_each_step_is_twice_as_close_and_never_leaves_the_whole() -> None:
    whole, near = maps.view(SHAPE, 512), maps.view(SHAPE, 512, 3, CORNER)
    assert near.span == whole.span / 8
    assert near.shows(*CORNER)
    far_off = maps.view(SHAPE, 512, 3, (50.0, 50.0))
    assert far_off.north == pytest.approx(whole.north)
    assert maps.view(SHAPE, 512, 99).closeness == maps.CLOSEST


@given(some.integers(0, maps.CLOSEST), some.floats(-8, -7), some.floats(110, 110.5))
def test_the_grid_has_a_few_lines_at_round_degrees(closeness: int, lat: float, lon: float) -> None:
    grid = maps.grid(maps.view(SHAPE, 512, closeness, (lat, lon)))
    assert 2 <= len(grid.meridians) <= 8
    assert 2 <= len(grid.parallels) <= 8
    assert all(line.degree == round(line.degree, grid.decimals) for line in grid.parallels)


def test_the_scale_is_a_round_length_of_a_quarter_at_most() -> None:
    assert maps.scale(maps.view(SHAPE, 512)) == (20.0, 82.1)
    length, pixels = maps.scale(maps.view(SHAPE, 512, 6))
    assert (length, pixels <= 128) == (0.2, True)
