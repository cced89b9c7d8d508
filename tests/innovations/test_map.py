"""A place is picked on the map of the region, with a script or without, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from pamong.agencies.actions.boundaries import bring_boundaries
from pamong.agencies.models import Region
from pamong.audit.models import Event
from pamong.innovations.models import Draft, Innovation
from tests.build import People
from tests.innovations import build
from tests.innovations.test_edit import payload, url

Login = Callable[[object], Client]
# 512 pixels show 0.224 degrees from -7.388 down: the middle of the picture is the middle of the square.
SQUARE = (((110.1, -7.4), (110.3, -7.4), (110.3, -7.6), (110.1, -7.6), (110.1, -7.4)),)
MAP = "/kota-contoh/inovasi/peta.svg"
TOLD = "/kota-contoh/inovasi/titik/"


@pytest.fixture
def boundary(region: Region) -> None:
    bring_boundaries({region.code: SQUARE}, by=None, source="Contoh", licence="CC0")


@pytest.fixture
def innovation(people: People) -> Innovation:
    return build.innovation(people.agency, people.operator, "SIPPUT", running=True)


def _text(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_click_becomes_coordinates_and_what_was_typed_stays(
    boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    before = (Event.objects.count(), innovation.version)
    sent = payload(
        innovation, purpose="Belum disimpan", **{"peta-512.x": "256", "peta-512.y": "256", "peta-dekat": "0"}
    )
    answer = login(people.operator).post(url(innovation), sent)
    assert answer.status_code == 200
    assert 'value="-7.500000, 110.200000"' in _text(answer)
    assert "Belum disimpan</textarea>" in _text(answer)
    assert "Titik berada di dalam batas Kota Contoh." in _text(answer)
    innovation.refresh_from_db()
    assert (Event.objects.count(), innovation.version, innovation.latitude) == (*before, None)
    draft = Draft.objects.get()
    assert (draft.data["purpose"], draft.data["coordinate"]) == ("Belum disimpan", "-7.500000, 110.200000")


def test_the_same_place_on_the_small_picture_is_the_same_place(
    boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    sent = payload(innovation, **{"peta-256.x": "128", "peta-256.y": "128"})
    assert 'value="-7.500000, 110.200000"' in _text(login(people.operator).post(url(innovation), sent))


def test_the_map_comes_closer_and_goes_back(
    boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    browser = login(people.operator)
    sent = payload(innovation, coordinate="-7.45, 110.15", **{"peta": "dekat", "peta-dekat": "1"})
    closer = _text(browser.post(url(innovation), sent))
    assert 'name="peta-dekat" value="2"' in closer
    assert "-7.45" in closer
    whole = _text(browser.post(url(innovation), sent | {"peta": "semua"}))
    assert 'name="peta-dekat" value="0"' in whole
    assert 'name="peta-dekat" value="1"' in _text(
        browser.post(url(innovation), sent | {"peta": "jauh", "peta-dekat": "2"})
    )


def test_a_picture_pressed_from_the_keyboard_says_to_type(
    boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    sent = payload(innovation, coordinate="-7.45, 110.15", **{"peta-512.x": "0", "peta-512.y": "0"})
    answer = _text(login(people.operator).post(url(innovation), sent))
    assert "tulis angkanya di isian Titik koordinat" in answer
    assert 'value="-7.45, 110.15"' in answer


@pytest.mark.parametrize(
    "odd",
    [
        {"peta-512.x": "-1", "peta-512.y": "5"},
        {"peta-512.x": "1e9", "peta-512.y": "5"},
        {"peta-512.x": "²", "peta-512.y": "5"},
        {"peta-512.x": "5"},
    ],
)
def test_a_click_that_is_none_saves_as_any_button_does(
    odd: dict[str, str], boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    assert login(people.operator).post(url(innovation), payload(innovation, **odd)).status_code == 302


@pytest.mark.parametrize(
    "odd", ["dekat=999", "pusat=x", "pusat=NaN,NaN", "lebar=9999999", "pusat=-7.5,110.2&peta-dekat=²"]
)
def test_an_odd_address_of_the_picture_shows_the_region(
    odd: str, boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    answer = login(people.operator).get(f"{MAP}?peta-{odd}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")


def test_a_place_outside_is_warned_of_and_not_refused(
    boundary: None, people: People, innovation: Innovation, login: Login
) -> None:
    browser = login(people.operator)
    answer = _text(browser.post(url(innovation), payload(innovation, coordinate="-7.7, 110.2"), follow=True))
    assert "Profil tersimpan." in answer
    assert "Titik berada sekitar 11 km di luar batas Kota Contoh. Periksa angkanya" in answer
    innovation.refresh_from_db()
    assert (innovation.latitude, innovation.longitude) == (Decimal("-7.7"), Decimal("110.2"))
    again = _text(browser.post(url(innovation), payload(innovation, purpose="Lain"), follow=True))
    assert again.count("11 km di luar batas") == 1  # under the map, no longer as a message


def test_near_the_boundary_nobody_is_warned(boundary: None, people: People, login: Login) -> None:
    told = login(people.operator).get(TOLD, {"titik": "-7.6005, 110.2"}).json()
    assert (told["says"], told["warns"]) == ("Titik berada di garis batas Kota Contoh.", False)


def test_a_typed_place_is_told_as_it_is_typed(boundary: None, people: People, login: Login) -> None:
    browser = login(people.operator)
    inside = browser.get(TOLD, {"titik": "7°30'0\"LS 110°12'0\"BT"}).json()
    assert inside == {
        "says": "Titik berada di dalam batas Kota Contoh.", "warns": False, "latitude": -7.5, "longitude": 110.2,
    }  # fmt: skip
    assert browser.get(TOLD, {"titik": "110.2, -7.5"}).json() == {
        "says": "Lintang dan bujur tampaknya tertukar. Tulis -7.5, 110.2.", "warns": True,
    }  # fmt: skip


def test_a_region_without_boundary_says_so_and_lets_people_type(
    people: People, innovation: Innovation, login: Login
) -> None:
    browser = login(people.operator)
    shown = _text(browser.get(url(innovation)))
    assert "Peta belum tersedia karena batas Kota Contoh belum dimasukkan administrator situs." in shown
    assert 'type="image"' not in shown
    assert browser.get(MAP).status_code == 404
    assert browser.post(url(innovation), payload(innovation, coordinate="-7.7, 110.2")).status_code == 302


def test_the_picture_names_what_its_reader_may_see_and_nothing_else(
    boundary: None, people: People, login: Login
) -> None:
    build.innovation(people.agency, people.operator, "<b>Satu</b>", latitude=Decimal("-7.5"), longitude=Decimal("110.2"))  # fmt: skip
    own = build.innovation(
        people.agency, people.operator, "Dua", latitude=Decimal("-7.45"), longitude=Decimal("110.15")
    )
    mine = login(people.operator).get(MAP, {"kecuali": own.code}).content.decode()
    assert "&lt;b&gt;Satu" in mine
    assert ("<b>" in mine, "Dua" in mine, "<script" in mine, "style=" in mine) == (False, False, False, False)
    theirs = login(people.neighbour).get(MAP).content.decode()
    assert ("Satu" in theirs, "Dua" in theirs, "<circle" in theirs) == (False, False, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_picture_asks_the_same_however_many_places(
    rows: int, boundary: None, people: People, login: Login, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        build.innovation(people.agency, people.operator, latitude=Decimal("-7.5"), longitude=Decimal(f"110.2{number}"))
    browser = login(people.operator)
    with django_assert_num_queries(6):
        assert browser.get(MAP).content.decode().count("<circle") == rows


@pytest.mark.browser
def test_with_a_script_the_pin_moves_in_the_page(
    boundary: None, people: People, innovation: Innovation, page: Any, live_server: Any
) -> None:
    client = Client()
    client.force_login(people.operator)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(url(innovation))
    page.fill("#id_purpose", "Belum disimpan")
    picture = page.locator(".map-512 input")
    picture.click(position={"x": 256, "y": 256})
    page.get_by_text("Titik berada di dalam batas Kota Contoh.").wait_for()
    assert _place(page) == pytest.approx((-7.5, 110.2), abs=0.001)
    before = _place(page)
    for key in ("ArrowUp", "ArrowRight", "+", "Shift+ArrowLeft"):
        picture.press(key)
    assert (page.locator("[name=peta-dekat]").input_value(), page.input_value("#id_purpose")) == ("1", "Belum disimpan")
    after = _place(page)
    assert (after[0] > before[0], after[1] < before[1]) == (True, True)
    page.fill("#id_coordinate", "-7.7, 110.2")
    page.get_by_text("11 km di luar batas Kota Contoh").wait_for()
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    page.get_by_text("Profil tersimpan.").wait_for()


def _place(page: Any) -> tuple[float, float]:
    latitude, longitude = page.input_value("#id_coordinate").split(", ")
    return float(latitude), float(longitude)
