from decimal import Decimal
from itertools import pairwise

from pamong.dashboards.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Series, bar_chart


def test_a_bar_at_the_top_of_the_scale_fills_the_height_and_none_is_left_out() -> None:
    chart = bar_chart(["2024", "2025"], [Series("claimed", "klaim", [Decimal(100), None])], 100)
    (bar,) = chart.bars
    assert (bar.y, bar.height, bar.text, bar.series) == (TOP, HEIGHT - BOTTOM - TOP, "100", "claimed")


def test_a_value_above_the_scale_stays_inside_the_picture() -> None:
    chart = bar_chart(["2024"], [Series("reported", "dilaporkan", [250])], 200)
    assert chart.bars[0].y == TOP


def test_bars_of_many_groups_never_overlap_nor_leave_the_picture() -> None:
    names = [str(year) for year in range(2010, 2030)]
    series = [Series(code, code, [50] * 20) for code in ("claimed", "verified", "returned")]
    spans = sorted((bar.x, bar.x + bar.width) for bar in bar_chart(names, series, 100).bars)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] >= LEFT
    assert spans[-1][1] <= WIDTH


def test_decimals_are_written_with_a_comma() -> None:
    assert bar_chart(["2024"], [Series("claimed", "klaim", [Decimal("59.28")])], 100).bars[0].text == "59,28"
