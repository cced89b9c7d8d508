"""What was seen survives the way into the database and back."""

from __future__ import annotations

import json
from datetime import date

from pamong.reading.facts import (
    Facts,
    Fields,
    Finding,
    LinkFacts,
    Page,
    QrCode,
    Recognised,
    Severity,
    Signature,
    VideoFacts,
)

DATED = Recognised("2025-03-01", 2, "Ditetapkan di Contoh pada tanggal 1 Maret 2025", 0.9)
SEEN = Facts(
    kind="pdf",
    pages=(Page(1, "KEPUTUSAN", "ocr"), Page(2, "MEMUTUSKAN")),
    text_source="ocr",
    ocr_available=True,
    blank_pages=(3,),
    low_resolution_pages=(1,),
    fields=Fields(dated=DATED),
    signatures=(
        Signature("Sekretaris", "Kota Contoh", "2025-03-01T10:00:00+07:00", True, False, False, "unknown-root"),
    ),
    qr_codes=(QrCode(2, "https://contoh.go.id/a", "contoh.go.id"),),
    video=VideoFacts(12.5, 640, 360, True, True),
    link=LinkFacts("contoh.go.id", True, False),
    fault="hang",
)


def test_facts_come_back_as_they_were_written() -> None:
    assert Facts.from_json(json.loads(json.dumps(SEEN.to_json()))) == SEEN


def test_a_finding_comes_back_as_it_was_written() -> None:
    finding = Finding("blank-pages", Severity.WARNS, "Halaman kosong", "Kelengkapan berkas", "Pindai ulang.", 3, "…")
    assert Finding.from_json(json.loads(json.dumps(finding.to_json()))) == finding


def test_what_a_newer_reader_wrote_does_not_stop_an_older_one() -> None:
    newer = {**SEEN.to_json(), "colour": "blue"}
    assert Facts.from_json(newer) == SEEN


def test_fields_give_the_day_and_only_what_was_found() -> None:
    assert SEEN.fields.day == date(2025, 3, 1)
    assert SEEN.fields.found() == {"dated": DATED}
    assert Fields().day is None


def test_text_keeps_pages_apart() -> None:
    assert SEEN.text == "KEPUTUSAN\fMEMUTUSKAN"
