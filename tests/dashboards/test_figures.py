from decimal import Decimal

from pamong.dashboards.figures import affair_covers, indicator_gaps
from pamong.engine import edition

EDITION = edition.load("iid-2026")
FULL = "3" * 20


def test_affairs_are_the_six_basic_ones_each_with_its_innovations() -> None:
    covers = affair_covers(EDITION, ["kesehatan", "kesehatan", "statistik", "sosial"])
    assert {cover.affair.code: cover.innovations for cover in covers} == {
        "pendidikan": 0,
        "kesehatan": 2,
        "pekerjaan-umum": 0,
        "perumahan-rakyat": 0,
        "ketenteraman": 0,
        "sosial": 1,
    }


def test_the_gap_of_an_indicator_is_what_it_lacks_over_all_innovations_in_points_of_the_index() -> None:
    lacking_regulation = "0" + FULL[1:]
    gaps = indicator_gaps(EDITION, [lacking_regulation, FULL], divisor=12)
    assert [(gap.indicator.code, gap.points, gap.empty) for gap in gaps] == [("16", Decimal(9), 1)]
    # 9 points of maturity / divisor 12 / total 250 × 100
    assert gaps[0].index_points == Decimal("0.30")


def test_an_unanswered_indicator_lacks_as_much_as_a_level_zero() -> None:
    unanswered, zero = (
        indicator_gaps(EDITION, ["-" * 20], 12, most=20),
        indicator_gaps(EDITION, ["0" * 20], 12, most=20),
    )
    assert [gap.points for gap in unanswered] == [gap.points for gap in zero]
    assert sum(gap.points for gap in zero) == Decimal(111)


def test_without_innovations_there_is_no_gap() -> None:
    assert indicator_gaps(EDITION, [], 12) == []
