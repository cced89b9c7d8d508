"""The packed levels repeat the rows, always."""

from __future__ import annotations

import pytest

from pamong.assessments import packing
from pamong.assessments.models import Claim, Entry, EntryScore
from tests.assessments import build
from tests.build import People


def test_a_new_entry_is_unanswered_and_worth_nothing(people: People) -> None:
    entry = build.entry(people, levels={})
    assert (entry.claimed, entry.verified) == ("-" * 20, "-" * 20)
    assert (entry.score.claimed, entry.score.verified) == (0, 0)
    assert set(packing.levels_of(entry, "claimed").values()) == {0}


def test_claimed_and_verified_levels_stand_at_the_indicators_place_and_are_scored_in_hundredths(people: People) -> None:
    entry = build.entry(people, levels={})
    packing.set_claimed(entry, "16", 3)
    packing.set_claimed(entry, "35", 2)
    packing.set_verified(entry, "16", 1)
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.claimed == "3" + "-" * 18 + "2"
    assert entry.verified == "1" + "-" * 19
    assert EntryScore.objects.values_list("claimed", "verified").get(pk=entry.pk) == (1700, 300)
    packing.set_verified(entry, "16", None)
    assert EntryScore.objects.get(pk=entry.pk).verified == 0


def test_the_institutions_levels_are_packed_in_its_own_order_and_scored_with_its_own_weights(people: People) -> None:
    year = build.assessment(people.region, people.region_admin)
    entry = year.entries.get(kind=Entry.Kind.INSTITUTION)
    packing.set_claimed(entry, "5a", 3)
    assert entry.claimed == "-----3" + "-" * 14
    assert EntryScore.objects.get(pk=entry.pk).claimed == 225


def test_an_indicator_of_the_other_list_is_an_error(people: People) -> None:
    entry = build.entry(people, levels={})
    with pytest.raises(KeyError):
        packing.set_claimed(entry, "5a", 3)


def test_faults_names_every_entry_whose_packed_levels_or_score_left_the_rows(people: People) -> None:
    entry = build.entry(people)
    year = entry.assessment
    assert packing.faults(year) == []
    Claim.objects.filter(entry=entry, indicator="16").update(level=2)
    assert packing.faults(year) == [
        f"entry {entry.code}: claimed is 11--------------11-1, rows say 21--------------11-1"
    ]
    Claim.objects.filter(entry=entry, indicator="16").update(level=1)
    EntryScore.objects.filter(pk=entry.pk).update(verified=5)
    assert packing.faults(year) == [f"entry {entry.code}: score verified is not 0"]
