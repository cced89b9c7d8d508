"""Writing a composite index as plain data for JSON. Contract: docs/reference/composite.md."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pamong.engine.composite.ranks import Distribution
from pamong.engine.composite.scores import Scored
from pamong.engine.composite.spec import Spec


@dataclass(frozen=True)
class Simulated:
    """What a simulation was told, and the distribution of every row's rank."""

    draws: int
    seed: int
    weight_noise: float
    distributions: Sequence[Distribution | None]


def as_data(spec: Spec, result: Scored, digests: Mapping[str, str], simulated: Simulated | None) -> dict[str, Any]:
    """Scores are numbers rounded to ten decimals, ``None`` where missing; rows keep the order of the table."""
    data: dict[str, Any] = {
        "spec_sha256": digests["spec"],
        "data_sha256": digests["data"],
        "index": spec.tree.name,
        "count": len(result.ids),
        "weights": effective_weights(spec),
        "simulation": None,
        "rows": [_row(spec, result, place) for place in range(len(result.ids))],
    }
    if simulated:
        data["simulation"] = {
            "draws": simulated.draws,
            "seed": simulated.seed,
            "weight_noise": simulated.weight_noise,
        }
        for row, found in zip(data["rows"], simulated.distributions, strict=True):
            row["rank_distribution"] = found and {key: round(each, 6) for key, each in asdict(found).items()}
    return data


def effective_weights(spec: Spec) -> dict[str, float]:
    """The share each indicator has in the whole index when nothing is missing, by its name; they sum to 1."""
    found: dict[str, float] = {spec.tree.name: 1.0}
    for group in spec.tree.groups():
        total = math.fsum(child.weight for child in group.children)
        for child in group.children:
            found[child.name] = found[group.name] * child.weight / total
    return {leaf.name: round(found[leaf.name], 10) for leaf in spec.tree.leaves()}


def _row(spec: Spec, result: Scored, place: int) -> dict[str, Any]:
    ranks = {name: int(ranks[place]) or None for name, ranks in result.ranks.items()}
    scores = {name: _number(values[place]) for name, values in result.groups.items()}
    return {
        "id": result.ids[place],
        "score": scores[spec.tree.name],
        "rank": ranks[spec.tree.name],
        "scores": scores,
        "ranks": ranks,
        "indicators": {name: _number(values[place]) for name, values in result.indicators.items()},
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
