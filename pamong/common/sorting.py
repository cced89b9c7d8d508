"""Column headings that sort a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.http import QueryDict


class Head(NamedTuple):
    """A column heading that sorts."""

    label: str
    query: str
    direction: str


def heads(parameters: QueryDict, current: str, columns: Iterable[tuple[str, str]]) -> list[Head]:
    """The headings with the address each one sorts by: a second press turns the order round."""
    made = []
    for key, label in columns:
        turned = parameters.copy()
        turned["urut"] = f"-{key}" if current == key else key
        turned.pop("page", None)
        direction = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
        made.append(Head(label, turned.urlencode(), direction))
    return made
