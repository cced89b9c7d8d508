"""What the composite tests are given: small specifications and tables, and the index written out in plain Python."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from pamong.engine.composite.spec import Spec
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.table import Table


def spec(*children: Any, **more: Any) -> Spec:
    """An index ``i`` of ``children``: columns by name, or nodes written out."""
    nodes = [{"column": each} if isinstance(each, str) else each for each in children]
    document = {"id": "id", "tree": {"name": "i", "children": nodes}} | more
    return read_spec(json.dumps(document).encode())


def table(**columns: Sequence[float | None]) -> Table:
    """A table of ``columns``; ``None`` is an empty cell."""
    height = len(next(iter(columns.values())))
    values = {name: tuple(math.nan if each is None else float(each) for each in own) for name, own in columns.items()}
    return Table(tuple(f"r{n}" for n in range(height)), values, tuple(range(2, height + 2)))


def by_hand(node: Mapping[str, Any], how: str, values: Mapping[str, Sequence[float]], row: int) -> float | None:
    """The score of one row from normalised values, by the definition of docs/reference/composite.md."""
    if "column" in node:
        value = values[node["column"]][row]
        return None if math.isnan(value) else value
    scores = [(each.get("weight", 1), by_hand(each, how, values, row)) for each in node["children"]]
    present = [(weight, score) for weight, score in scores if score is not None and weight > 0]
    total = sum(weight for weight, _ in present)
    if not total:
        return None
    own = node.get("aggregate", how)
    if own == "arithmetic":
        return sum(weight * score for weight, score in present) / total
    if any(score == 0 for _, score in present):
        return 0.0
    if own == "geometric":
        return math.exp(sum(weight * math.log(score) for weight, score in present) / total)
    return total / sum(weight / score for weight, score in present)


COLUMNS = ("a", "b", "c", "d", "e")
_weights = st.floats(0.1, 9)
_means = st.sampled_from(["arithmetic", "geometric", "harmonic"])


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """A tree over some of ``COLUMNS``, two or three levels deep, with weights and here and there a mean of its own."""
    names = iter(COLUMNS)
    deep = [{"column": next(names), "weight": draw(_weights)} for _ in range(draw(st.integers(1, 3)))]
    flat = [{"column": next(names), "weight": draw(_weights)} for _ in range(draw(st.integers(0, 2)))]
    group = {"name": "g", "weight": draw(_weights), "children": deep}
    if draw(st.booleans()):
        group["aggregate"] = draw(_means)
    return {"name": "i", "children": [group, *flat]}


def tables(rows: int, *, gaps: bool = True) -> st.SearchStrategy[dict[str, list[float | None]]]:
    """Columns of small numbers, many of them equal, some cells empty."""
    cell: st.SearchStrategy[float | None] = st.integers(0, 20).map(float)
    cells = st.lists(st.one_of(cell, cell, cell, st.none()) if gaps else cell, min_size=rows, max_size=rows)
    return st.fixed_dictionaries(dict.fromkeys(COLUMNS, cells))
