"""Files on their way over a real line to a real site: the web server dies, and what was sent is not lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.evidence.build import pdf_bytes, stream
from tests.journeys.conftest import Opens
from tests.journeys.site import Site


def test_an_upload_goes_on_by_itself_when_the_web_server_dies(browser_as: Opens, site: Site, tmp_path: Path) -> None:
    """Six megabytes in three parts; after the first, every process of the web server is killed with -9."""
    path = tmp_path / "laporan besar.pdf"
    path.write_bytes(pdf_bytes("laporan", objects=(stream(os.urandom(1024) * 6000),)))
    operator = browser_as("operator.dlh@contoh.id")
    asked: list[str] = []
    killed: list[int] = []

    def pass_on(route: Any) -> None:
        asked.append(route.request.method)
        if asked.count("PATCH") == 2 and not killed:
            killed.extend(_web(site))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
        route.continue_()

    operator.context.route("**/kirim/**", pass_on)
    operator.go("/kota-magelang/dokumen/kotak-masuk/")
    operator.page.locator("input[name=chosen]").set_input_files(str(path))
    row = operator.page.locator("#kiriman tr", has_text="laporan besar.pdf")
    expect(row).to_contain_text("Siap dipakai", timeout=90_000)
    assert len(killed) >= 2
    assert _web(site).isdisjoint(killed)
    # Announced once; after the death it was asked how far the file had come, and only the rest was sent.
    assert (asked.count("POST"), asked.count("HEAD") >= 1) == (1, True)
    row.get_by_role("button", name="Hapus").click()
    operator.page.get_by_role("dialog").get_by_role("button", name="Ya, lanjutkan").click()
    expect(operator.page.locator("#kiriman")).not_to_contain_text("laporan besar.pdf")


def _web(site: Site) -> set[int]:
    """The processes of the site's web server: its master and its workers."""
    masters = {pid for pid in _children(site.process.pid) if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()}
    return masters | {pid for master in masters for pid in _children(master)}


def _children(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(told[1]) == parent:
            found.add(int(stat.parent.name))
    return found
