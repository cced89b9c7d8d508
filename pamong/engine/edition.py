"""Editions: the rules of each assessment year, read from sealed TOML files and kept in memory.

``load("iid-2026")`` gives the rules, ``available()`` the codes. The classes are re-exported here, so that others
need to know this one module only.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from pamong.engine.faults import EditionInvalid, Fault, placed
from pamong.engine.model import (
    TOP_LEVEL,
    Affair,
    Band,
    Basis,
    Choice,
    Confidence,
    Counted,
    Direction,
    Edition,
    Evidence,
    EvidenceRequirement,
    Field,
    Indicator,
    Level,
    Measure,
    Option,
    ProcessStage,
    Source,
    Status,
    Unverified,
)
from pamong.engine.reading import read
from pamong.engine.validation import validate

__all__ = [
    "TOP_LEVEL",
    "Affair",
    "Band",
    "Basis",
    "Choice",
    "Confidence",
    "Counted",
    "Direction",
    "Edition",
    "EditionInvalid",
    "EditionUnknown",
    "Evidence",
    "EvidenceRequirement",
    "Fault",
    "Field",
    "Indicator",
    "Level",
    "Measure",
    "Option",
    "ProcessStage",
    "Source",
    "Status",
    "Unverified",
    "available",
    "load",
    "parse",
]

FOLDER = Path(__file__).parent / "editions"


class EditionUnknown(KeyError):
    """No edition has this code."""

    def __init__(self, code: str) -> None:
        self.code, self.available = code, available()
        super().__init__(code)

    def __str__(self) -> str:
        return f"edisi {self.code!r} tidak dikenal; yang tersedia: {', '.join(self.available)}"


@cache
def available() -> tuple[str, ...]:
    """The codes of all editions, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("iid-*.toml")))


@cache
def load(code: str) -> Edition:
    """The edition ``code``. Raises ``EditionUnknown``, or ``EditionInvalid`` if its file is faulty."""
    if code not in available():
        raise EditionUnknown(code)
    return parse((FOLDER / f"{code}.toml").read_bytes(), file=f"{code}.toml")


def parse(content: bytes, *, file: str = "") -> Edition:
    """The edition written in ``content`` (TOML, UTF-8), checked. Raises ``EditionInvalid`` naming every fault and its line."""
    text = _text(content, file)
    try:
        edition = read(Edition, _toml(text, file))
    except EditionInvalid as invalid:
        raise EditionInvalid(placed(invalid.faults, file=file, text=text)) from None
    if faults := validate(edition):
        raise EditionInvalid(placed(faults, file=file, text=text))
    return replace(edition, digest=hashlib.sha256(content).hexdigest())


def _text(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditionInvalid(
            [Fault("", f"bukan UTF-8: {error.reason}.", "Simpan berkas sebagai UTF-8.", file)]
        ) from None


def _toml(text: str, file: str) -> dict[str, object]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise EditionInvalid([Fault("", f"bukan TOML yang sah: {error}.", "Perbaiki tulisannya.", file)]) from None
