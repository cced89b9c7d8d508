"""What the engine's tests are given: cases from TOML, levels in short hand, and strategies for hypothesis."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pamong.engine.edition import Edition, load
from pamong.engine.index import InnovationInput

CASES = Path(__file__).parent / "cases"
EDITION = load("iid-2026")


def cases(name: str, table: str = "case") -> list[dict[str, Any]]:
    """The tables ``[[table]]`` of the case file ``name``."""
    found: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))[table]
    return found


def spread(levels: Mapping[str, int], codes: Iterable[str]) -> dict[str, int]:
    """``{all = 2, 35 = 1}`` written out for every code."""
    own = dict(levels)
    every = own.pop("all", 0)
    return dict.fromkeys(codes, every) | own


def innovations(edition: Edition, groups: Iterable[Mapping[str, Any]]) -> list[InnovationInput]:
    """The innovations a case describes, copies written out, affairs taken in turn."""
    found = []
    for number, group in enumerate(groups):
        levels = spread(group["levels"], edition.innovation_codes)
        for copy, affair in enumerate(islice(cycle(group["affairs"]), group["copies"])):
            accepted = group.get("status", "accepted") == "accepted"
            found.append(InnovationInput(f"{number}-{copy}", affair, levels, accepted))
    return found


def level_maps(codes: Iterable[str]) -> st.SearchStrategy[dict[str, int]]:
    """Levels of any of ``codes``; some are absent."""
    names = tuple(codes)
    marks = st.text("0123-", min_size=len(names), max_size=len(names))
    return marks.map(lambda text: {code: int(mark) for code, mark in zip(names, text, strict=True) if mark != "-"})


def innovation_inputs(edition: Edition) -> st.SearchStrategy[InnovationInput]:
    return st.builds(
        InnovationInput,
        code=st.text(min_size=1, max_size=5),
        affair=st.sampled_from([each.code for each in edition.affairs]),
        levels=level_maps(edition.innovation_codes),
        accepted=st.booleans(),
    )
