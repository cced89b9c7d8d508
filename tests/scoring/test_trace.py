"""Every figure opens its trace; agencies see their own lines and the region's totals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.agencies.models import Region
from pamong.assessments.models import Assessment, Entry
from pamong.scoring import queries
from tests.assessments import build as reports
from tests.build import People
from tests.verification import build


def at(name: str, region: Region, *args: object) -> str:
    return reverse(f"scoring:{name}", args=[region.slug, 2026, *args])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def theirs(people: People) -> Entry:
    """An entry of the neighbouring agency, handed over."""
    assessment = Assessment.objects.filter(region=people.region).first() or reports.assessment(
        people.region, people.region_admin
    )
    work = reports.innovation(people.other_agency, people.neighbour, "Inovasi Tetangga")
    entry: Entry = Entry.objects.create(
        region=people.region, assessment=assessment, innovation=work, agency=people.other_agency,
        affair="sosial", state="submitted", claimed="1" * 20,
    )  # fmt: skip
    return entry


def test_the_trace_takes_the_index_apart_into_lines_that_add_up(people: People) -> None:
    build.accepted(people)
    theirs(people)
    found = queries.trace(people.region_head, Assessment.objects.get(), "claimed")
    assert sum((line.points for line in found.score.lines), Decimal(0)) == found.score.total
    assert sum((row.maturity for row in found.rows), Decimal(0)) == found.sum_of_maturities == Decimal(51)
    assert (found.hidden, found.sum_hidden, found.sees_all) == (0, 0, True)


@pytest.mark.parametrize("role", ["operator", "agency_head"])
def test_an_agency_sees_the_totals_and_its_own_lines_and_nothing_of_the_neighbours(
    people: People, login: Any, role: str
) -> None:
    own = build.accepted(people)
    other = theirs(people)
    client = login(getattr(people, role))
    response = client.get(at("trace", people.region) + "?nilai=klaim")
    found = response.context["trace"]
    assert [row.code for row in found.rows] == [own.code]
    assert (found.hidden, found.sum_hidden, found.sees_all) == (1, Decimal(37), False)
    assert "Inovasi Tetangga" not in text(response)
    assert other.code not in text(response)
    assert client.get(at("trace-entry", people.region, own.code)).status_code == 200
    assert client.get(at("trace-entry", people.region, other.code)).status_code == 404
    assert client.get(at("trace-indicator", people.region, other.code, "16")).status_code == 404
    assert client.get(at("returned", people.region)).status_code == 404


@pytest.mark.parametrize("role", ["stranger", "juror", "citizen", "site_admin"])
def test_strangers_find_no_trace(people: People, login: Any, role: str) -> None:
    entry = build.accepted(people)
    client = login(getattr(people, role))
    pages = [
        at("trace", people.region),
        at("export-trace", people.region),
        at("trace-entry", people.region, entry.code),
    ]
    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_an_indicators_trace_names_proof_verdict_person_time_and_rule_with_source(people: People, login: Any) -> None:
    entry = build.verifying_(people)
    verdict = build.judge(entry, "33", 0, by=people.verifier)
    page = text(login(people.operator).get(at("trace-indicator", people.region, entry.code, "33")))
    proof = entry.claims.get(indicator="33").proofs.get()
    for said in (
        "Tingkat 0", "oleh <b>Verifier</b>", build.WHY, proof.document.subject, "SHA-256",
        "Surat Kepala BSKDN", "terbaca pada salinan dokumen kementerian", verdict.entry.assessment.edition_digest,
        "belum pasti",
    ):  # fmt: skip
        assert said in page, said


def test_the_rules_unverified_notes_stand_beside_the_index(people: People, login: Any) -> None:
    build.accepted(people)
    response = login(people.verifier).get(at("trace", people.region))
    assert len(response.context["unverified"]) > 5
    assert "hal yang belum pasti" in text(response)


def test_years_not_opened_or_not_there_have_no_trace(people: People, login: Any) -> None:
    reports.assessment(people.region, people.region_admin, open_=False)
    client = login(people.region_head)
    assert client.get(at("trace", people.region)).status_code == 404
    absurd = reverse("scoring:trace", args=[people.region.slug, 10**30])
    assert client.get(absurd).status_code == 404


@pytest.mark.parametrize("entries", [1, 3])
def test_the_trace_asks_the_same_for_one_entry_as_for_three(people: People, login: Any, entries: int) -> None:
    for _ in range(entries):
        build.submitted(people)
    client = login(people.region_head)
    client.get(at("trace", people.region))
    with CaptureQueriesContext(connection) as seen:
        assert client.get(at("trace", people.region)).status_code == 200
    # session, person, region, seats, year, entries, rows, institution, returned
    assert len(seen) == 9
