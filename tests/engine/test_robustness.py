"""The simulation of a region's rank equals the exact path where nothing is drawn, and its draws are what they claim."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine import robustness
from pamong.engine.edition import Edition, available, load
from pamong.engine.index import InnovationInput, band_of, score
from pamong.engine.model import Counted
from pamong.engine.robustness import Change, Event, Field, field_of
from tests.engine.given import EDITION, innovation_inputs, level_maps

calmly = settings(deadline=None, max_examples=60)
nations = st.lists(
    st.tuples(level_maps(EDITION.institution_codes), st.lists(innovation_inputs(EDITION), max_size=15)),
    min_size=1,
    max_size=4,
)


def field(edition: Edition, nation: Any) -> Field:
    every = [(home, each) for home, (_, sent) in enumerate(nation) for each in sent]
    levels = [[each.levels.get(code, 0) for code in edition.innovation_codes] for _, each in every]
    met = []
    for _, sent in nation:
        counts = [each for each in sent if edition.count.affairs_use is Counted.REPORTED or each.accepted]
        met.append(len({each.affair for each in counts} & set(edition.count.affairs)) >= edition.count.affairs_minimum)
    return field_of(
        edition,
        np.array([[own.get(code, 0) for code in edition.institution_codes] for own, _ in nation]),
        np.array(levels, dtype=np.float64).reshape(-1, len(edition.innovation)),
        np.array([home for home, _ in every], dtype=np.int64),
        np.array([each.accepted for _, each in every], dtype=np.bool_),
        np.array(met),
    )


@calmly
@given(st.sampled_from([load(code) for code in available()]), nations)
def test_without_noise_the_index_is_the_published_one_and_so_is_its_band(edition: Edition, nation: Any) -> None:
    found = robustness.drawn_indices(field(edition, nation), [], draws=2, seed=1, noise=0)
    exact = [score(edition, own, sent) for own, sent in nation]
    assert robustness.published(found).tolist() == [[int(each.index * 100) for each in exact]] * 2
    shares = robustness.band_shares(edition, found)
    for region, each in enumerate(exact):
        assert shares[region][band_of(edition, each.index).code] == 1


@calmly
@given(nations, st.data())
def test_an_event_that_is_certain_gives_the_index_with_its_changes(nation: Any, data: Any) -> None:
    region = data.draw(st.integers(0, len(nation) - 1))
    own, sent = nation[region]
    code = data.draw(st.sampled_from(EDITION.institution_codes))
    events = [Event(1.0, (Change(region, code, 3 - own.get(code, 0)),)), Event(0.0, (Change(region, "1", 3),))]
    accepted = [each for each in sent if each.accepted]
    if accepted:
        zeroed = accepted[0]
        events.append(Event(1.0, tuple(Change(region, each, -level) for each, level in zeroed.levels.items())))
        sent = [InnovationInput(e.code, e.affair, {} if e is zeroed else e.levels, e.accepted) for e in sent]
    found = robustness.drawn_indices(field(EDITION, nation), events, draws=1, seed=1, noise=0)
    exact = score(EDITION, own | {code: 3}, sent).index
    assert robustness.published(found)[0][region] == int(exact * 100)


def even(*levels: int) -> Field:
    """Regions with these levels on everything, twelve innovations each."""
    nation = []
    for level in levels:
        inputs = [
            InnovationInput(f"{n}", EDITION.basic_affairs[n % 6], dict.fromkeys(EDITION.innovation_codes, level))
            for n in range(12)
        ]
        nation.append((dict.fromkeys(EDITION.institution_codes, level), inputs))
    return field(EDITION, nation)


def test_shaken_weights_keep_the_greatest_total() -> None:
    whole = even(3)
    full = Field(EDITION, whole.institution, whole.levels, whole.divisor, np.array([EDITION.count.cap]))
    assert robustness.drawn_indices(full, [], draws=50, seed=3, noise=0.25).tolist() == pytest.approx(
        np.full((50, 1), 100.0)
    )


def test_shares_ranks_and_indices_follow_the_chance_of_an_event() -> None:
    falls = Event(0.25, tuple(Change(0, code, -3) for code in EDITION.institution_codes))
    first, second = robustness.simulate(even(3, 2), [falls], draws=4000, seed=9, noise=0)
    assert first.rank.mean == pytest.approx(1.25, abs=0.03)
    assert second.rank.mean == pytest.approx(1.75, abs=0.03)
    assert (first.rank.median, first.rank.p95, first.index[2]) == (1, 2, pytest.approx(71.424))
    assert first.bands["inovatif"] == pytest.approx(0.25, abs=0.03)
    assert sum(first.bands.values()) == pytest.approx(1)


def test_equal_regions_share_the_rank_in_every_draw() -> None:
    found = robustness.simulate(even(2, 2, 1), [], draws=200, seed=9, noise=0.3)
    assert [(each.rank.p5, each.rank.mean, each.rank.p95) for each in found] == [(1, 1, 1), (1, 1, 1), (3, 3, 3)]


def test_the_same_seed_gives_the_same_to_the_digit() -> None:
    events = [Event(0.5, (Change(1, "16", -1),))]
    found = robustness.simulate(even(2, 2, 3), events, draws=300, seed=20260429, noise=0.25)
    assert found == robustness.simulate(even(2, 2, 3), events, draws=300, seed=20260429, noise=0.25)
    assert found[0].index != robustness.simulate(even(2, 2, 3), events, draws=300, seed=1, noise=0.25)[0].index


def test_many_events_are_handled_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    events = [Event(0.5, (Change(n % 3, "16", -1),)) for n in range(30)]
    whole = robustness.simulate(even(2, 2, 3), events, draws=300, seed=5, noise=0.1)
    monkeypatch.setattr(robustness, "_AT_ONCE", 100)
    assert robustness.simulate(even(2, 2, 3), events, draws=300, seed=5, noise=0.1) == whole


def test_a_region_is_ranked_among_published_peers_sharing_ties() -> None:
    found = robustness.among([80.0, 70.0, 60.01, 60.0], np.array([60.004, 60.006, 70.0, 90.0]))
    assert (found.mean, found.median) == ((4 + 3 + 2 + 1) / 4, 2.5)


def test_a_formula_that_is_not_linear_is_refused() -> None:
    import dataclasses

    odd = dataclasses.replace(even(1), edition=dataclasses.replace(EDITION, formula="region-9"))
    with pytest.raises(ValueError, match="not linear"):
        robustness.drawn_indices(odd, [], draws=1, seed=1, noise=0)


def test_decimals_of_a_band_edge_are_those_of_the_edition() -> None:
    shares = robustness.band_shares(EDITION, np.array([[65.004, 65.005]]))
    assert [next(code for code, share in each.items() if share) for each in shares] == [
        band_of(EDITION, Decimal(text)).code for text in ("65.00", "65.01")
    ]


def test_an_event_does_not_happen_where_the_one_it_is_bound_to_does() -> None:
    gone = tuple(Change(0, code, -3) for code in EDITION.institution_codes)
    both = [Event(1.0, gone), Event(1.0, gone, unless=0)]
    once = robustness.drawn_indices(even(3), both[:1], draws=1, seed=1, noise=0)
    assert robustness.drawn_indices(even(3), both, draws=1, seed=1, noise=0).tolist() == once.tolist()


def test_every_part_of_a_long_run_draws_differently_and_again_the_same() -> None:
    first, second, again = (
        robustness.drawn_indices(even(2), [], draws=3, seed=1, noise=0.2, part=part).tolist() for part in (0, 1, 1)
    )
    assert second == again
    assert first != second
