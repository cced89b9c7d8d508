"""Entries brought to a later state as the product does it, through its actions."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.assessments.actions import claiming, entering, submitting, year
from pamong.assessments.answers import Typed
from pamong.assessments.models import Assessment, Claim, Entry
from pamong.assessments.states import State
from pamong.engine import edition as editions
from pamong.evidence.models import Document, Version
from pamong.innovations.models import Innovation
from pamong.innovations.states import Stage
from tests import build

_number = count(1)
WORDS = " ".join(f"kata{number}" for number in range(60))
MANDATORY = {"16": 1, "17": 1, "32": 1, "33": 1, "35": 1}


def assessment(region: Region, by: User, *, open_: bool = True, **fields: Any) -> Assessment:
    """The year 2026, opened a month ago and open for three weeks, whatever day it is."""
    today = timezone.localdate()
    made = year.prepare(
        region=region,
        by=by,
        **{
            "year": 2026,
            "edition_code": "iid-2026",
            "opens_on": today - timedelta(days=30),
            "internal_deadline": today + timedelta(days=10),
            "closes_on": today + timedelta(days=20),
            **fields,
        },
    )
    return year.open_year(made, by=by) if open_ else made


def innovation(agency: Agency, by: User, name: str = "", **fields: Any) -> Innovation:
    """A complete profile in stage *penerapan*. Rows are written directly: how a profile grows is tested elsewhere."""
    edition = editions.load("iid-2026")
    texts = dict.fromkeys((*Innovation.DESIGN_PARTS, *Innovation.CRITERIA), WORDS)
    values = {
        "region": agency.region,
        "agency": agency,
        "created_by": by,
        "name": name or f"Inovasi {next(_number)}",
        "stage": Stage.IMPLEMENTED,
        "initiator": "opd",
        "initiator_name": "Dinas",
        "classification": "perangkat-daerah",
        "kind": "digital",
        "form": "pelayanan-publik",
        "theme": edition.themes[0].code,
        "programme": "kesehatan",
        "affair": "kesehatan",
        "latitude": "-7.47",
        "longitude": "110.21",
        "trial_on": date(2024, 11, 1),
        "applied_on": date(2025, 2, 1),
        "purpose": "Tujuan.",
        "benefit": "Manfaat.",
        "result": "Hasil.",
        **texts,
        **fields,
    }
    made: Innovation = Innovation.objects.create(**values)
    return made


def document(agency: Agency | None, by: User, kind: str = "pdf", *, region: Region | None = None) -> Document:
    """A document with one version of ``kind`` (pdf, jpg, mp4, link), written directly: its bytes do not matter here."""
    number = next(_number)
    region = region or (agency.region if agency else by.memberships.get().region)
    made: Document = Document.objects.create(region=region, agency=agency, created_by=by, subject=f"Dokumen {number}")
    media = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4"}.get(kind, "")
    where: dict[str, Any] = (
        {"link": f"https://contoh.test/{number}"}
        if kind == "link"
        else {"sha256": hashlib.sha256(str(number).encode()).hexdigest(), "size": 1000, "media_type": media}
    )
    Version.objects.create(document=made, region=region, number=1, by=by, original_name=f"berkas-{number}", **where)
    return made


def entered(assessment: Assessment, agency: Agency, by: User, **fields: Any) -> Entry:
    return entering.enter(assessment, innovation(agency, by, **fields), by=by)


def claimed(entry: Entry, by: User, levels: dict[str, int] | None = None, *, prove: bool = True) -> Entry:
    """Claim ``levels`` (the mandatory indicators at 1 unless told) and prove each with a document of its own."""
    edition = entry.assessment.edition
    for code, level in (MANDATORY if levels is None else levels).items():
        line = edition.indicator(code)
        claim(entry, code, level, by=by)
        if prove and level:
            kind = "link" if line.evidence.link_allowed else line.evidence.file_types[0]
            attached(entry, code, by, kind)
    return Entry.objects.get(pk=entry.pk)


def claim(entry: Entry, code: str, level: int, *, by: User, note: str = "") -> Claim:
    """Claim ``level`` over whatever stands."""
    present = entry.claims.filter(indicator=code).first()
    basis = "a" if entry.assessment.edition.indicator(code).bases else ""
    typed = Typed(level=level, basis=basis, note=note)
    return claiming.claim(entry, code, by=by, typed=typed, version=present.version if present else 0)


def attached(entry: Entry, code: str, by: User, kind: str = "pdf") -> Document:
    made = document(entry.agency, by, kind, region=entry.region)
    claiming.attach(entry, code, made, by=by)
    return made


def submitted(entry: Entry, people: build.People) -> Entry:
    """Handed over, and endorsed where the region asks for it."""
    entry = submitting.submit(entry, by=people.operator)
    return submitting.endorse(entry, by=people.agency_head) if entry.state == State.AWAITING else entry


def entry(
    people: build.People,
    state: State = State.DRAFT,
    *,
    assessment: Assessment | None = None,
    levels: dict[str, int] | None = None,
    **fields: Any,
) -> Entry:
    """An innovation of ``people.agency`` taking part, in ``state`` up to SUBMITTED; later states are verification's."""
    if assessment is None:
        assessment = Assessment.objects.filter(region=people.region, year=2026).first()
    assessment = assessment or globals()["assessment"](people.region, people.region_admin)
    made = claimed(entered(assessment, people.agency, people.operator, **fields), people.operator, levels)
    if state == State.DRAFT:
        return made
    if state == State.AWAITING:
        return submitting.submit(made, by=people.operator)
    if state == State.SUBMITTED:
        return submitted(made, people)
    raise ValueError(f"tests/verification builds entries in state {state}")
