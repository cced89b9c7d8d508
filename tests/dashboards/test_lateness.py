"""Who is late, on the page of the head of region and on its sheet."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pypdf
from django.test import Client
from django.utils import timezone

from pamong.agencies.models import Target
from pamong.assessments.models import Assessment, Entry
from pamong.dashboards.causes import Result, usual
from pamong.dashboards.lateness import late
from tests.assessments import build as reports
from tests.build import People
from tests.verification import build as entries

Login = Callable[[object], Client]


def _some_late(people: People) -> Assessment:
    Target.objects.create(region=people.region, year=2026, kind=people.other_agency.kind, minimum=1)
    waiting = entries.verifying_(people)
    Entry.objects.filter(pk=waiting.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    entries.returned(people)
    reports.entry(people)
    return waiting.assessment


def test_who_is_late_is_named_with_how_long(people: People) -> None:
    found = late(people.region_head, _some_late(people), timezone.localdate())
    assert [(each.text, each.count, each.says, each.worst) for each in found] == [
        ("dikembalikan, belum diperbaiki", 1, "Dinas Contoh", ""),
        ("verifikasi lewat tenggat", 1, people.verifier.name, "paling lama 3 hari"),
        ("belum diajukan menjelang tenggat", 2, "Daerah, Dinas Contoh", "tenggat 10 hari lagi"),
        ("instansi belum melaporkan apa pun", 1, "Dinas Tetangga", ""),
    ]


def test_page_and_sheet_name_them_and_nobody_is_late_in_a_closed_year(people: People, login: Login) -> None:
    assessment = _some_late(people)
    client = login(people.region_head)
    assert "verifikasi lewat tenggat" in client.get("/kota-contoh/ringkas/").content.decode()
    (sheet,) = pypdf.PdfReader(io.BytesIO(client.get("/kota-contoh/ringkas/unduh/").content)).pages
    assert "verifikasi lewat tenggat" in " ".join(sheet.extract_text().split())
    assessment.phase = "closed"
    assert late(people.region_head, assessment, timezone.localdate()) == []


def test_the_head_of_region_lands_on_the_short_page_and_others_where_they_work(people: People, login: Login) -> None:
    assert login(people.region_head).get("/").url == "/kota-contoh/ringkas/"  # type: ignore[attr-defined]
    assert login(people.region_admin).get("/").url == "/kota-contoh/"  # type: ignore[attr-defined]


def test_while_a_year_runs_claim_stands_beside_claim_and_afterwards_proof_beside_proof(people: People) -> None:
    for running, word in ((True, "klaim"), (False, "terverifikasi")):
        every = [
            Result(people.region, year, value, is_running=running and year == 2026)
            for year in (2026, 2025)
            for value in ("terverifikasi", "klaim")
        ]
        pair = usual(every)
        assert pair is not None
        assert [each.key for each in pair] == [f"kota-contoh/2025/{word}", f"kota-contoh/2026/{word}"]
        assert pair[1].name(pair[0]) == f"{word} 2026"
