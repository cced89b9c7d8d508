"""What the page does in a browser: reachable by keyboard, readable on a phone, quicker with JavaScript, whole without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

import pamong
from tests.build import People

DIST = Path(pamong.__file__).parent / "common" / "static" / "dist"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (DIST / "app.js").exists(), reason="the front end is not built: run `make setup`"),
]
PUBLIC = ["/", "/akun/login/", "/akun/password/reset/"]
OWN = ["/komponen/", "/saya/", "/akun/2fa/", "/akun/sessions/", "/akun/password/change/", "/akun/logout/"]
SAMPLE = """<!DOCTYPE html><html lang="id"><title>Coba</title><script defer src="/static/dist/app.js"></script>
<form id="draf" method="post" action="/coba/" data-autosave="/simpan/">
<input type="hidden" name="base_version" value="1"><label>Isi <textarea name="isi"></textarea></label>
<button>Simpan</button><span data-autosave-status></span></form>
<label>Berkas <input type="file" data-max-bytes="10"></label>
<form id="sekali" method="post" action="/kirim/" target="hasil"><button>Kirim</button></form>
<iframe name="hasil"></iframe></html>"""


WIDE = """<!DOCTYPE html><html lang="id"><title>Coba</title><script defer src="/static/dist/app.js"></script>
<style>.table-box { width: 300px; overflow-x: auto } td { min-width: 400px }</style>
<div class="table-box"><table><caption>Lebar</caption><tr><td>a</td></tr></table></div></html>"""


@pytest.fixture
def sign_in(page: Any, live_server: Any) -> Any:
    def enter(person: object) -> None:
        client = Client()
        client.force_login(person)  # type: ignore[arg-type]
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return enter


@pytest.fixture
def sample(chromium: Any) -> Iterator[Any]:
    """A page with one form of each behaviour; no server: each test answers for it."""
    context = chromium.new_context(base_url="http://pamong.test", locale="id-ID")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.route("**/coba/", lambda route: route.fulfill(body=SAMPLE, content_type="text/html"))
    page.route("**/app.js", lambda route: route.fulfill(path=DIST / "app.js", content_type="text/javascript"))
    page.goto("/coba/")
    yield page
    context.close()


def violations(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def width_of(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible_and_fit(page: Any, people: People, sign_in: Any, width: int) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 800})
    for path in PUBLIC + OWN:
        if path == OWN[0]:
            sign_in(people.operator)
        assert page.goto(path).status == 200
        faults += [f"{path} {one}" for one in violations(page)]
        faults += [f"{path} is {width_of(page)} wide"] if width_of(page) > width else []
    assert faults == []


def test_the_skip_link_is_first_and_leads_to_the_content(page: Any, people: People, sign_in: Any) -> None:
    sign_in(people.operator)
    page.goto("/komponen/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page: Any, people: People, sign_in: Any) -> None:
    sign_in(people.operator)
    page.goto("/komponen/")
    page.click("details.menu summary")
    assert page.is_visible("text=Profil saya")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Profil saya")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_menu_opens_without_javascript(chromium: Any, live_server: Any, people: People) -> None:
    client = Client()
    client.force_login(people.operator)
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 360, "height": 700}
    )
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/komponen/")
    page.click("details.menu summary")
    page.click("text=Profil saya")
    assert page.url == f"{live_server.url}/saya/"
    context.close()


def test_a_dialog_asks_before_a_weighty_act(page: Any, people: People, sign_in: Any) -> None:
    sign_in(people.operator)
    page.goto("/komponen/")
    page.click("text=Dialog: data-confirm")
    assert page.inner_text("dialog p") == "Yakin hendak mencoba dialog ini?"
    assert violations(page) == []
    page.click("dialog >> text=Batal")
    assert page.query_selector("dialog") is None
    assert page.url.endswith("/komponen/")
    page.click("text=Dialog: data-confirm")
    with page.expect_navigation():
        page.click("dialog >> text=Ya, lanjutkan")
    assert page.query_selector("dialog") is None


def test_words_are_counted_while_typing(page: Any, people: People, sign_in: Any) -> None:
    sign_in(people.operator)
    page.goto("/komponen/")
    page.fill("#id_design", "satu dua  tiga\nempat")
    assert page.inner_text("#id_design_count") == "4 kata – sedikitnya 300"
    page.fill("#id_design", "kata " * 300)
    assert "is-enough" in page.get_attribute("#id_design_count", "class")


def test_typing_is_saved_a_moment_later_with_the_latest_version(sample: Any) -> None:
    sent: list[str] = []

    def answer(route: Any) -> None:
        sent.append(route.request.post_data)
        body = {"message": f"Tersimpan {len(sent)}", "fields": {"base_version": str(len(sent) + 1)}}
        route.fulfill(body=json.dumps(body), content_type="application/json")

    sample.route("**/simpan/", answer)
    sample.fill("textarea", "halo")
    sample.wait_for_selector("text=Tersimpan 1")
    sample.fill("textarea", "halo lagi")
    sample.wait_for_selector("text=Tersimpan 2")
    assert [("halo lagi" in body, 'base_version"\r\n\r\n2' in body) for body in sent] == [(False, False), (True, True)]


def test_a_lost_connection_is_told_and_the_words_stay(sample: Any) -> None:
    sample.route("**/simpan/", lambda route: route.abort())
    sample.fill("textarea", "halo")
    sample.wait_for_selector("text=Belum tersimpan: sambungan terputus")
    assert sample.input_value("textarea") == "halo"
    sample.unroute("**/simpan/")
    sample.route(
        "**/simpan/",
        lambda route: route.fulfill(body='{"message": "Kembali tersimpan"}', content_type="application/json"),
    )
    sample.evaluate("window.dispatchEvent(new Event('online'))")
    sample.wait_for_selector("text=Kembali tersimpan")


def test_a_conflict_stops_saving_until_the_person_looks(sample: Any) -> None:
    calls: list[int] = []

    def answer(route: Any) -> None:
        calls.append(1)
        route.fulfill(status=409, body='{"message": "Budi baru saja mengubah isi."}', content_type="application/json")

    sample.route("**/simpan/", answer)
    sample.fill("textarea", "halo")
    sample.wait_for_selector("text=Budi baru saja mengubah isi.")
    sample.fill("textarea", "halo lagi")
    sample.wait_for_timeout(2500)
    assert len(calls) == 1


def test_a_file_too_large_is_named_before_it_is_sent(sample: Any) -> None:
    sample.set_input_files(
        "input[type=file]", {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"x" * 11}
    )
    assert '"besar.pdf" berukuran' in sample.evaluate("document.querySelector('input[type=file]').validationMessage")
    sample.set_input_files("input[type=file]", {"name": "kecil.pdf", "mimeType": "application/pdf", "buffer": b"x"})
    assert sample.evaluate("document.querySelector('input[type=file]').validationMessage") == ""


def test_a_table_wider_than_the_screen_is_reached_by_keyboard(sample: Any) -> None:
    sample.route("**/lebar/", lambda route: route.fulfill(body=WIDE, content_type="text/html"))
    sample.goto("/lebar/")
    sample.keyboard.press("Tab")
    assert sample.evaluate("document.activeElement.getAttribute('aria-label')") == "Lebar"
    sample.add_style_tag(content=".table-box { width: 900px }")
    sample.evaluate("window.dispatchEvent(new Event('resize'))")
    assert sample.get_attribute(".table-box", "tabindex") is None


def test_a_second_click_sends_nothing(sample: Any) -> None:
    sent: list[int] = []

    def answer(route: Any) -> None:
        sent.append(1)
        route.fulfill(body="diterima", content_type="text/html")

    sample.route("**/kirim/", answer)
    sample.evaluate("for (let i = 0; i < 3; i++) document.querySelector('#sekali button').click()")
    sample.wait_for_timeout(500)
    assert len(sent) == 1


def test_a_passkey_is_set_up_and_asked_for(page: Any, people: People, live_server: Any) -> None:
    """With the browser's own virtual key; passkeys need a name, so the server is called localhost."""
    page.context.new_cdp_session(page).send("WebAuthn.enable")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    here = live_server.url.replace("127.0.0.1", "localhost")

    def sign_in() -> None:
        page.goto(f"{here}/akun/login/")
        page.fill("#id_login", people.operator.email)
        page.fill("#id_password", "kata-sandi-uji")
        with page.expect_navigation():
            page.click("form button:has-text('Masuk')")

    sign_in()
    page.goto(f"{here}/akun/2fa/webauthn/add/")
    page.fill("#id_password", "kata-sandi-uji")
    page.click("text=Lanjutkan")
    page.fill("#id_name", "Laptop kantor")
    with page.expect_navigation():
        page.click("#mfa_webauthn_add")
    page.goto(f"{here}/akun/2fa/webauthn/")
    assert "Laptop kantor" in page.inner_text("table")
    assert violations(page) == []
    page.goto(f"{here}/akun/logout/")
    page.click("main button")
    sign_in()
    assert "/akun/2fa/authenticate/" in page.url
    assert violations(page) == []
    with page.expect_navigation():
        page.click("#mfa_webauthn_authenticate")
    page.goto(f"{here}/saya/")
    assert page.inner_text("h1") == "Profil saya"
