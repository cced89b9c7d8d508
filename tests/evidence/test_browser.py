"""What a real browser makes of kept files."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from PIL import Image

from pamong.evidence.models import Arrival, Document
from pamong.evidence.states import Reception
from tests.build import People
from tests.evidence import build
from tests.reading.corpus import papers

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

RED = b"1 0 0 rg 0 0 595 842 re f"


def browse(live_server: Any, person: object, see: Callable[[Any], Any]) -> Any:
    """``see(page)`` in Chromium, signed in as ``person``; in a thread of its own, away from Django's."""
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    cookie = client.cookies[configured.SESSION_COOKIE_NAME].value

    def drive() -> Any:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
            )
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            try:
                return see(context.new_page())
            finally:
                browser.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(drive).result()


def colours(shot: bytes) -> set[tuple[int, int, int]]:
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    return {colour for _, colour in picture.getcolors(picture.width * picture.height) or []}  # type: ignore[misc]


def test_a_pdf_is_seen_inside_our_page(people: People, live_server: Any) -> None:
    red = build.assembled({
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>", 4: build.stream(RED),
    })  # fmt: skip
    document = build.document(people.region, people.agency, people.operator, content=red)

    def see(page: Any) -> tuple[bool, list[str]]:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{live_server.url}/{people.region.slug}/dokumen/{document.code}/")
        frame = page.locator("iframe")
        frame.scroll_into_view_if_needed()
        for _ in range(40):
            if (255, 0, 0) in colours(frame.screenshot()):
                return True, said
            page.wait_for_timeout(250)
        return False, said

    seen, said = browse(live_server, people.operator, see)
    assert (seen, [line for line in said if "Content Security Policy" in line and "/berkas/" in line]) == (True, [])


def test_a_picture_with_a_script_behind_it_runs_nothing(people: People, live_server: Any, files: Path) -> None:
    content = build.png_bytes() + b"<html><script>document.title='JAHAT'</script>"
    document = build.document(people.region, people.agency, people.operator, content=content, name="foto.png.html")

    def see(page: Any) -> tuple[str, str, int]:
        answer = page.goto(f"{live_server.url}/{people.region.slug}/dokumen/{document.code}/berkas/1/")
        page.wait_for_timeout(300)
        return answer.headers["content-type"], page.title(), page.evaluate("document.images.length")

    kind, title, pictures = browse(live_server, people.operator, see)
    assert (kind, "JAHAT" in title, pictures) == ("image/png", False, 1)


def test_another_site_cannot_frame_a_file(people: People, live_server: Any) -> None:
    document = build.document(people.region, people.agency, people.operator, content=build.png_bytes(), name="a.png")
    address = f"{live_server.url}/{people.region.slug}/dokumen/{document.code}/berkas/1/"

    def see(page: Any) -> str:
        page.set_content(f'<iframe src="{address}"></iframe>')
        page.wait_for_timeout(500)
        return str(page.frames[1].url)

    assert browse(live_server, people.operator, see).startswith("chrome-error:")


# -- sending over a weak line -----------------------------------------------------------------------------------------


def test_a_line_cut_off_and_a_laptop_closed_cost_nothing(people: People, live_server: Any, tmp_path: Path) -> None:
    """Six megabytes in three parts; the line dies after the first, the page is closed, and the file is chosen once more."""
    path = tmp_path / "laporan.pdf"
    path.write_bytes(build.pdf_bytes("laporan", objects=(build.stream(bytes(range(256)) * 4 * 6000),)))
    address = f"{live_server.url}/{people.region.slug}/dokumen/kotak-masuk/"

    def see(page: Any) -> tuple[str, list[str], int]:
        asked: list[str] = []
        context = page.context
        context.on("request", lambda request: asked.append(request.method) if "/kirim/" in request.url else None)
        context.route("**/kirim/*/", lambda route: route.abort() if asked.count("PATCH") > 1 else route.continue_())
        page.goto(address)
        page.locator("input[name=chosen]").set_input_files(str(path))
        page.get_by_text(re.compile(r"3\d% dari|Sambungan terputus")).wait_for(timeout=15_000)
        broken = page.locator("[data-list]").inner_text()
        page.on("dialog", lambda dialog: dialog.accept())
        page.close(run_before_unload=False)
        context.unroute("**/kirim/*/")
        again = context.new_page()
        again.goto(address)
        left = again.get_by_text("Pilih lagi berkas yang sama").count()
        asked.clear()
        again.locator("input[name=chosen]").set_input_files(str(path))
        again.get_by_text("Siap dipakai").wait_for(timeout=30_000)
        return broken, asked, left

    broken, asked, left = browse(live_server, people.operator, see)
    assert ("laporan.pdf" in broken, left) == (True, 1)
    assert (asked.count("POST"), asked.count("HEAD"), asked.count("PATCH")) == (0, 1, 2)
    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.length) == (Reception.READY, path.stat().st_size)


def test_files_dropped_on_the_page_are_sent_and_a_wrong_one_says_why(people: People, live_server: Any) -> None:
    good, bad = build.pdf_bytes("baik"), b"<html><script>alert(1)</script>"

    def see(page: Any) -> str:
        page.goto(f"{live_server.url}/{people.region.slug}/dokumen/kotak-masuk/")
        page.evaluate(
            """([good, bad]) => {
                const held = new DataTransfer();
                held.items.add(new File([new Uint8Array(good)], "baik.pdf"));
                held.items.add(new File([new Uint8Array(bad)], "buruk.pdf"));
                document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: held, bubbles: true}));
            }""",
            [list(good), list(bad)],
        )
        page.get_by_text("Siap dipakai").wait_for(timeout=15_000)
        page.get_by_text("Ditolak").wait_for(timeout=15_000)
        return str(page.locator("#kiriman").inner_text())

    said = browse(live_server, people.operator, see)
    assert ("baik.pdf" in said, "buruk.pdf" in said) == (True, True)
    assert sorted(Arrival.objects.values_list("name", "state")) == [
        ("baik.pdf", Reception.READY),
        ("buruk.pdf", Reception.REFUSED),
    ]


def test_what_is_read_in_a_file_fills_fields_still_empty_and_never_what_was_typed(
    people: People, live_server: Any, tmp_path: Path, settings: Any
) -> None:
    path = tmp_path / "scan0001.pdf"
    lines = ("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 188.45/7/2025", "TENTANG", "TIM PELAKSANA INOVASI")
    path.write_bytes(papers.pdf(papers.Paper("", pages=[" \\\n ".join(lines)])))
    settings.TASKS_ON_RECEPTION = ("pamong.reading.tasks.received",)

    def see(page: Any) -> tuple[str, str, str, str]:
        page.goto(f"{live_server.url}/{people.region.slug}/dokumen/tambah/")
        page.locator("[name=subject]").fill("Ditulis sendiri")
        page.locator("[name=file]").set_input_files(str(path))
        page.get_by_text("isian terisi").wait_for(timeout=60_000)
        number = page.locator("[name=number]")
        hint = page.locator(f"#{number.get_attribute('aria-describedby').split()[-1]}").inner_text()
        return (
            number.input_value(),
            page.locator("[name=instrument]").input_value(),
            page.locator("[name=subject]").input_value(),
            hint,
        )

    number, instrument, subject, hint = browse(live_server, people.operator, see)
    assert (number, instrument, subject) == ("188.45/7/2025", "sk-kdh", "Ditulis sendiri")
    assert hint.startswith("Dibaca mesin di halaman 1")
    assert Document.objects.count() == 0
