"""The pictures of the guides, taken from the demonstration: ``python -m tests.journeys.screenshots``.

Loads the demonstration into a folder that is thrown away (or takes the site named as first argument), opens each page as the
person the guide speaks to, and writes ``docs/panduan/gambar/*.png`` in few colours, so that they stay small.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.journeys.person import Person
from tests.journeys.site import ROOT, Site
from tests.run import browser

PICTURES = ROOT / "docs" / "panduan" / "gambar"
HOME = "/kota-magelang/"
MOST_BYTES = 120 * 1024
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--font-render-hinting=none"]
# The browser tells nobody when its PDF viewer has drawn the page.
PREVIEW_MS = 5000
PHONE, LAPTOP = (360, 720), (1120, 700)


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, where, along which links, and at what part of the page."""

    name: str
    who: str
    address: str
    follow: tuple[str, ...] = ()
    size: tuple[int, int] = LAPTOP
    at: str = ""


SHOTS = (
    Shot("masuk", "", "/akun/login/", size=PHONE),
    Shot("operator-catat", "operator.dlh", f"{HOME}inovasi/catat/", size=PHONE),
    Shot("operator-profil", "operator.dlh", f"{HOME}inovasi/?q=SIPPUT", ("SIPPUT", "profil"), at="#rancang-bangun"),
    Shot("operator-peta", "operator.dlh", f"{HOME}inovasi/?q=SIPPUT", ("SIPPUT", "profil"), at="#peta"),
    Shot("operator-ikutkan", "operator.bkpsdm", f"{HOME}penilaian/2026/ikut/"),
    Shot("operator-entri", "operator.rsud-tidar", f"{HOME}penilaian/2026/?q=Hatii", ("Hatii-Pakem",)),
    Shot("operator-indikator", "operator.rsud-tidar", f"{HOME}penilaian/2026/?q=Hatii", ("Hatii-Pakem", "17 Keter"), (1120, 900)),
    Shot("operator-kotak-masuk", "operator.bapperida", f"{HOME}dokumen/kotak-masuk/", size=(1120, 900), at="#isi-kotak"),
    Shot("operator-pasangkan", "operator.bapperida", f"{HOME}penilaian/2026/pasangkan/", size=(1120, 900)),
    Shot("operator-kurang", "operator.bapperida", f"{HOME}pemeriksaan/", size=(1120, 900)),
    Shot("operator-kelengkapan", "operator.rsud-tidar", f"{HOME}penilaian/2026/?q=Hatii", ("Hatii-Pakem", "kelengkapan/")),
    Shot("operator-perbaikan", "operator.dishub", f"{HOME}penilaian/2026/?q=ATCS", ("ATCS Audio", "kelengkapan/")),
    Shot("operator-impor", "operator.dlh", f"{HOME}inovasi/impor/"),
    Shot("kepala-sahkan", "kepala.bapperida", f"{HOME}penilaian/2026/?q=Kampung+IT", ("Kampung IT", "Sahkan"), PHONE),
    Shot("verifikator-antrean", "verifikator", f"{HOME}verifikasi/"),
    Shot("verifikator-entri", "verifikator", f"{HOME}verifikasi/?q=Kampung+Organik", ("Kampung Organik",)),
    Shot("verifikator-indikator", "verifikator2", f"{HOME}verifikasi/?q=Si+Bulan", ("Si Bulan", "16 "), (1280, 900)),
    Shot("administrator-undang", "admin", f"{HOME}kelola/orang/undang/"),
    Shot("administrator-tahun", "admin", f"{HOME}penilaian/2026/"),
    Shot("administrator-instansi", "admin", f"{HOME}kelola/instansi/"),
    Shot("administrator-tutup", "admin", f"{HOME}hasil/2026/tutup/"),
    Shot("administrator-rencana", "admin", f"{HOME}rencana/", ("Rencana triwulan",), (1120, 1100)),
    Shot("administrator-menuju", "admin", f"{HOME}peringkat/menuju/?peringkat=20", size=(1120, 900)),
    Shot("administrator-temuan", "admin", f"{HOME}pemeriksaan/temuan/", size=(1120, 900)),
    Shot("administrator-jejak", "admin", f"{HOME}jejak/"),
    Shot("kepala-daerah-beranda", "walikota", HOME, size=(1120, 900)),
    Shot("kepala-daerah-telusur", "walikota", f"{HOME}hasil/2026/telusur/"),
    Shot("kepala-daerah-ringkas", "walikota", f"{HOME}ringkas/", size=(360, 900)),
    Shot("kepala-daerah-sebab", "walikota", f"{HOME}sebab/", size=(1120, 900)),
    Shot("kepala-daerah-tahun", "walikota", f"{HOME}peringkat/riwayat/", size=(1120, 900), at="#contoh"),
    Shot("kepala-daerah-prakiraan", "walikota", f"{HOME}peringkat/hitung/", ("Nilai 66,00",), (1120, 1000)),
    Shot("administrator-hasil", "situs", "/situs/peringkat/"),
    Shot("kepatuhan", "walikota", f"{HOME}kepatuhan/"),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    PICTURES.mkdir(exist_ok=True)
    if arguments:
        _take_all(arguments[0], arguments[1:])
    else:
        with tempfile.TemporaryDirectory() as home, Site(Path(home)) as site:
            _take_all(site.url, [])
    return 0


def _take_all(url: str, only: list[str]) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=SWITCHES)
        for shot in SHOTS:
            if not only or shot.name in only:
                sys.stdout.write(f"{shot.name} {_take(chromium, url, shot) // 1024} KB\n")
        chromium.close()


class _Elsewhere:
    """A site that runs already."""

    def __init__(self, url: str) -> None:
        self.url = url


def _take(chromium: Any, url: str, shot: Shot) -> int:
    width, height = shot.size
    context = chromium.new_context(
        base_url=url, viewport={"width": width, "height": height}, locale="id-ID", reduced_motion="reduce"
    )
    person = Person(_Elsewhere(url), context)  # type: ignore[arg-type]
    if shot.who:
        person.sign_in(f"{shot.who}@contoh.id")
    person.page.goto(shot.address)
    for words in shot.follow:
        _follow(person.page, words)
    if shot.at:
        person.page.locator(shot.at).evaluate("each => each.scrollIntoView()")
    if person.page.locator("main iframe").count():
        person.page.wait_for_timeout(PREVIEW_MS)
    taken = person.page.screenshot()
    context.close()
    return _write(shot.name, taken)


def _follow(page: Page, words: str) -> None:
    main = page.locator("main")
    by_address = main.locator(f"a[href$='{words}']" if words.endswith("/") else f"a[href*='/{words}/']")
    link = by_address if words.islower() and by_address.count() else main.get_by_role("link", name=words)
    with page.expect_navigation():
        link.first.click()


def _write(name: str, png: bytes) -> int:
    """As a palette of 64 colours, or fewer where the picture is still too heavy. Returns its bytes."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    for colours in (64, 32, 16):
        small = BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= MOST_BYTES:
            break
    (PICTURES / f"{name}.png").write_bytes(small.getvalue())
    return small.tell()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
