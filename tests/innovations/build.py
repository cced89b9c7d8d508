"""Innovations brought to a state through the product's actions."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from pamong.accounts.models import User
from pamong.agencies.models import Agency
from pamong.evidence import actions as evidence
from pamong.evidence.models import Document
from pamong.innovations import actions
from pamong.innovations.models import Innovation

_number = count(1)

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def innovation(agency: Agency, by: User, name: str = "", *, running: bool = False, **fields: object) -> Innovation:
    """An idea, or one applied since June 2025, with ``fields`` of the profile written."""
    made = actions.capture(
        region=agency.region,
        agency=agency,
        by=by,
        name=name or f"Inovasi {next(_number)}",
        changed="Dahulu antre, sekarang dijadwalkan.",
        since=date(2025, 6, 1) if running else None,
        already_running=running,
    )
    return actions.edit(made, by=by, base_version=made.version, **fields) if fields else made


def document(agency: Agency, by: User, subject: str = "Berita acara") -> Document:
    return evidence.add_document(
        region=agency.region,
        agency=agency,
        by=by,
        instrument=Document.Instrument.REPORT,
        subject=f"{subject} {next(_number)}",
        link=f"https://contoh.go.id/dokumen/{next(_number)}",
    )


def picture(name: str = "foto.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")
