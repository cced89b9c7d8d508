"""The reader's own eyes: dates, fields, signatures, codes, scans, videos."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from pamong.evidence.links import fault_of
from pamong.reading.facts import Page
from pamong.reading.reader import Limits, fields, ocr, read, signatures, video, visiting
from pamong.reading.reader.dates import dates_in
from tests.evidence.build import docx_bytes
from tests.reading.corpus import papers, words

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="needs tesseract with ind")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 Maret 2024", date(2024, 3, 12)),
        ("1 Nopember 2023", date(2023, 11, 1)),
        ("05 Peb 2024", date(2024, 2, 5)),
        ("l2 Marct 2O24", date(2024, 3, 12)),
        ("12-03-2024", date(2024, 3, 12)),
        ("12/3/24", date(2024, 3, 12)),
        ("2024-03-12", date(2024, 3, 12)),
        ("31 AGUSTUS 2025", date(2025, 8, 31)),
    ],
)
def test_dates_are_read_as_offices_write_them(text: str, day: date) -> None:
    assert [one.day for one in dates_in(f"Ditetapkan di Contoh pada tanggal {text}.")] == [day]


@pytest.mark.parametrize(
    "text", ["31 Februari 2024", "Nomor 23 Tahun 2014", "188.45/12/2024", "12 orang 2024", "99-99-2024"]
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert list(dates_in(text)) == []


def test_nothing_is_recognised_on_an_empty_page() -> None:
    assert fields.recognise([Page(1, " ")]).found() == {}


def test_the_law_a_decree_rests_on_is_not_its_number_or_date() -> None:
    page = "KEPUTUSAN BUPATI CONTOH\nNOMOR 5/KEP/2024\nTENTANG\nTIM\nMengingat : Peraturan Daerah Nomor 9 Tahun 2010 tanggal 1 Mei 2010"
    found = fields.recognise(
        [Page(1, page + "\nDitetapkan di Contoh\npada tanggal 2 Juni 2024\nBUPATI CONTOH,\nANDI AMIR")]
    )
    assert (found.instrument.value, found.number.value, found.day, found.signer.value) == (
        "sk-kdh",
        "5/KEP/2024",
        date(2024, 6, 2),
        "ANDI AMIR",
    )


@pytest.fixture
def desk() -> papers.Desk:
    return papers.Desk(words.SEEN, Random(7))


def _read(
    tmp_path: Path, content: bytes, kind: str = "pdf", media_type: str = "", limits: Limits | None = None
) -> dict:
    path = tmp_path / "berkas"
    path.write_bytes(content)
    told: dict = {"page": []}
    read(
        path,
        kind,
        media_type,
        limits or Limits(),
        lambda name, value: told["page"].append(value) if name == "page" else told.update({name: value}),
    )
    return told


def test_a_signature_is_found_intact_and_its_root_known_only_if_configured(tmp_path: Path, desk: papers.Desk) -> None:
    path, root = tmp_path / "a.pdf", tmp_path / "root.pem"
    path.write_bytes(papers.signed(papers.pdf(desk.decree())))
    root.write_bytes(papers.authority(papers.AUTHORITY)[0])
    (unknown,), (known,) = signatures.of(path), signatures.of(path, str(root))
    assert (unknown.signer, unknown.intact, unknown.covers_whole_file, unknown.changed_after, unknown.trust) == (
        "BUDI SANTOSO",
        True,
        True,
        False,
        "unknown-root",
    )
    assert known.trust == "trusted"


def test_a_byte_changed_or_a_page_added_after_signing_is_seen(tmp_path: Path, desk: papers.Desk) -> None:
    path, signed = tmp_path / "a.pdf", papers.signed(papers.pdf(desk.decree()))
    path.write_bytes(papers.altered(signed))
    assert [(one.intact, one.trust) for one in signatures.of(path)] == [(False, "broken")]
    path.write_bytes(papers.written_over(signed))
    assert [(one.intact, one.covers_whole_file, one.changed_after) for one in signatures.of(path)] == [
        (True, False, True)
    ]


def test_a_code_on_a_page_is_followed_to_its_host(tmp_path: Path, desk: papers.Desk) -> None:
    told = _read(tmp_path, papers.pdf(desk.decree(), graphics=papers.qr_graphics("https://tte.contoh.go.id/v/1")))
    assert told["qr_codes"] == [{"page": 1, "content": "https://tte.contoh.go.id/v/1", "host": "tte.contoh.go.id"}]


@needs_ocr
def test_a_scan_on_its_side_is_turned_and_read(tmp_path: Path, desk: papers.Desk) -> None:
    paper = desk.decree("sk-kdh")
    paper.pages = paper.pages[:1]
    told = _read(tmp_path, papers.scanned(papers.pdf(paper), Random(1), turn=90))
    assert (told["text_source"], told["rotated_pages"], told["fields"]["instrument"]["value"]) == ("ocr", [1], "sk-kdh")


def test_without_ocr_a_scan_is_said_to_be_without_text(
    tmp_path: Path, desk: papers.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    told = _read(tmp_path, papers.scanned(papers.pdf(desk.invitation()), Random(1), blank_after=True))
    assert (told["text_source"], told["unread_pages"], told["blank_pages"], told["ocr_available"]) == (
        "tanpa-teks",
        [1],
        [2],
        False,
    )


def test_a_coarse_scan_is_named(tmp_path: Path, desk: papers.Desk) -> None:
    told = _read(tmp_path, papers.scanned(papers.pdf(desk.invitation()), Random(1), dpi=60), limits=Limits(ocr_pages=0))
    assert told["low_resolution_pages"] == [1]


def test_the_words_of_an_office_file_are_read(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>SURAT TUGAS</w:t></w:r></w:p><w:p><w:r><w:t>Nomor : 800/</w:t></w:r><w:r><w:t>12/2024</w:t></w:r></w:p>"
    content = docx_bytes({"word/document.xml": f"<w:document>{body}</w:document>".encode()})
    told = _read(tmp_path, content, "file", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert (told["fields"]["instrument"]["value"], told["fields"]["number"]["value"]) == ("surat-tugas", "800/12/2024")


@pytest.mark.parametrize(("seconds", "sound"), [(3, True), (4, False)])
def test_a_video_tells_its_length_and_sound(tmp_path: Path, seconds: int, sound: bool) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(papers.video(seconds, sound=sound))
    seen = video.look(path)
    assert (seen.seconds, seen.width, seen.has_sound, seen.playable) == (seconds, 640, sound, True)


def test_a_video_cut_short_does_not_play(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(papers.video(3)[:400])
    assert not video.look(path).playable


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/",
        "https://10.0.0.1/x",
        "http://localhost/",
        "https://contoh.go.id:8080/",
        "ftp://contoh.go.id/",
    ],
)
def test_nothing_inside_the_network_can_be_visited(link: str) -> None:
    with pytest.raises(visiting.NotPublic):
        visiting.public_address(link)


def test_a_name_that_stands_for_a_private_number_is_not_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("192.168.1.5", 443))])
    assert not fault_of("https://contoh.go.id/")
    with pytest.raises(visiting.NotPublic):
        visiting.public_address("https://contoh.go.id/")
    assert visiting.look("https://contoh.go.id/", visit=True).reachable is False


def test_page_pictures_are_the_same_for_the_same_page(tmp_path: Path, desk: papers.Desk) -> None:
    content = papers.pdf(desk.invitation())
    prints = [_read(tmp_path, one)["print"][2] for one in (content, content)]
    assert prints[0] == prints[1]


def test_a_number_that_begins_with_the_kind_keeps_it() -> None:
    found = fields.recognise([Page(1, "STANDAR OPERASIONAL PROSEDUR\nNOMOR SOP/07/2025\nLayanan Contoh")])
    assert found.number.value == "SOP/07/2025"
    found = fields.recognise([Page(1, "STANDAR OPERASIONAL PROSEDUR\nNOMOR SOP : 12/2025\nNAMA SOP : Layanan Contoh")])
    assert (found.number.value, found.subject.value) == ("12/2025", "Layanan Contoh")


def test_a_title_under_the_number_is_the_subject_of_a_report() -> None:
    found = fields.recognise([Page(1, "LAPORAN\nNOMOR 050/077/2025\nMONITORING DAN EVALUASI CONTOH\nHasilnya baik.")])
    assert (found.number.value, found.subject.value) == ("050/077/2025", "LAPORAN MONITORING DAN EVALUASI CONTOH")
