"""A region's figures as something to think with: what is sent, at which levels, under which rules, and what if not.

``score`` explains; here only totals are needed, hundreds of times, so they are summed as whole numbers and handed to the
edition's own formula. A property test holds both to the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from pamong.engine.formulas import FORMULAS, Parts, Tally
from pamong.engine.index import InnovationInput, RegionScore, score
from pamong.engine.model import Counted, Edition

INSTITUTION = ""  # stands where an innovation's code would: the region's own indicators

Place = tuple[str, str]  # (innovation code or INSTITUTION, indicator code)


@dataclass(frozen=True)
class Situation:
    """What a region sends: the levels of its own indicators and of every innovation, under one edition.

    ``innovations`` counts as sent as it stands; levels are those the reader wants to reason about (claimed, proven or
    supposed)."""

    edition: Edition
    institution: Mapping[str, int]
    innovations: tuple[InnovationInput, ...]

    @cached_property
    def tally(self) -> Tally:
        """The sums the formula looks at."""
        return tally(self.edition, self.institution, self.innovations)

    @cached_property
    def parts(self) -> Parts:
        """The parts of the total, exact."""
        return FORMULAS[self.edition.formula](self.edition, self.tally)

    @cached_property
    def index(self) -> Fraction:
        """The index before rounding."""
        return index_of(self.edition, self.tally)

    def score(self) -> RegionScore:
        """The index with every line that explains it. Raises as ``index.score``."""
        return score(self.edition, self.institution, self.innovations)

    def level(self, place: Place) -> int:
        """The level at ``place``; raises ``KeyError`` for an innovation that is not sent."""
        innovation, indicator = place
        levels = self.institution if innovation == INSTITUTION else self.by_code[innovation].levels
        return levels.get(indicator, 0)

    @cached_property
    def by_code(self) -> dict[str, InnovationInput]:
        return {each.code: each for each in self.innovations}

    def raised(self, levels: Mapping[Place, int]) -> Situation:
        """The same with other levels at some places."""
        own = {indicator: level for (code, indicator), level in levels.items() if code == INSTITUTION}
        changed: dict[str, dict[str, int]] = {}
        for (code, indicator), level in levels.items():
            changed.setdefault(code, {})[indicator] = level
        innovations = tuple(
            replace(each, levels={**each.levels, **changed[each.code]}) if each.code in changed else each
            for each in self.innovations
        )
        return Situation(self.edition, {**self.institution, **own}, innovations)

    def sending(self, innovations: Sequence[InnovationInput]) -> Situation:
        """The same region sending other innovations."""
        return Situation(self.edition, self.institution, tuple(innovations))


def points(edition: Edition, innovation: InnovationInput) -> Fraction:
    """The maturity of one innovation: nothing if it was not accepted. Levels of indicators the edition lacks count nothing."""
    if not innovation.accepted:
        return Fraction(0)
    return claimed_points(edition, innovation)


def claimed_points(edition: Edition, innovation: InnovationInput) -> Fraction:
    """The maturity of one innovation as if it were accepted."""
    return _weighted(_weights(edition), innovation.levels)


def institution_points(edition: Edition, levels: Mapping[str, int]) -> Fraction:
    """The points of the region's own indicators. Levels of indicators the edition lacks count nothing."""
    return _weighted({each.code: Fraction(each.weight) for each in edition.institution}, levels)


def tally(edition: Edition, institution: Mapping[str, int], innovations: Sequence[InnovationInput]) -> Tally:
    """The sums the formula looks at."""
    weights = _weights(edition)
    counts: dict[str, int] = dict.fromkeys(weights, 0)
    accepted = [each for each in innovations if each.accepted]
    for each in accepted:
        for code, level in each.levels.items():
            if code in counts:
                counts[code] += level
    return Tally(
        institution=institution_points(edition, institution),
        maturities=_weighted(weights, counts),
        reported=len(innovations),
        accepted=len(accepted),
        affairs=covered(edition, innovations),
    )


def covered(edition: Edition, innovations: Sequence[InnovationInput]) -> int:
    """How many of the affairs that must be represented are."""
    every = edition.count.affairs_use is Counted.REPORTED
    present = {each.affair for each in innovations if every or each.accepted}
    return len(present & set(edition.count.affairs))


def index_of(edition: Edition, given: Tally) -> Fraction:
    """The index before rounding that the edition's formula gives for ``given``."""
    return FORMULAS[edition.formula](edition, given).total / Fraction(edition.declared.total) * 100


def _weights(edition: Edition) -> dict[str, Fraction]:
    return {each.code: Fraction(each.weight) for each in edition.innovation}


def _weighted(weights: Mapping[str, Fraction], levels: Mapping[str, int]) -> Fraction:
    return sum((weights[code] * level for code, level in levels.items() if code in weights), Fraction(0))
