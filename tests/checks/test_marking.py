"""Budgets and plans: the item must be marked on the page, and what the machine cannot see it does not hold against anybody."""

from __future__ import annotations

import pytest

from pamong.checks.rules import advice, examine
from pamong.engine import checks as looked_for
from pamong.reading.facts import Mark
from tests.checks.test_rules import FILLER, case, only, paper, said

BUDGET = f"TAHUN ANGGARAN 2025\nKegiatan Pak Waris\n{FILLER}"


def budget(**fields):
    return paper(BUDGET, kind="anggaran", **fields)


def test_the_words_that_are_marked_are_told_with_their_page() -> None:
    found = only(case("18", 1, budget(marks=(Mark(3, "Kegiatan Pak Waris"), Mark(4, "Belanja jasa")))), "marked")
    assert (found.severity.value, found.page, found.passage) == ("informs", 3, "Kegiatan Pak Waris")
    assert found.message == "Ditandai pada “Dokumen 1”: “Kegiatan Pak Waris”, dan 1 lainnya."


@pytest.mark.parametrize("indicator", ["18", "21"])
def test_where_nothing_is_marked_it_warns_and_leaves_the_level_alone(indicator: str) -> None:
    claim = case(indicator, 1, budget(marks=()))
    assert said(claim, "marked") == [("warns", None)]
    assert only(claim, "marked").message == "Pada “Dokumen 1” tidak tampak butir yang ditandai."
    assert advice(examine(claim)) == 1


def test_nothing_is_said_of_a_scan_nor_of_pages_not_looked_at() -> None:
    assert said(case("18", 1, budget(marks=(), source="ocr")), "marked") == []
    assert said(case("18", 1, budget(marks=None)), "marked") == []
    assert said(case("17", 1, paper(BUDGET, marks=())), "marked") == []


def test_every_edition_asks_for_it_in_budgets_and_plans_alone() -> None:
    for year in range(2023, 2030):
        rules = looked_for.load(f"iid-{year}")
        assert [each.code for each in rules.indicators if each.marked] == ["18", "21"]
