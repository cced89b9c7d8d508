from __future__ import annotations

import pytest

from pamong.evidence.links import fault_of


@pytest.mark.parametrize(
    "link",
    [
        "https://youtu.be/dQw4w9WgXcQ",
        "http://contoh.go.id/berkas.pdf?a=1&b=2#hal",
        "https://drive.google.com/file/d/1AbC_-/view?usp=sharing",
        "https://jdih.kota.go.id:8443/perda/5",
        "https://bücher.example/ä",
        "https://situs_lama.contoh.go.id/",
    ],
)
def test_an_address_anyone_can_open_passes(link: str) -> None:
    assert fault_of(link) == ""


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "ftp://contoh.id/a",
        "//contoh.id/a", "contoh.id/a", "https://", "https:///a", "http://[::1", "https://contoh.id:99999/", "https://contoh.id:0/",
        "https://admin:rahasia@contoh.id/", "https://contoh.id@jahat.test/", "https://contoh.id/a b", "https://contoh.id/\r\nX: y",
        "https://contoh.id/<script>", "https://contoh.id\\@jahat.id/", "https://-contoh.id/", "https://contoh..id/",
        "https://a.id/" + "x" * 500,
    ],
)  # fmt: skip
def test_an_address_that_is_not_well_formed_says_what_to_do(link: str) -> None:
    assert "Salin tautan lengkapnya" in fault_of(link)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "server", "arsip.local", "a.internal", "x.localhost", "127.0.0.1", "10.0.0.5", "8.8.8.8",
        "[::1]", "[2001:db8::1]", "2130706433", "0x7f000001", "127.1", "0x7f.1", "127.0.0.1.",
    ],
)  # fmt: skip
def test_an_address_only_some_network_knows_is_refused(host: str) -> None:
    assert "jaringan tertentu" in fault_of(f"http://{host}/a")
