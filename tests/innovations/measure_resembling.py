"""How good the likeness of innovations is: the same idea in another hand's words, and other ideas of the same fields."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pamong.innovations import resembling
from pamong.innovations.models import Innovation

IDEAS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "alike.toml").read_text(encoding="utf-8"))
HEAD = f"""## Innovations that are alike

While an innovation is written, up to {resembling.SHOWN} that are like it are shown. On a shelf of {len(IDEAS["ideas"])} innovations each is looked up again three ways,
and {len(IDEAS["strangers"])} ideas of the same fields that are none of them (`tests/innovations/alike.toml`). *First*: how often the right one stands
first. *Others shown*: innovations shown that are another idea; they are a list to look through, not a verdict. The texts are short and of
one hand, written after the ranking and not used to mend it.
"""


def shelf() -> list[Innovation]:
    return [Innovation(name=each["name"], changed=each["changed"], purpose=each["purpose"]) for each in IDEAS["ideas"]]


def looked_up() -> Iterator[tuple[str, list[str]]]:
    """Every way of looking up, and the texts it looks up with, in the order of the shelf."""
    ideas = IDEAS["ideas"]
    yield (
        "the same text under another name",
        [f"{each['again_name']} {each['changed']} {each['purpose']}" for each in ideas],
    )
    yield "the same text without its purpose", [f"{each['again_name']} {each['changed']}" for each in ideas]
    yield "the same idea in other words", [f"{each['again_name']} {each['again']}" for each in ideas]


def shown(text: str, known: list[Innovation]) -> list[int]:
    """The places on the shelf of what the product shows for ``text``."""
    return [known.index(each.innovation) for each in resembling.ranked(text, known)[: resembling.SHOWN]]


def section() -> str:
    """The part of the page about innovations."""
    known = shelf()
    rows = [
        "| Looked up | n | Found | First | Others shown | Precision | Recall |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, texts in looked_up():
        places = [shown(text, known) for text in texts]
        found = sum(at in each for at, each in enumerate(places))
        first = sum(each[:1] == [at] for at, each in enumerate(places))
        others = sum(len(each) for each in places) - found
        rows.append(
            f"| {name} | {len(texts)} | {found} | {first} | {others} | {_share(found, found + others)} | {_share(found, len(texts))} |"
        )
    strange = [len(shown(f"{each['name']} {each['said']}", known)) for each in IDEAS["strangers"]]
    rows.append(f"| another idea of the same field | {len(strange)} | – | – | {sum(strange)} | – | – |")
    return f"{HEAD}\n" + "\n".join(rows) + "\n"


def _share(part: int, whole: int) -> str:
    """Nothing is rounded up."""
    return f"{int(part / whole * 1000) / 1000:.3f}" if whole else "–"
