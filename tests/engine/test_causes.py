"""The change of an index, split among its causes: exact, and independent of any order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pamong.engine.causes import OF_INDEX, Cause, Part, Split, facts, rank_among, shapley, split, split_rank
from pamong.engine.edition import available, load
from pamong.engine.index import InnovationInput, rounded
from pamong.engine.situation import Situation
from pamong.engine.telling import told
from tests.engine.given import EDITION, innovation_inputs, level_maps

calmly = settings(deadline=None, max_examples=30)
situations = st.builds(
    Situation,
    st.sampled_from([load(code) for code in available()]),
    level_maps(EDITION.institution_codes),
    st.lists(innovation_inputs(EDITION), max_size=14, unique_by=lambda each: each.code).map(tuple),
)
FULL = dict.fromkeys(EDITION.innovation_codes, 3)


def _sent(number: int, levels: dict[str, int], affairs: tuple[str, ...] = EDITION.basic_affairs):
    return tuple(InnovationInput(f"i{at}", affairs[at % len(affairs)], levels) for at in range(number))


@calmly
@given(situations, situations)
def test_the_parts_sum_to_the_change_exactly(before, after) -> None:
    found = split(before, after)
    assert (found.before, found.after) == (before.index, after.index)
    assert sum(part.amount for part in found.parts) == after.index - before.index


@calmly
@given(situations, situations)
def test_backwards_every_part_only_changes_its_sign(before, after) -> None:
    there, back = split(before, after), split(after, before)
    assert {part.cause: part.amount for part in there.parts} == {part.cause: -part.amount for part in back.parts}


@calmly
@given(situations, situations)
def test_the_printed_parts_sum_to_the_printed_change(before, after) -> None:
    found = split(before, after)
    printed = found.printed(2)
    assert sum(amount for _, amount in printed) == after.score().index - before.score().index
    assert all(abs(Fraction(amount) - part.amount) < Fraction(2, 100) for part, amount in printed)


@calmly
@given(situations, situations, st.lists(st.decimals(0, 100, places=2), max_size=8), st.data())
def test_the_parts_of_a_rank_sum_to_its_change(before, after, peers, data) -> None:
    later = data.draw(st.lists(st.decimals(0, 100, places=2), min_size=len(peers), max_size=len(peers)))
    found = split_rank(before, after, (peers, later))
    assert found.before == rank_among(before.score().index, peers)
    assert found.after == rank_among(after.score().index, later)
    assert sum(part.amount for part in found.parts) == found.change


@calmly
@given(situations, situations, st.permutations(OF_INDEX))
def test_no_order_of_the_causes_changes_a_part(before, after, order) -> None:
    def value(on):
        return Fraction(len(on) ** 2 + (Cause.RULES in on) * (Cause.SENT in on) * 7)

    assert {p.cause: p.amount for p in shapley(order, value)} == {p.cause: p.amount for p in shapley(OF_INDEX, value)}


def test_what_did_not_change_has_no_part() -> None:
    before = Situation(EDITION, {}, _sent(20, FULL))
    found = split(before, Situation(EDITION, {"12": 3}, before.innovations))
    assert {part.cause: part.amount for part in found.parts if part.amount} == {
        Cause.INSTITUTION: Fraction(6 * 100, 250)
    }


def test_a_higher_divisor_is_a_change_of_rules() -> None:
    sent = _sent(12, FULL)
    found = split(Situation(EDITION, {}, sent), Situation(load("iid-2027"), {}, sent))
    assert [part.cause for part in found.parts if part.amount] == [Cause.RULES]
    assert found.change == Fraction(12 * 111, 14) * Fraction(100, 250) - Fraction(111 * 100, 250)


def test_a_rejection_is_told_apart_from_maturity_and_number() -> None:
    sent = _sent(20, FULL)
    after = Situation(EDITION, {}, (replace(sent[0], accepted=False), *sent[1:]))
    found = split(Situation(EDITION, {}, sent), after)
    assert [part.cause for part in found.parts if part.amount] == [Cause.REJECTIONS]
    assert found.change == -Fraction(111, 20) * Fraction(100, 250)


def test_losing_an_affair_and_with_it_the_count_is_told_as_affairs() -> None:
    before = Situation(EDITION, {}, _sent(20, FULL))
    after = Situation(EDITION, {}, _sent(20, FULL, EDITION.basic_affairs[:4]))
    assert [part.cause for part in split(before, after).parts if part.amount] == [Cause.AFFAIRS]


def test_a_rank_lost_to_faster_peers_is_told_as_such() -> None:
    same = Situation(EDITION, {}, _sent(20, FULL))
    own = same.score().index
    found = split_rank(same, same, ([own - 1, own - 2], [own + 1, own + 2]))
    assert [(part.cause, part.amount) for part in found.parts if part.amount] == [(Cause.PEERS, 2)]


def test_facts_count_as_the_edition_counts() -> None:
    sent = _sent(4, {"35": 1})
    found = facts(EDITION, Situation(EDITION, {"1": 2}, (replace(sent[0], accepted=False), *sent[1:])))
    assert (found.institution, found.maturity, found.lost) == (2, 4, Fraction(1, 4))
    assert (found.sent, found.rejected, found.affairs) == (4, 1, 4)


def test_two_sentences_tell_what_carried_and_what_held() -> None:
    parts = (Part(Cause.MATURITY, Fraction(3)), Part(Cause.COUNT, Fraction(1)), Part(Cause.REJECTIONS, Fraction(-1, 2)))
    risen = Split(Fraction(50), Fraction(107, 2), parts)
    assert told(risen, "tahun 2025", "tahun 2026") == (
        "Indeks tahun 2026 53,50, naik 3,50 dari tahun 2025 (50,00).",
        "Terutama karena kematangan inovasi (+3,00) dan jumlah inovasi (+1,00); tertahan oleh penolakan (−0,50).",
    )
    fallen = Split(Fraction(50), Fraction(99, 2), parts[2:])
    assert told(fallen, "Kota A", "Kota B", in_time=False) == (
        "Indeks Kota B 49,50, 0,50 lebih rendah daripada Kota A (50,00).",
        "Terutama karena penolakan (−0,50).",
    )
    assert told(Split(Fraction(50), Fraction(50), ()), "A", "B") == (
        "Indeks B 50,00, sama dengan A (50,00).",
        "Tidak ada penyebab yang mengubahnya.",
    )


def test_the_first_sentence_is_rounded_as_published() -> None:
    assert rounded(Fraction(65005, 1000), 2) == Decimal("65.01")
    assert told(Split(Fraction(65005, 1000), Fraction(65005, 1000), ()), "A", "B")[0].startswith("Indeks B 65,01")
