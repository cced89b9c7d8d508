"""Before an innovation takes part: whether what was read earlier names it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from pamong.assessments import queries
from tests.assessments import build as reports
from tests.build import People
from tests.checks import build


@pytest.mark.parametrize(
    ("text", "known"),
    [("Menetapkan PAK  WARIS sebagai inovasi daerah.", True), ("Menetapkan SIPPUT sebagai inovasi daerah.", None)],
)
def test_an_earlier_decree_says_whether_the_name_is_in_a_regulation(
    people: People, login: Callable[[object], Client], text: str, known: bool | None
) -> None:
    past = reports.assessment(people.region, people.region_admin, year=2025, edition_code="iid-2025")
    entry = build.entry(people, assessment=past)
    build.decree(entry, people.operator, f"{build.FILLER}\n{text}\n{build.HEAD}")
    assert entry.innovation is not None
    assert queries.named_in_regulation(entry.innovation) is known
    now = reports.assessment(people.region, people.region_admin)
    page = login(people.operator).get(
        f"/{people.region.slug}/penilaian/{now.year}/ikut/?inovasi={entry.innovation.code}"
    )
    assert ("Nama inovasi tercantum dalam regulasi." in page.content.decode()) is bool(known)


def test_what_does_not_prove_the_regulation_says_nothing_of_it(people: People) -> None:
    entry = build.entry(people, {"17": 1})
    build.decree(entry, people.operator, code="17")
    assert entry.innovation is not None
    assert queries.named_in_regulation(entry.innovation) is None
