"""How long thinking ahead takes: ``python -m benchmarks.bench_planner``. Measured, never asserted.

A region of 200 innovations in 30 agencies, levels spread as in life, seeded.
"""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

from benchmarks.bench_engine import measured
from pamong.engine.causes import split, split_rank
from pamong.engine.edition import load
from pamong.engine.efforts import defaults
from pamong.engine.gaps import gaps
from pamong.engine.index import InnovationInput
from pamong.engine.planner import Limits, Planner
from pamong.engine.portfolio import Portfolio, Prospect
from pamong.engine.situation import INSTITUTION, Situation

SEED, INNOVATIONS, AGENCIES, PEERS = 20260429, 200, 30, 552


def region(seed: int = SEED) -> tuple[Situation, dict[str, str]]:
    """A region, and whose each innovation is."""
    dice, edition = random.Random(seed), load("iid-2026")
    affairs = [each.code for each in edition.affairs]
    innovations = tuple(
        InnovationInput(
            f"i{at}", dice.choice(affairs), {code: dice.choice((0, 0, 1, 2, 2, 3)) for code in edition.innovation_codes}
        )
        for at in range(INNOVATIONS)
    )
    agencies = {each.code: f"opd-{dice.randrange(AGENCIES):02}" for each in innovations}
    own = {code: dice.randrange(4) for code in edition.institution_codes}
    return Situation(edition, own, innovations), agencies | {INSTITUTION: "bappeda"}


def main() -> None:
    situation, agencies = region()
    efforts = defaults(situation.edition)
    limits = Limits(otherwise=Decimal(20), until=180)
    planner = Planner(situation, efforts, agencies, limits)
    prospects = [Prospect(each, Fraction(80 + at % 21, 100)) for at, each in enumerate(situation.innovations)]
    best = Portfolio(situation, prospects).best()
    other = region(7)[0]
    peers = [Decimal(at * 18) / 100 for at in range(PEERS)]

    measured(f"every gap of {INNOVATIONS} innovations", lambda: gaps(situation, efforts))
    measured("best plan, model included", lambda: Planner(situation, efforts, agencies, limits).best())
    measured("least work to three points more", lambda: planner.least(planner.before.index + 3))
    measured("what ten days more buy, each agency", planner.next_ten)
    measured(f"gain curve, {len(planner.curve())} solutions", planner.curve)
    measured("best portfolio and its curve", lambda: Portfolio(situation, prospects).best())
    measured("effect of each of 200", lambda: Portfolio(situation, prospects).effects(best.codes))
    measured("chance of a target", lambda: Portfolio(situation, prospects).chance(best.codes, Decimal("65.01")))
    measured("one what-if: twenty levels changed, index explained", lambda: _what_if(situation))
    measured("causes of a change of the index", lambda: split(situation, other))
    measured(f"causes of a change of rank among {PEERS}", lambda: split_rank(situation, other, (peers, peers)))


def _what_if(situation: Situation) -> object:
    changes = {(f"i{at}", "35"): 3 for at in range(20)}
    return situation.raised(changes).score()


if __name__ == "__main__":
    main()
