"""Several hands at once: two people in one profile, a tab closed too early, a verifier in their own house."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Opens
from tests.journeys.person import Person

HOME = "/kota-magelang/"


def captured(operator: Person, name: str) -> str:
    """The address of the profile of a new innovation."""
    operator.go(HOME + "inovasi/catat/")
    operator.fill("Nama inovasi", name)
    operator.fill("Apa yang berubah?", "Dahulu lambat, sekarang cepat.")
    operator.pick("Belum, masih gagasan")
    operator.press("Catat")
    return operator.address + "profil/"


def test_the_second_of_two_who_write_the_same_text_is_told_and_both_lose_nothing(browser_as: Opens) -> None:
    first = browser_as("operator.dlh@contoh.id", javascript=False)
    second = browser_as("operator.dlh@contoh.id", width=PHONE, javascript=False)
    profile = captured(first, "Lampu Jalan Padam Sendiri")
    first.go(profile)
    second.go(profile)
    first.fill("Tujuan inovasi", "Menghemat listrik.")
    first.press("Simpan")
    second.fill("Tujuan inovasi", "Mengurangi tagihan.")
    second.fill("Manfaat inovasi", "Tagihan turun seperlima.")
    second.press("Simpan", status=409)
    second.sees("Dua tulisan untuk isian yang sama", "Menghemat listrik.", "Mengurangi tagihan.")
    assert second.field("Manfaat inovasi").input_value() == "Tagihan turun seperlima."
    second.press("Simpan pilihan ini")

    first.go(profile)
    assert first.field("Tujuan inovasi").input_value() == "Mengurangi tagihan."
    assert first.field("Manfaat inovasi").input_value() == "Tagihan turun seperlima."


def test_what_was_typed_before_the_tab_closed_is_there_to_be_restored(browser_as: Opens) -> None:
    operator = browser_as("operator.dlh@contoh.id")
    profile = captured(operator, "Taman Baca di Halte")
    operator.go(profile)
    operator.fill("Tujuan inovasi", "Orang menunggu sambil membaca.")
    expect(operator.page.locator("[data-autosave-status]")).to_have_text(re.compile("disimpan"), timeout=15_000)
    closed, operator.page = operator.page, operator.tab()
    closed.close()

    operator.go(profile)
    operator.sees("Ada ketikan belum disimpan")
    assert operator.field("Tujuan inovasi").input_value() == ""
    operator.press("Pulihkan ketikan")
    assert operator.field("Tujuan inovasi").input_value() == "Orang menunggu sambil membaca."
    operator.press("Simpan")
    operator.go(profile)
    operator.misses("Ada ketikan belum disimpan")


def test_a_verifier_of_the_own_house_sees_but_does_not_judge(browser_as: Opens) -> None:
    # The first verifier works at Bapperida, whose entry "Kampung IT" its head has yet to endorse.
    head = browser_as("kepala.bapperida@contoh.id", width=PHONE, javascript=False)
    head.go(HOME + "penilaian/2026/?q=Kampung+IT")
    head.follow("Kampung IT")
    head.follow("Sahkan")
    head.press("Sahkan")
    address = f"{HOME}verifikasi/{head.address.split('/')[-2]}/"

    own = browser_as("verifikator@contoh.id", javascript=False)
    own.go(address)
    own.sees("Anda dapat melihat, tetapi tidak menilai")
    assert own.page.get_by_role("button", name="Mulai verifikasi").count() == 0
    other = browser_as("verifikator2@contoh.id", javascript=False)
    other.go(address)
    other.press("Mulai verifikasi")
    own.go(f"{address}indikator/16/")
    assert own.page.get_by_role("button", name="Simpan").count() == 0
