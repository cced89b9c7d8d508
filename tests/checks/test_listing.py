"""Counting reads lists as regions write them: rows of people are counted, laws and duties are not."""

from __future__ import annotations

from pamong.checks.rules import listing
from pamong.reading.facts import Page


def pages(*texts: str) -> list[Page]:
    return [Page(number, text) for number, text in enumerate(texts, 1)]


def persons(*texts: str) -> tuple[int, bool]:
    count = listing.persons(pages(*texts))
    return count.number, count.sure


LAWS = """Mengingat :
1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
2. Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;"""
DUTIES = """Tim bertugas:
1. Menyusun rencana kerja;
2. Melaksanakan kegiatan;
3. melaporkan hasilnya."""


def test_people_in_a_numbered_list_are_counted_and_laws_and_duties_are_not() -> None:
    team = "1. dr. Hj. Siti Rahayu, M.Kes.\n2. Muh. Ali bin Umar\n3. R.A. Dewi Lestari"
    assert persons(LAWS, DUTIES, team) == (3, True)
    assert persons(LAWS, DUTIES) == (0, False)


def test_functions_stand_for_people_too() -> None:
    assert persons("1. Kepala Dinas Kesehatan Ketua\n2. Sekretaris Dinas Kesehatan Sekretaris\n3. SITI RAHAYU") == (
        3,
        True,
    )


def test_a_table_read_cell_by_cell_is_a_list_as_well() -> None:
    assert persons("NO\nNAMA\nPERAN\n1\nSiti Rahayu\nKetua\n2\nBudi Santoso\nAnggota") == (2, True)


def test_a_list_goes_on_over_pages_and_several_lists_add_up() -> None:
    assert persons("1. Siti Rahayu\n2. Budi Santoso", "3. Dewi Lestari", "Anggota\n1. Tri Kusuma\n2. Nur Hidayat") == (
        5,
        True,
    )


def test_the_numbers_of_civil_servants_count_where_there_is_no_list() -> None:
    text = "Siti Rahayu NIP 19790412 200501 2 007\nBudi Santoso NIP 198001012006041003"
    assert persons(text) == (2, False)


def test_the_number_of_who_signed_is_nobody_in_the_list() -> None:
    team = "1. Siti Rahayu 19790412 200501 2 007\n2. Budi Santoso 198001012006041003"
    assert persons("KEPALA DINAS,\nWENING ASTUTI\nNIP 19700412 199501 2 001", team) == (2, True)


def test_one_person_alone_counts_beside_a_longer_list() -> None:
    assert persons("Pengarah:\n1. Siti Rahayu\nAnggota:\n1. Budi Santoso\n2. Dewi Lestari") == (3, True)


def test_a_single_numbered_row_is_no_list() -> None:
    assert persons("1. Siti Rahayu") == (0, False)


def test_agencies_are_counted_once_by_whatever_name() -> None:
    text = "Dinas Kesehatan (Dinkes) dan Dinas Perhubungan bersama Kecamatan Magelang Utara; Dinkes memimpin."
    count = listing.agencies(pages(text), [("Dinas Kesehatan", "Dinkes"), ("Dinas Perhubungan", "Dishub")])
    assert (count.number, count.page, count.sure) == (3, 1, False)


def test_actors_are_kinds_not_names() -> None:
    text = "Universitas Tidar, Politeknik Negeri, PT Sumber Terang, dan Dinas Perhubungan"
    count = listing.actors(pages(text))
    assert set(count.things) == {"akademisi", "dunia usaha", "pemerintah"}


def test_other_regions_are_counted_and_the_own_one_is_not() -> None:
    text = (
        "Pemerintah Kota Magelang dan Pemerintah Kabupaten Wonosobo, kemudian Kota Salatiga, sepakat; Kota Layak Anak"
    )
    count = listing.regions(pages(text), "Kota Magelang")
    assert set(count.things) == {"kabupaten wonosobo", "kota salatiga"}


def test_the_year_of_a_budget_is_not_that_of_a_law_it_cites() -> None:
    text = "Peraturan Daerah Nomor 5 Tahun 2019 tentang Keuangan\nDPA SKPD Tahun Anggaran 2025\nRKPD Kota Magelang Tahun 2026"
    assert sorted(listing.years(pages(text))[0]) == [2025, 2026]
