"""A name is found as people and scanners write it, and not where something else is written."""

from __future__ import annotations

import pytest

from pamong.reading.facts import Page
from pamong.reading.naming import Match, search


def look(name: str, *texts: str):
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    return search(name, pages, likeness=87, resembles=50)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pak Waris", "KESATU : Menetapkan Pak Waris sebagai inovasi daerah."),
        ("Kampung Organik", "menetapkan Kampung\nOrganik sebagai"),
        ("SIAMOR (Siaga Among Raga)", "inovasi SIAMOR yang dijalankan"),
        ("SIAMOR (Siaga Among Raga)", "inovasi Siaga Among Raga"),
    ],
)
def test_a_name_written_as_it_is_is_found_exactly(name: str, text: str) -> None:
    hit = look(name, "halaman depan", text)
    assert hit is not None
    assert (hit.match, hit.page) == (Match.EXACT, 2)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pak Waris", "menetapkan PAK WARIS sebagai"),
        ("Pak Waris", "menetapkan “Pak-Waris” sebagai"),
        ("SIPPUT", "menetapkan S I P P U T sebagai"),
        ("SIPPUT", "menetapkan S1PPUT sebagai"),
        ("DataGO (Data Kota Magelang Open)", "menetapkan Data-\nGO sebagai"),
        ("Inobel Stem", "menetapkan lnobel  STEM sebagai"),
        ("Kampung Organik Mandiri", "menetapkan Kampung 0rganik Mandri sebagai"),
    ],
)
def test_case_spacing_and_slips_of_a_scanner_are_forgiven(name: str, text: str) -> None:
    hit = look(name, text)
    assert hit is not None
    assert hit.match is Match.TOLERANT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pak Waris", "menetapkan Pak Warisan sebagai inovasi"),
        ("Si Bulan", "menetapkan Si Bunda sebagai inovasi"),
        ("SIPPUT", "menetapkan SIMPUT sebagai inovasi"),
        ("Kampung Organik", "menetapkan Kampung Literasi sebagai inovasi"),
        ("Posyandu Plus", "menetapkan Posyandu Prima sebagai inovasi"),
        ("Layanan Keliling 24 Jam", "menetapkan Layanan Keliling 12 Jam sebagai inovasi"),
    ],
)
def test_a_name_that_only_resembles_is_the_nearest_passage_not_a_hit(name: str, text: str) -> None:
    hit = look(name, text)
    assert hit is not None
    assert hit.match is Match.NEAREST
    assert "menetapkan" in hit.passage


def test_where_nothing_resembles_the_name_nothing_is_said() -> None:
    assert look("Gemakpitasi", "Berita acara serah terima barang.") is None
    assert look("Gemakpitasi") is None


def test_the_passage_shows_the_words_around_on_one_line() -> None:
    text = "a" * 200 + " Menetapkan\nPak Waris sebagai\ninovasi daerah " + "b" * 200
    hit = look("Pak Waris", text)
    assert hit is not None
    assert hit.passage.startswith("…")
    assert "Menetapkan Pak Waris sebagai inovasi daerah" in hit.passage
