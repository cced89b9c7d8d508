"""Claims with evidence the machine has read, made through the actions; what the reader would see is given as facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from pamong.accounts.models import User
from pamong.assessments.actions import claiming
from pamong.assessments.models import Entry
from pamong.checks.actions import examining
from pamong.checks.models import Examination
from pamong.evidence.models import Document, Version
from pamong.reading import actions as reading
from pamong.reading.bounded import Seen
from pamong.reading.facts import Facts, Fields, Page, Recognised
from tests import build
from tests.assessments import build as reports

FILLER = "Bahwa untuk meningkatkan mutu pelayanan publik perlu dilakukan inovasi daerah secara berkelanjutan. " * 3
HEAD = "Ditetapkan di Contoh\npada tanggal 3 Maret 2025\nWALI KOTA CONTOH,\nttd\nPRASETYO ADINEGARA"


def entry(people: build.People, levels: dict[str, int] | None = None, **fields: Any) -> Entry:
    """An innovation called Pak Waris with these levels claimed and nothing brought forward yet."""
    assessment = fields.pop("assessment", None) or reports.assessment(people.region, people.region_admin)
    made = reports.entered(assessment, people.agency, people.operator, **{"name": "Pak Waris", **fields})
    return reports.claimed(made, people.operator, levels or {"16": 3}, prove=False)


def decree(
    entry: Entry,
    by: User,
    text: str = "",
    *,
    kind: str = "sk-kdh",
    code: str = "16",
    is_read: bool = True,
    **about: Any,
) -> Document:
    """A decree attached to the claim on ``code``, read as ``kind`` with ``text`` unless ``is_read`` is false."""
    document = reports.document(entry.agency, by)
    fields = {"instrument": kind, "subject": "Penetapan Inovasi", "dated": date(2025, 3, 3), **about}
    Document.objects.filter(pk=document.pk).update(**fields)
    document.refresh_from_db()
    claiming.attach(entry, code, document, by=by)
    if is_read:
        read(document, text or f"{FILLER}\nMenetapkan Pak Waris sebagai inovasi daerah.\n{HEAD}", kind=kind)
    return document


def read(document: Document, *texts: str, kind: str = "") -> None:
    """Have the reader finish the document's current version, seeing ``texts``."""
    version = Version.objects.select_related("region").get(document=document, is_current=True)
    seen = Recognised(kind or document.instrument, 1, texts[0][:40], 0.95) if texts else None
    pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
    begun = reading.begin(reading.queue(version).pk)
    assert begun is not None
    reading.finish(begun, Seen(Facts("pdf", pages, "asli" if pages else "tanpa-teks", fields=Fields(instrument=seen))))


def looked(entry: Entry, code: str = "16") -> Examination:
    """The entry looked at by the machine; what it found on ``code``."""
    examining.look(entry)
    row: Examination = Examination.objects.get(claim__entry=entry, claim__indicator=code)
    return row


def said(row: Examination) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in row.findings.all()]


def key(row: Examination, rule: str) -> str:
    return row.findings.get(rule=rule).key
