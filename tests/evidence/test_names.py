from __future__ import annotations

import pytest

from pamong.evidence.inspection.kinds import DOCX, JPG, PDF, PNG, Kind, extensions, known, labels
from pamong.evidence.inspection.names import safe_name


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("SK Wali Kota No. 188.pdf", PDF, "SK Wali Kota No. 188.pdf"),
        ("foto.JPEG", JPG, "foto.jpeg"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("..\\..\\windows\\system.ini", PDF, "system.ini.pdf"),
        ("/", PDF, "berkas.pdf"),
        ("", PDF, "berkas.pdf"),
        ("...", PNG, "berkas.png"),
        ("sk\x00.pdf", PDF, "sk.pdf"),
        ("sk\r\nSet-Cookie: a=b.pdf", PDF, "skSet-Cookie_ a=b.pdf"),
        ("laporan\u202efdp.exe", PDF, "laporanfdp.pdf"),
        ("sk.pdf.exe", PDF, "sk.pdf"),
        ("sk.html.js.exe", PDF, "sk.pdf"),
        ("sk.pdf", PNG, "sk.png"),
        ("con.pdf", PDF, "berkas.pdf"),
        ("nul", DOCX, "berkas.docx"),
        ('a"b;c<d>.pdf', PDF, "a_b_c_d_.pdf"),
        ("  jarak   ganda .pdf", PDF, "jarak ganda.pdf"),
    ],
)
def test_a_name_becomes_harmless_and_truthful(given: str, kind: Kind, kept: str) -> None:
    assert safe_name(given, kind) == kept


def test_a_name_of_three_hundred_letters_is_shortened_and_keeps_its_ending() -> None:
    name = safe_name("ś" * 300 + ".pdf", PDF)
    assert (len(name), name[-4:]) == (120, ".pdf")


def test_an_editions_words_are_understood_and_unknown_kinds_left_out() -> None:
    assert known(["PDF", "jpeg", "ppt", "pptx"]) == {"pdf", "jpg", "pptx"}
    assert labels(["png", "pdf"]) == "PDF, gambar PNG"
    assert extensions(["jpg", "pdf"]) == ".pdf,.jpg,.jpeg"
