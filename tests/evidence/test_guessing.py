from __future__ import annotations

from datetime import date

import pytest

from pamong.evidence.guessing import Guess, from_name


@pytest.mark.parametrize(
    ("name", "media_type", "guess"),
    [
        ("17 SK Wali Kota tim SIPPUT 188.4-45-2026.pdf", "application/pdf", Guess("sk-kdh", "SK Wali Kota tim SIPPUT 188.4-45-2026", "188.4/45/2026", None)),
        ("Perda_No_5_Tahun_2024.pdf", "", Guess("perda", "Perda No 5 Tahun 2024", "5", None)),
        ("SK Kepala Dinas nomor 800-12-2025.pdf", "", Guess("sk-opd", "SK Kepala Dinas nomor 800-12-2025", "800/12/2025", None)),
        ("Indikator 24 - Undangan bimtek 5 Januari 2026.pdf", "", Guess("undangan", "Undangan bimtek 5 Januari 2026", "", date(2026, 1, 5))),
        ("daftar-hadir 2026-02-30.pdf", "", Guess("daftar-hadir", "daftar-hadir 2026-02-30", "", None)),
        ("2026-02-03 laporan.pdf", "", Guess("laporan", "2026-02-03 laporan", "", date(2026, 2, 3))),
        ("IMG_2034.jpg", "image/jpeg", Guess("gambar", "IMG 2034", "", None)),
        ("VID-1.mp4", "video/mp4", Guess("video", "VID-1", "", None)),
        ("scan0001.pdf", "application/pdf", Guess("lain", "scan0001", "", None)),
    ],
)  # fmt: skip
def test_a_name_tells_what_it_tells(name: str, media_type: str, guess: Guess) -> None:
    assert from_name(name, media_type) == guess
