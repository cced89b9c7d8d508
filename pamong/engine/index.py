"""Scores: the maturity of one innovation, and the index of a region, each with the lines it is the sum of.

Sums are exact (``Fraction``); what is published is ``Decimal``. The mean of the maturities is the only line that may
not terminate, so it alone is rounded (half up, to the edition's score decimals) and the printed total is still exactly
the sum of the printed lines. The index is rounded once, from the exact total; its band is taken after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pamong.engine.formulas import FORMULAS, Parts, Tally
from pamong.engine.measure import level_for_option, level_for_value
from pamong.engine.model import TOP_LEVEL, Band, Counted, Edition, Indicator

__all__ = [
    "MEAN_LINE",
    "BandDistance",
    "InnovationInput",
    "InvalidLevels",
    "Line",
    "MaturityScore",
    "Part",
    "RegionScore",
    "Stake",
    "band_of",
    "distance_to_next_band",
    "index_gain",
    "institution",
    "level_for_option",
    "level_for_value",
    "maturity",
    "points_at_stake",
    "rounded",
    "score",
]

MEAN_LINE = "kematangan"
_NOTHING = Decimal(0)


class InvalidLevels(ValueError):
    """A level is not 0, 1, 2 or 3, or belongs to an indicator the edition does not have."""


@dataclass(frozen=True)
class InnovationInput:
    """One innovation sent by the region. ``levels`` by indicator code; absent is 0. ``affair`` is its main affair."""

    code: str
    affair: str
    levels: Mapping[str, int]
    accepted: bool = True


@dataclass(frozen=True)
class Line:
    """One addend of a score. ``level`` and ``weight`` are ``None`` where the points do not come from a level."""

    code: str
    label: str
    level: int | None
    weight: Decimal | None
    points: Decimal
    maximum: Decimal
    source: str


Ladder = Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class MaturityScore:
    """The maturity (skor kematangan) of one innovation: the sum of its lines."""

    code: str
    points: Decimal
    lines: tuple[Line, ...]
    accepted: bool = True
    missing_mandatory: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One of the three parts of the total, beside the most it can be."""

    code: str
    label: str
    points: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class RegionScore:
    """The index of a region. ``total`` is the sum of ``lines``; ``index`` is ``exact_index`` rounded once.

    Rank by ``exact_index``, publish ``index``. ``maturity`` is the mean: Σ maturity ÷ ``divisor``."""

    edition: str
    digest: str
    institution: Decimal
    maturity: Decimal
    count: Decimal
    total: Decimal
    index: Decimal
    band: Band
    reported: int
    accepted: int
    divisor: int
    affairs: int
    innovations: tuple[MaturityScore, ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    exact_total: Fraction
    exact_index: Fraction


@dataclass(frozen=True)
class Stake:
    """What one more level of an indicator is worth, and what its highest level is worth, in maturity points."""

    code: str
    level: int
    next_points: Decimal
    all_points: Decimal
    mandatory: bool


@dataclass(frozen=True)
class BandDistance:
    """How far the next better band is: in published index points, and in points of the total (exact, per 250)."""

    band: Band
    index_points: Decimal
    total_points: Fraction


def maturity(edition: Edition, levels: Mapping[str, int], *, code: str = "", accepted: bool = True) -> MaturityScore:
    """The maturity of one innovation: Σ level × weight. If not ``accepted``, every level counts as unproven, so zero.

    Raises ``InvalidLevels``."""
    return _maturity(edition, _ladder(edition.innovation), InnovationInput(code, "", levels, accepted))


def institution(edition: Edition, levels: Mapping[str, int]) -> tuple[Line, ...]:
    """The score lines of the local government itself (SPD). Raises ``InvalidLevels``."""
    return _lines(_ladder(edition.institution), levels)


def score(
    edition: Edition, institution_levels: Mapping[str, int], innovations: Sequence[InnovationInput]
) -> RegionScore:
    """The index of a region from the levels of its institution and of every innovation it sent.

    The order of ``innovations`` does not change the index. Raises ``InvalidLevels``, and ``KeyError`` for an affair
    the edition does not have."""
    own = institution(edition, institution_levels)
    ladder = _ladder(edition.innovation)
    matured = tuple(_maturity(edition, ladder, each) for each in innovations)
    tally = _tally(edition, own, matured, innovations)
    parts = FORMULAS[edition.formula](edition, tally)
    exact_index = parts.total / Fraction(edition.declared.total) * 100
    index = rounded(exact_index, edition.rounding.index_decimals)
    lines = (*own, _mean_line(edition, parts), _count_line(edition, parts))
    return RegionScore(
        edition=edition.code,
        digest=edition.digest,
        institution=_sum(own),
        maturity=lines[-2].points,
        count=lines[-1].points,
        total=_sum(lines),
        index=index,
        band=_region_band(edition, index, tally.reported),
        reported=tally.reported,
        accepted=tally.accepted,
        divisor=parts.divisor,
        affairs=tally.affairs,
        innovations=matured,
        lines=lines,
        parts=_parts(edition, _sum(own), lines[-2].points, lines[-1].points),
        exact_total=parts.total,
        exact_index=exact_index,
    )


def band_of(edition: Edition, index: Decimal) -> Band:
    """The band of a published index (two decimals)."""
    return next(band for band in edition.bands if index >= band.lower)


def distance_to_next_band(edition: Edition, result: RegionScore) -> BandDistance | None:
    """How far the band above ``result.index`` is; ``None`` in the best band."""
    better = [band for band in edition.bands if band.lower > result.index]
    if not better:
        return None
    band = better[-1]
    half_step = Fraction(1, 2 * 10**edition.rounding.index_decimals)
    needed = (Fraction(band.lower) - half_step) * Fraction(edition.declared.total) / 100
    return BandDistance(band, band.lower - result.index, needed - result.exact_total)


def points_at_stake(edition: Edition, levels: Mapping[str, int]) -> tuple[Stake, ...]:
    """What each indicator below its highest level could still give, most rewarding next step first."""
    lines = _lines(_ladder(edition.innovation), levels)
    stakes = [
        Stake(line.code, level, indicator.weight, indicator.weight * (TOP_LEVEL - level), indicator.mandatory)
        for line, indicator in zip(lines, edition.innovation, strict=True)
        if (level := line.level or 0) < TOP_LEVEL
    ]
    return tuple(sorted(stakes, key=lambda stake: (-stake.next_points, -stake.all_points)))


def index_gain(edition: Edition, points: Decimal, divisor: int) -> Fraction:
    """What ``points`` of maturity of one innovation add to the region's index, exact."""
    return Fraction(points) / divisor / Fraction(edition.declared.total) * 100


def rounded(value: Fraction | Decimal, decimals: int) -> Decimal:
    """``value`` rounded half up to so many decimals. Values are never negative here."""
    scaled = Fraction(value) * 10**decimals
    return Decimal(int(scaled + Fraction(1, 2))).scaleb(-decimals)


def _ladder(indicators: Sequence[Indicator]) -> Ladder:
    """For each indicator its line at every level: a region's innovations have thousands of lines, few of them different."""
    return {each.code: tuple(_line(each, level) for level in range(TOP_LEVEL + 1)) for each in indicators}


def _maturity(edition: Edition, ladder: Ladder, given: InnovationInput) -> MaturityScore:
    lines = _lines(ladder, given.levels)
    missing = tuple(line.code for line in lines if not line.level and line.code in edition.mandatory_codes)
    if not given.accepted:
        lines = _lines(ladder, {})
    return MaturityScore(given.code, _sum(lines), lines, given.accepted, missing)


def _lines(ladder: Ladder, levels: Mapping[str, int]) -> tuple[Line, ...]:
    for code, level in levels.items():
        if code not in ladder:
            raise InvalidLevels(f"{code!r} is not an indicator here")
        if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= TOP_LEVEL:
            raise InvalidLevels(f"level of {code} must be 0 to {TOP_LEVEL}, not {level!r}")
    return tuple(rungs[levels.get(code, 0)] for code, rungs in ladder.items())


def _line(indicator: Indicator, level: int) -> Line:
    points = indicator.weight * level
    return Line(indicator.code, indicator.name, level, indicator.weight, points, indicator.maximum, indicator.source)


def _mean_line(edition: Edition, parts: Parts) -> Line:
    points = rounded(parts.maturity, edition.rounding.score_decimals)
    label = f"Rata-rata kematangan (dibagi {parts.divisor})"
    return Line(MEAN_LINE, label, None, None, points, edition.maturity_maximum, edition.divisor.source)


def _count_line(edition: Edition, parts: Parts) -> Line:
    count = edition.count
    points = rounded(parts.count, edition.rounding.score_decimals)
    return Line(count.code, count.name, None, count.weight, points, edition.count_maximum, count.source)


def _sum(lines: Iterable[Line]) -> Decimal:
    return sum((line.points for line in lines), _NOTHING)


def _tally(
    edition: Edition, own: Sequence[Line], matured: Sequence[MaturityScore], innovations: Sequence[InnovationInput]
) -> Tally:
    return Tally(
        institution=Fraction(_sum(own)),
        maturities=Fraction(sum((each.points for each in matured), _NOTHING)),
        reported=len(innovations),
        accepted=sum(each.accepted for each in innovations),
        affairs=_affairs(edition, innovations),
    )


def _affairs(edition: Edition, innovations: Sequence[InnovationInput]) -> int:
    """How many of the counted (basic) affairs are represented."""
    every = edition.count.affairs_use is Counted.REPORTED
    present = {edition.affairs_by_code[each.affair].code for each in innovations if every or each.accepted}
    return len(present & set(edition.count.affairs))


def _region_band(edition: Edition, index: Decimal, reported: int) -> Band:
    if not reported and edition.banding.without_innovations:
        return next(band for band in edition.bands if band.code == edition.banding.without_innovations)
    return band_of(edition, index)


def _parts(edition: Edition, own: Decimal, mean: Decimal, count: Decimal) -> tuple[Part, ...]:
    return (
        Part("institution", "Satuan pemerintah daerah", own, edition.institution_maximum),
        Part("maturity", "Rata-rata kematangan inovasi", mean, edition.maturity_maximum),
        Part("count", edition.count.name, count, edition.count_maximum),
    )
