"""Totals for thinking with: the short path gives what the explained path gives."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.edition import available, load
from pamong.engine.efforts import ENOUGH, defaults, learnt
from pamong.engine.gaps import gaps
from pamong.engine.index import score
from pamong.engine.situation import INSTITUTION, Situation
from tests.engine.given import EDITION, innovation_inputs, level_maps

calmly = settings(deadline=None, max_examples=60)
editions = st.sampled_from([load(code) for code in available()])
sent = st.lists(innovation_inputs(EDITION), max_size=14, unique_by=lambda each: each.code)


@calmly
@given(editions, level_maps(EDITION.institution_codes), sent)
def test_the_short_path_gives_the_index_of_the_explained_one(edition, own, innovations) -> None:
    situation = Situation(edition, own, tuple(innovations))
    assert situation.index == score(edition, own, innovations).exact_index
    assert situation.parts.total == score(edition, own, innovations).exact_total


@calmly
@given(editions, level_maps(EDITION.institution_codes), sent)
def test_the_gain_of_every_step_is_what_the_index_really_changes(edition, own, innovations) -> None:
    situation = Situation(edition, own, tuple(innovations))
    found = gaps(situation, defaults(edition))
    for gap in found[:: max(1, len(found) // 8)]:
        for step in gap.steps:
            after = situation.raised({step.place: step.level})
            assert score(edition, after.institution, after.innovations).exact_index - situation.index == step.gain


def test_gaps_name_every_level_that_has_an_effort_and_is_not_reached() -> None:
    levels = dict.fromkeys(EDITION.innovation_codes, 3) | {"16": 1}
    from pamong.engine.index import InnovationInput

    situation = Situation(
        EDITION, {}, (InnovationInput("a", "sosial", levels), InnovationInput("b", "sosial", {}, False))
    )
    found = [gap for gap in gaps(situation, defaults(EDITION)) if gap.innovation != INSTITUTION]
    assert [(gap.innovation, gap.indicator, gap.level, [step.level for step in gap.steps]) for gap in found] == [
        ("a", "16", 1, [2, 3])
    ]
    step = found[0].steps[1]
    assert (step.points, step.days, step.lead) == (6, 40, 240)
    assert step.gain == Fraction(6, 12) / 250 * 100


def test_nobody_plans_what_the_economy_decides() -> None:
    planned = {gap.indicator for gap in gaps(Situation(EDITION, {}, ()), defaults(EDITION))}
    assert planned == {"1", "2a", "2b", "9", "12", "13a", "13b", "14", "15"}


@pytest.mark.parametrize("code", available())
def test_every_indicator_of_every_edition_has_an_estimate(code: str) -> None:
    edition = load(code)
    for indicator in edition.innovation_codes:
        assert [(indicator, level) in defaults(edition) for level in (1, 2, 3)] == [True] * 3


def test_too_few_cases_teach_nothing_and_enough_give_their_middle() -> None:
    assert learnt([3] * (ENOUGH - 1)) is None
    found = learnt([40, 2, 9, 30, 7])
    assert found is not None
    assert (found.days, found.cases) == (9, 5)
