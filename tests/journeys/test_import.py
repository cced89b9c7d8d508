"""An office's own table comes in: read first, the good rows taken, and twice changes nothing."""

from __future__ import annotations

from tests.journeys import papers
from tests.journeys.conftest import PHONE, Opens

HOME = "/kota-magelang/"
HEADER = ["Nama Inovasi", "Perangkat Daerah", "Apa yang berubah", "Sejak"]
TABLE = papers.table(
    HEADER,
    ["Halte Ramah Lansia", "Dinas Perhubungan", "Dahulu tanpa tempat duduk; sekarang ada.", "2024-03-01"],
    ["Parkir Tanpa Karcis", "Dinas Perhubungan", "Dahulu karcis kertas; sekarang dicatat.", "2024-05-01"],
    ["", "Dinas Perhubungan", "Baris tanpa nama.", "2024-05-01"],
    ["Terminal Bersih", "Dinas yang tidak ada", "Dahulu kotor; sekarang bersih.", "2024-07-01"],
)


def test_the_good_rows_of_a_table_come_in_once(browser_as: Opens) -> None:
    operator = browser_as("operator.dishub@contoh.id", width=PHONE, javascript=False)

    def read() -> None:
        operator.go(HOME + "inovasi/impor/")
        operator.upload("Berkas", TABLE)
        operator.press("Unggah dan baca")
        operator.press("Periksa baris")

    read()
    operator.sees("belum ada yang tercatat", "Halte Ramah Lansia", "Terminal Bersih")
    operator.go(HOME + "inovasi/?q=Halte+Ramah")
    operator.misses("Halte Ramah Lansia")
    operator.page.go_back()
    operator.press("Ambil 2 baris yang baik saja")
    operator.sees("Impor selesai")
    operator.go(HOME + "inovasi/?q=Halte+Ramah")
    operator.sees("Halte Ramah Lansia")

    read()
    assert operator.page.get_by_role("button", name="Ambil").count() == 0
    operator.go(HOME + "inovasi/?q=Parkir+Tanpa")
    operator.sees("1–1 dari 1")
