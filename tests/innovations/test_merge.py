import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.innovations.merge import Clash, merge

BASE = {"purpose": "a", "benefit": "b", "latitude": 1, "longitude": 2}


def test_what_i_left_alone_stays_theirs() -> None:
    merged = merge(BASE, {"purpose": "a", "benefit": "B"}, BASE | {"purpose": "dari mereka"})
    assert (merged.changes, merged.clashes, merged.taken) == ({"benefit": "B"}, (), {"purpose"})


def test_what_both_changed_to_the_same_is_no_clash() -> None:
    merged = merge(BASE, {"purpose": "x"}, BASE | {"purpose": "x"})
    assert (merged.changes, merged.clashes, merged.taken) == ({}, (), frozenset())


def test_what_both_changed_differently_clashes_with_all_three_texts() -> None:
    merged = merge(BASE, {"purpose": "x"}, BASE | {"purpose": "y"})
    assert (merged.changes, merged.clashes) == ({}, (Clash("purpose", ("a",), ("x",), ("y",)),))


def test_coordinates_are_one_thing() -> None:
    merged = merge(BASE, {"latitude": 5, "longitude": 2}, BASE | {"longitude": 9})
    assert merged.clashes == (Clash("coordinate", (1, 2), (5, 2), (1, 9)),)


def test_what_is_not_mentioned_is_not_looked_at() -> None:
    assert merge(BASE, {}, BASE | {"purpose": "y"}).taken == frozenset()


texts = st.dictionaries(st.sampled_from(["purpose", "benefit", "result"]), st.sampled_from(["1", "2", "3"]), min_size=3)


@given(texts, texts, texts)
def test_no_writing_is_ever_lost(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    """Every change of mine is written or shown as a clash; every change of theirs stays or is shown as a clash."""
    merged = merge(base, mine, theirs)
    result = theirs | merged.changes
    clashing = {clash.unit for clash in merged.clashes}
    for field, text in mine.items():
        if text != base[field] and field not in clashing:
            assert result[field] == text
        if theirs[field] != base[field] and field not in clashing:
            assert result[field] == theirs[field]


@given(texts, texts)
def test_merging_twice_changes_nothing_more(base: dict[str, str], mine: dict[str, str]) -> None:
    once = base | merge(base, mine, base).changes
    assert merge(base, mine, once).changes == {}


@pytest.mark.parametrize("value", [None, "", []])
def test_emptying_is_a_change_too(value: object) -> None:
    assert merge({"purpose": "a"}, {"purpose": value}, {"purpose": "a"}).changes == {"purpose": value}
