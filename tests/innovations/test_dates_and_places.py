from datetime import date, datetime
from decimal import Decimal

import pytest

from pamong.innovations import coordinates, dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("31-12-2025", date(2025, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("31 12 2025", date(2025, 12, 31)),
        ("1/2/25", date(2025, 2, 1)),
        ("2025-12-31", date(2025, 12, 31)),
        ("2025-12-31 00:00:00", date(2025, 12, 31)),
        ("2025/12/31", date(2025, 12, 31)),
        ("3 Mei 2025", date(2025, 5, 3)),
        ("03 mei 2025", date(2025, 5, 3)),
        ("Senin, 3 Maret 2025", date(2025, 3, 3)),
        ("Jum'at, 7 Maret 2025", date(2025, 3, 7)),
        ("tgl 3 Agustus 2025", date(2025, 8, 3)),
        ("3-Agu-2025", date(2025, 8, 3)),
        ("3 Nopember 2025", date(2025, 11, 3)),
        ("Juni 2025", date(2025, 6, 1)),
        ("06/2025", date(2025, 6, 1)),
        ("2025-06", date(2025, 6, 1)),
        (45809, date(2025, 6, 1)),
        (45809.75, date(2025, 6, 1)),
        ("45809", date(2025, 6, 1)),
        (datetime(2025, 6, 1, 8), date(2025, 6, 1)),
        (date(2025, 6, 1), date(2025, 6, 1)),
    ],
)
def test_dates_are_read_as_people_write_them(written: object, day: date) -> None:
    assert dates.parse(written) == day


@pytest.mark.parametrize(
    "written",
    ["", "kemarin", "31/02/2025", "13/2025", "2025", 2025, 12, "12/31/2025", "3 Smarch 2025", True, "1/1/1900", 9e9],
)
def test_what_is_no_date_says_how_to_write_one(written: object) -> None:
    with pytest.raises(dates.NotADate, match=r"Tulis|Periksa"):
        dates.parse(written)


@pytest.mark.parametrize(
    "written",
    [
        "-7.47, 110.21",
        "\u22127.47, 110.21",
        "-7.47 110.21",
        "(-7.47; 110.21)",
        "-7,47; 110,21",
        "-7,47, 110,21",
        "7.47 LS, 110.21 BT",
        "7.47\u00b0 S, 110.21\u00b0 E",
        "7\u00b028'12\"S 110\u00b012'36\"E",
        "https://www.google.com/maps/@-7.47,110.21,17z",
        "https://www.google.com/maps/place/Alun-alun/@-7.4,110.2,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d-7.47!4d110.21",
        "https://maps.google.com/?q=-7.47,110.21",
        "https://www.google.com/maps/search/?api=1&query=-7.47%2C110.21",
        "https://www.openstreetmap.org/#map=15/-7.47/110.21",
        "https://www.openstreetmap.org/?mlat=-7.47&mlon=110.21#map=15/-7.4/110.2",
    ],
)
def test_places_are_read_as_people_paste_them(written: str) -> None:
    assert coordinates.parse(written) == (Decimal("-7.470000"), Decimal("110.210000"))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("110.21, -7.47", "tertukar"),
        ("7.47, 110.21", "di luar Indonesia"),
        ("https://maps.app.goo.gl/AbC", "Tautan pendek"),
        ("https://contoh.test/", "tidak memuat titik"),
        ("alun-alun", "tidak terbaca"),
        ("999, 999", "di luar Indonesia"),
    ],
)
def test_what_is_no_place_says_what_to_do(written: str, told: str) -> None:
    with pytest.raises(coordinates.NotAPlace, match=told):
        coordinates.parse(written)
