"""A table of published results is read as it is written, and every wrong row says what is wrong with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.ranking import tables
from pamong.ranking.places import kind_of
from pamong.ranking.tables import Given
from tests.ranking.build import HEADER, TABLE

TOP = Decimal(100)


def faults(row: str, top: Decimal | None = TOP) -> list[str]:
    lines = tables.read((HEADER + row).encode(), top)
    return [fault for line in lines for fault in line.faults]


def test_a_table_is_read_whatever_separates_its_cells() -> None:
    found = tables.read(b"\xef\xbb\xbf" + TABLE.replace("\n", "\r\n").encode(), TOP)
    assert [line.given for line in found] == [
        Given("33.71", "Kota Contoh", Decimal("71.87")),
        Given("35.20", "Kabupaten Lain", Decimal("43.00"), 218, "kabupaten", "suara.test"),
        Given("33.08", "Kabupaten Sama", Decimal("71.87")),
        Given("33", "Provinsi Contoh", Decimal("60")),
    ]
    (only,) = tables.read(b'Kode,Daerah,Indeks\n\n33.71,"Kota, Contoh",7.5\n', TOP)
    assert (only.number, only.given) == (3, Given("33.71", "Kota, Contoh", Decimal("7.5")))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("3371;K;1;;;", "kode wilayah harus seperti 33.71 atau 33"),
        ("33.71;;1;;;", "nama kosong atau lebih dari 120 huruf"),
        ("33.71;K;;;;", "nilai harus angka dengan paling banyak dua desimal, tanpa pemisah ribuan"),
        ("33.71;K;1.000,5;;;", "nilai harus angka dengan paling banyak dua desimal, tanpa pemisah ribuan"),
        ("33.71;K;nan;;;", "nilai harus angka dengan paling banyak dua desimal, tanpa pemisah ribuan"),
        ("33.71;K;-1;;;", "nilai harus angka dengan paling banyak dua desimal, tanpa pemisah ribuan"),
        ("33.71;K;100,01;;;", "nilai lebih dari 100, nilai tertinggi seri ini"),
        ("33.71;K;1;0;;", "peringkat harus bilangan bulat, atau kosong bila tidak diumumkan"),
        ("33.71;K;1;satu;;", "peringkat harus bilangan bulat, atau kosong bila tidak diumumkan"),
        (f"33.71;K;1;1;{'x' * 81};", "di antara lebih dari 80 huruf"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(row: str, fault: str) -> None:
    assert faults(row) == [fault]


def test_a_region_twice_is_told_with_the_line_it_was_on() -> None:
    assert faults("33.71;K;1;;;\n33.71;K;2;;;") == ["kode 33.71 sudah ada pada baris 2"]


def test_a_series_without_a_top_takes_any_number_of_points() -> None:
    assert faults("33.71;K;74400;;;", None) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Kolom kode, nama, nilai tidak ada pada baris judul. Tulis judulnya persis seperti itu."),
        (b"kode;nama\n33.71;K\n", "Kolom nilai tidak ada pada baris judul. Tulis judulnya persis seperti itu."),
        (b"kode;nama;nilai\n", "Berkas ini tidak berisi baris data."),
        (b"\xff\xfe", "Berkas ini bukan teks UTF-8. Simpan ulang dari Excel sebagai “CSV UTF-8”.".encode()),
        (b"x" * (tables.MAX_BYTES + 1), "Berkas ini lebih dari 2 MB. Simpan hanya tabelnya."),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, reason: str | bytes) -> None:
    with pytest.raises(Refused) as refused:
        tables.read(content, TOP)
    assert refused.value.reasons == (reason.decode() if isinstance(reason, bytes) else reason,)


def test_members_of_a_cluster_are_codes_each_once() -> None:
    assert tables.read_members(b"kode\n91\n91.01\n") == ["91", "91.01"]
    with pytest.raises(Refused) as refused:
        tables.read_members(b"kode\n91\nPapua\n91\n")
    assert refused.value.reasons == (
        "Baris 3: kode “Papua” harus seperti 33.71 atau 33.",
        "Baris 4: kode 91 sudah ada pada baris 2.",
    )


def test_a_code_tells_the_kind_of_its_region() -> None:
    assert [kind_of(code) for code in ("33", "33.08", "33.71")] == [
        Region.Kind.PROVINSI, Region.Kind.KABUPATEN, Region.Kind.KOTA,
    ]  # fmt: skip
