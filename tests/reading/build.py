"""Documents read through the product's own acts, without starting a process where the test is not about reading."""

from __future__ import annotations

from datetime import date

from pamong.evidence.models import Document
from pamong.reading import actions, bounded
from pamong.reading.facts import Facts, Fields, Page, Recognised
from pamong.reading.models import Reading

TEXT = "KEPUTUSAN WALI KOTA CONTOH\nNOMOR 188.45/7/2025\nTENTANG\nTIM PELAKSANA SIPPUT"
FIELDS = Fields(
    instrument=Recognised("sk-kdh", 1, "KEPUTUSAN WALI KOTA CONTOH", 0.95),
    number=Recognised("188.45/7/2025", 1, "NOMOR 188.45/7/2025", 0.95),
    dated=Recognised("2025-03-04", 2, "pada tanggal 4 Maret 2025", 1.0),
    issuer=Recognised("Wali Kota Contoh", 1, "KEPUTUSAN WALI KOTA CONTOH", 0.9),
)
FACTS = Facts(
    kind="pdf",
    pages=(Page(1, TEXT), Page(2, "pada tanggal 4 Maret 2025")),
    text_source="asli",
    ocr_available=True,
    fields=FIELDS,
)


def read(document: Document, facts: Facts = FACTS, prints: tuple[tuple[str, int, str, str], ...] = ()) -> Reading:
    """The current version of ``document``, read with these facts."""
    version = document.versions.get(is_current=True)
    reading = actions.queue(version)
    begun = actions.begin(reading.pk)
    return actions.finish(begun or reading, bounded.Seen(facts, prints))


TODAY = date(2026, 5, 1)
