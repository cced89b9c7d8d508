"""Reading tables from files made by people, and by people who mean harm."""

import io
import zipfile
from contextlib import suppress

import pytest
import xlsxwriter

from pamong.common.permit import Refused
from pamong.innovations.tables import reading
from pamong.innovations.tables.reading import MOST_ROWS, read

ROWS = [["Nama Inovasi", "OPD"], ["SIPPUT", "Dinas Kesehatan"], ["", ""], ["Jalan Pagi", "Kelurahan A"]]


def xlsx(rows: list[list[object]], *more: list[list[object]]) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        for each in (rows, *more):
            sheet = book.add_worksheet()
            for at, row in enumerate(each):
                sheet.write_row(at, 0, row)
    return memory.getvalue()


def text(delimiter: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding)


@pytest.mark.parametrize(
    "content",
    [text(","), text(";"), text("\t"), text(";", "utf-8-sig"), text(";", "utf-16")],
    ids=["comma", "semicolon", "tab", "with mark", "utf-16"],
)
def test_csv_is_read_whatever_its_delimiter(content: bytes) -> None:
    table = read(content, "data.csv")
    assert table.headers == ["Nama Inovasi", "OPD"]
    assert table.rows == [[2, "SIPPUT", "Dinas Kesehatan"], [4, "Jalan Pagi", "Kelurahan A"]]


def test_csv_from_old_excel_keeps_its_accents() -> None:
    assert read("Nama;OPD\r\nKafé Baca;Perpustakaan\r\n".encode("cp1252"), "data.csv").rows == [
        [2, "Kafé Baca", "Perpustakaan"]
    ]


def test_csv_with_commas_and_lines_in_quotes() -> None:
    content = b'Nama,Tujuan\n"Satu, dua","Baris satu\nBaris dua"\n'
    assert read(content, "data.csv").rows == [[2, "Satu, dua", "Baris satu\nBaris dua"]]


def test_headings_under_a_title_and_on_a_later_sheet_are_found() -> None:
    content = xlsx(
        [["Petunjuk"], ["Isi lembar berikut", "x"]],
        [["DAFTAR INOVASI"], [], ["No", "Nama Inovasi", "OPD"], [1, "A", "B"]],
    )
    table = read(content, "data.xlsx")
    assert (table.headers, table.rows) == (["No", "Nama Inovasi", "OPD"], [[4, 1, "A", "B"]])


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"", "a.xlsx", "kosong"),
        (b"  \n", "a.csv", "kosong"),
        (b"\x00\x01\x02nama", "a.csv", "bukan tabel"),
        (b"%PDF-1.7", "a.pdf", "bukan tabel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lama.xls", "bukan tabel"),
        (b"PK\x03\x04rusak", "a.xlsx", "rusak"),
        (b'Nama;OPD\n"tidak ditutup;x' + b"y" * 300_000, "a.csv", "kutip"),
        (b"x" * (reading.MOST_BYTES + 1), "a.csv", "lebih besar"),
        (b"Nama\n" + b"a\n" * (MOST_ROWS + 1), "a.csv", "baris"),
        (b"Nama\n" + b"a\n" * (MOST_ROWS * 4), "a.csv", "baris"),
        (b";".join([b"Nama"] * 81) + b"\n", "a.csv", "kolom"),
    ],
    ids=["empty", "blank", "binary", "pdf", "old excel", "broken zip", "open quote", "too big", "too long", "far too long", "too wide"],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_remedy(content: bytes, name: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read(content, name)


def archive(**parts: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return memory.getvalue()


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(Refused, match="bukan berkas Excel"):
        read(archive(a_dot_txt=b"x"), "a.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_read() -> None:
    bomb = archive(xl__workbook_dot_xml=b"x", xl__worksheets__sheet1_dot_xml=b" " * (70 * 1024 * 1024))
    assert len(bomb) < 100_000
    with pytest.raises(Refused, match="terlalu besar"):
        read(bomb, "a.xlsx")


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(archive(xl__workbook_dot_xml=b"x", xl__worksheets__sheet1_dot_xml=b" " * (70 * 1024 * 1024)))
    at = bomb.rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Refused):
        read(bytes(bomb), "a.xlsx")


@pytest.mark.parametrize("reference", ["XFD1048576", "A900000", "AAAA1"])
def test_a_sheet_with_a_cell_a_billion_cells_away_is_refused(reference: str) -> None:
    content = xlsx(ROWS)
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                body = body.replace(
                    b"</row></sheetData>", f'<c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
                )
            new.writestr(part.filename, body)
    with pytest.raises(Refused, match="jauh di luar tabel"):
        read(memory.getvalue(), "a.xlsx")


def test_entities_in_a_workbook_are_not_expanded() -> None:
    content = xlsx(ROWS)
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(memory, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename.endswith("sharedStrings.xml"):
                body = body.replace(b"<sst", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst', 1)
                body = body.replace(b"SIPPUT", b"&a;")
            new.writestr(part.filename, body)
    with suppress(Refused):
        assert "root:" not in str(read(memory.getvalue(), "a.xlsx").rows)


def test_control_characters_and_formulas_become_plain_text() -> None:
    content = b"Nama,Tujuan\n=cmd|' /C calc'!A0,a\x07b\n"
    assert read(content, "a.csv").rows == [[2, "=cmd|' /C calc'!A0", "ab"]]
