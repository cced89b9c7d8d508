"""Charts of planning: where the points lie."""

from __future__ import annotations

from pamong.planning.charts import curve


def test_a_curve_begins_at_zero_and_ends_inside_its_frame() -> None:
    found = curve([(0, 0), (10, 0.9), (84, 1.65)])
    assert found is not None
    assert found.points[0] == (found.left, found.base)
    assert [tick.text for tick in found.across] == ["0", "20", "40", "60", "80", "100"]
    assert [tick.text for tick in found.up] == ["0", "0,5", "1", "1,5", "2"]
    assert all(found.left <= x <= found.right and 0 < y <= found.base for x, y in found.points)


def test_a_curve_that_need_not_begin_at_zero_shows_where_it_lies() -> None:
    found = curve([(15, 46.46), (19, 44.93)], from_zero=False)
    assert found is not None
    assert [tick.text for tick in found.across] == ["15", "16", "17", "18", "19"]
    assert found.up[0].text == "44,5"


def test_nothing_to_draw_draws_nothing() -> None:
    assert curve([]) is None
    assert curve([(0, 0)]) is None
    assert curve([(0, 0), (10, 0)]) is None
