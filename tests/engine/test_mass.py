"""The national path in NumPy gives what the exact path gives, to the hundredth."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine import mass
from pamong.engine.edition import Edition, available, load
from pamong.engine.index import InnovationInput, institution, maturity, score
from pamong.engine.model import Counted
from tests.engine.given import EDITION, innovation_inputs, level_maps

calmly = settings(deadline=None, max_examples=50)
nations = st.lists(
    st.tuples(level_maps(EDITION.institution_codes), st.lists(innovation_inputs(EDITION), max_size=9)),
    min_size=1,
    max_size=4,
)


@calmly
@given(st.lists(level_maps(EDITION.innovation_codes), max_size=8))
def test_maturities_equal_the_exact_path(every: list[dict[str, int]]) -> None:
    packed = [mass.pack(EDITION, levels) for levels in every]
    expected = [int(maturity(EDITION, levels).points * 100) for levels in every]
    assert mass.maturities(EDITION, packed).tolist() == expected
    assert mass.maturities(EDITION, "".join(packed).encode()).tolist() == expected


@calmly
@given(st.sampled_from([load(code) for code in available()]), nations)
def test_indices_equal_the_exact_path(edition: Edition, nation) -> None:
    assert _in_mass(edition, nation) == [int(score(edition, own, sent).index * 100) for own, sent in nation]


def test_indices_follow_the_settings_of_the_edition() -> None:
    full = dict.fromkeys(EDITION.innovation_codes, 3)
    sent = [InnovationInput(affair, affair, full, accepted=affair != "sosial") for affair in EDITION.basic_affairs]
    for uses in Counted:
        edition = dataclasses.replace(
            EDITION,
            count=dataclasses.replace(EDITION.count, uses=uses, affairs_use=uses, affairs_minimum=6),
            divisor=dataclasses.replace(EDITION.divisor, uses=uses, floor=1),
        )
        assert _in_mass(edition, [({}, sent)]) == [int(score(edition, {}, sent).index * 100)]


def _in_mass(edition: Edition, nation) -> list[int]:
    every = [(region, each) for region, (_, sent) in enumerate(nation) for each in sent]
    places = {code: at for at, code in enumerate(edition.count.affairs)}
    return mass.indices(
        edition,
        [mass.pack(edition, each.levels) for _, each in every],
        np.array([region for region, _ in every], dtype=np.int64),
        [int(sum(line.points for line in institution(edition, own)) * 100) for own, _ in nation],
        accepted=np.array([each.accepted for _, each in every], dtype=np.bool_),
        affair=np.array([places.get(each.affair, mass.NO_BASIC_AFFAIR) for _, each in every], dtype=np.int64),
    ).tolist()


def test_an_unanswered_mark_counts_as_zero() -> None:
    assert mass.maturities(EDITION, ["3" + "-" * 19]).tolist() == [900]


def test_nothing_gives_nothing() -> None:
    assert mass.maturities(EDITION, []).tolist() == []
    assert mass.indices(EDITION, [], [], [6300], affair=[]).tolist() == [2520]


@pytest.mark.parametrize("packed", [["0" * 19], ["0" * 21, "0" * 19], ["4" + "0" * 19], ["/" + "0" * 19], b"000"])
def test_badly_packed_levels_are_refused(packed: list[str] | bytes) -> None:
    with pytest.raises(ValueError, match=r"packed"):
        mass.maturities(EDITION, packed)


def test_an_affairs_rule_needs_affairs() -> None:
    with pytest.raises(ValueError, match="affair is required"):
        mass.indices(EDITION, ["0" * 20], [0], [0])


def test_a_weight_finer_than_a_hundredth_is_refused() -> None:
    first = dataclasses.replace(EDITION.innovation[0], weight=Decimal("0.125"))
    edition = dataclasses.replace(EDITION, innovation=(first, *EDITION.innovation[1:]))
    with pytest.raises(ValueError, match="finer than a hundredth"):
        mass.maturities(edition, ["0" * 20])


def test_a_formula_without_a_mass_path_is_refused() -> None:
    with pytest.raises(ValueError, match="no mass path"):
        mass.indices(dataclasses.replace(EDITION, formula="region-9"), [], [], [])
