"""How much work a level takes: what the region says, else what its own years show, else Pamong's estimate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pamong.agencies.models import Region
from pamong.assessments.models import Verdict
from pamong.engine.edition import Edition, Indicator
from pamong.engine.efforts import Learnt, defaults, learnt
from pamong.engine.gaps import Effort, Efforts
from pamong.planning.models import EffortSetting, Task

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class EffortLine:
    """One level of one indicator: the effort in force, whether the region set it, and what its history shows.

    ``took``: calendar days from entering the year to being proven; ``worked``: working days people said they spent."""

    indicator: Indicator
    level: int
    effort: Effort
    is_set: bool
    took: Learnt | None
    worked: Learnt | None

    @property
    def source(self) -> str:
        if self.is_set:
            return "ditetapkan daerah"
        learnt = [
            f"{what} dari {each.cases} kasus" for what, each in (("kerja", self.worked), ("waktu", self.took)) if each
        ]
        return ", ".join(learnt) if learnt else "perkiraan Pamong"


def efforts(region: Region, edition: Edition) -> Efforts:
    """What the planner reckons with in ``region``."""
    return {(line.indicator.code, line.level): line.effort for line in lines(region, edition)}


def lines(region: Region, edition: Edition) -> list[EffortLine]:
    """Every level that can be planned, in the edition's order. Three queries."""
    own = {(each.indicator, each.level): each for each in EffortSetting.objects.filter(region=region)}
    took, worked = _learnt(_took(region)), _learnt(_worked(region))
    supposed = defaults(edition)
    return [
        _line(edition.indicator(code), level, supposed[code, level], own.get((code, level)), took, worked)
        for code, level in _ordered(edition, supposed)
    ]


def _line(
    indicator: Indicator,
    level: int,
    supposed: Effort,
    own: EffortSetting | None,
    took: Mapping[Key, Learnt],
    worked: Mapping[Key, Learnt],
) -> EffortLine:
    key = indicator.code, level
    effort = supposed
    if found := worked.get(key):
        effort = replace(effort, days=Decimal(found.days))
    if found := took.get(key):
        effort = replace(effort, lead=found.days)
    if own:
        effort = Effort(own.days, own.cost, own.lead)
    return EffortLine(indicator, level, effort, own is not None, took.get(key), worked.get(key))


def _ordered(edition: Edition, supposed: Mapping[Key, Effort]) -> list[Key]:
    return sorted(supposed, key=lambda key: (list(edition.indicators).index(key[0]), key[1]))


def _learnt(cases: Iterable[tuple[str, int, int]]) -> dict[Key, Learnt]:
    by_key: dict[Key, list[int]] = {}
    for indicator, level, days in cases:
        by_key.setdefault((indicator, level), []).append(days)
    return {key: found for key, days in by_key.items() if (found := learnt(days))}


def _took(region: Region) -> list[tuple[str, int, int]]:
    """Indicator, level and calendar days of everything proven in the region, from entering the year to the verdict.

    What was entered and judged on one day was typed in afterwards: it says nothing about work."""
    rows = Verdict.objects.filter(region=region, stands=True, level__gt=0).order_by()
    return [
        (indicator, level, (at - begun).days)
        for indicator, level, at, begun in rows.values_list("indicator", "level", "at", "entry__created_at")
        if (at - begun).days
    ]


def _worked(region: Region) -> list[tuple[str, int, int]]:
    """Indicator, level and working days of tasks that raised one level only, as their people reported."""
    rows = Task.objects.filter(region=region, spent__isnull=False).values_list("indicator", "level", "start", "spent")
    return [(indicator, level, round(spent or 0)) for indicator, level, start, spent in rows if level == start + 1]
