"""The nation that benchmarks fill a database with: the same seed gives the same, of the size asked for, its rows in agreement."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import transaction
from django_scopes import scopes_disabled

from benchmarks import nation
from pamong.agencies.models import Region
from pamong.assessments.models import Assessment, Claim, Entry
from pamong.ranking import tables


def filled(seed: int) -> list[tuple[str, str, str, str]]:
    """A nation of 24 regions, written and taken back."""
    with scopes_disabled(), transaction.atomic():
        nation.fill(nation.invented(24), 240, seed=seed)
        found = list(Entry.objects.order_by("pk").values_list("region__code", "state", "claimed", "verified"))
        transaction.set_rollback(True)
    return found


def test_the_same_seed_gives_the_same_nation(db: None) -> None:
    first = filled(1)
    assert first == filled(1)
    assert first != filled(2)


def test_it_is_of_the_size_asked_for_and_its_rows_agree(db: None) -> None:
    with scopes_disabled():
        nation.fill(nation.invented(24), 240)
        assert (Region.objects.count(), Assessment.objects.count()) == (24, 23)  # one in 26 reports nothing
        innovations = Entry.objects.filter(kind="innovation")
        assert (innovations.count(), Claim.objects.count()) == (240, 240 * 20)
        for entry in innovations:
            claims = Claim.objects.filter(entry=entry)
            levels = {claim.indicator: claim.level for claim in claims}
            assert "".join(str(levels[code]) for code in entry.assessment.edition.innovation_codes) == entry.claimed
            assert all(
                v in ("-", *map(str, range(int(c) + 1))) for c, v in zip(entry.claimed, entry.verified, strict=True)
            )
        assert "240 innovations" in nation.told(nation.YEAR)


def test_its_published_results_can_be_imported(db: None) -> None:
    with scopes_disabled():
        nation.fill(nation.invented(24), 240, claims=False)
        nation.told(nation.YEAR)
        years = dict(nation.published((2024, 2025)))
    assert sorted(years) == [2024, 2025]
    for content in years.values():
        lines = tables.read(content, None)
        assert ([line.faults for line in lines], len(lines)) == ([()] * 23, 23)


def test_a_list_with_a_fault_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "r.csv"
    wrong.write_text("code,name,kind,province_code\n11,Aceh,negara,\n")
    with pytest.raises(CommandError, match="kind “negara” tidak dikenal"):
        nation.rows_of(str(wrong))
