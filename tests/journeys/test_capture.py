"""An innovation is on record within a minute, on a phone, without JavaScript."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import LAPTOP, PHONE, Opens

HOME = "/kota-magelang/"


@pytest.mark.parametrize(("width", "javascript"), [(PHONE, False), (LAPTOP, True)])
def test_an_operator_captures_an_innovation_and_what_was_wrong_keeps_what_was_typed(
    browser_as: Opens, width: int, javascript: bool
) -> None:
    operator = browser_as("operator.dlh@contoh.id", width=width, javascript=javascript)
    name = f"Bank Sampah Keliling {width}"
    operator.go(HOME + "inovasi/catat/")
    operator.fill("Nama inovasi", name)
    operator.pick("Sudah berjalan")
    operator.press("Catat", status=422)
    operator.sees("Tulis sejak kapan inovasi ini berjalan")
    assert operator.field("Nama inovasi").input_value() == name

    operator.fill("Apa yang berubah?", "Dahulu warga membuang; sekarang petugas berkeliling menimbang dan membayar.")
    operator.fill("Sejak kapan berjalan?", "Juni 2024")
    operator.press("Catat")
    operator.sees(f"{name} tercatat", "Dinas Lingkungan Hidup")

    operator.go(HOME + "inovasi/?q=Keliling")
    operator.sees(name)


def test_the_same_name_twice_leads_to_the_innovation_that_exists(browser_as: Opens) -> None:
    operator = browser_as("operator.dlh@contoh.id", width=PHONE, javascript=False)
    operator.go(HOME + "inovasi/catat/")
    operator.fill("Nama inovasi", "SIPPUT")
    operator.fill("Apa yang berubah?", "Pengangkutan sampah terjadwal.")
    operator.pick("Belum, masih gagasan")
    operator.press("Catat", status=409)
    assert operator.field("Apa yang berubah?").input_value() == "Pengangkutan sampah terjadwal."
    operator.follow("Buka “SIPPUT”")
    operator.sees("SIPPUT", "Dinas Lingkungan Hidup")
