"""Reading the input of ``pamong score``: JSON text in, engine input out, or every fault with its JSON path.

Strict on purpose: repeated and unknown keys, booleans, floats and numbers in quotes are refused, because a silently
dropped level would be a wrong score. The contract is docs/reference/score.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pamong.engine.edition import Edition, EditionUnknown, load
from pamong.engine.index import InnovationInput
from pamong.engine.model import TOP_LEVEL
from pamong.engine.strict_json import MAX_BYTES, InputRefused, Object, Reader, at, parse, shown

MAX_CODE_LENGTH = 200
STATUSES = ("accepted", "rejected")


@dataclass(frozen=True)
class ScoreInput:
    """What is to be scored."""

    edition: Edition
    institution: dict[str, int]
    innovations: tuple[InnovationInput, ...]


@dataclass
class _Reader(Reader):
    """``edition`` is known once its code has been read."""

    edition: Edition | None = None


def read_input(content: bytes) -> ScoreInput:
    """The input written in ``content``. Raises ``InputRefused``."""
    reader = _Reader()
    document = reader.object("$", parse(content, MAX_BYTES), ("edition", "institution", "innovations"))
    reader.edition = _edition(reader, document.get("edition")) if "edition" in document else None
    own = _levels(reader, "$.institution", document.get("institution", Object()), institution=True)
    innovations = _innovations(reader, document.get("innovations", []))
    if reader.faults or reader.edition is None:
        raise InputRefused(reader.faults)
    return ScoreInput(reader.edition, own, innovations)


def _edition(reader: _Reader, code: Any) -> Edition | None:
    if not isinstance(code, str):
        reader.refuse("$.edition", f"harus teks, bukan {shown(code)}")
        return None
    try:
        return load(code)
    except EditionUnknown as unknown:
        reader.refuse("$.edition", f"edisi {shown(code)} tidak dikenal; yang tersedia: {', '.join(unknown.available)}")
        return None


def _levels(reader: _Reader, path: str, value: Any, *, institution: bool) -> dict[str, int]:
    """Levels by indicator code. Codes are only checked when the edition is known."""
    if not isinstance(value, Object):
        reader.refuse(path, f"harus objek, bukan {shown(value)}")
        return {}
    reader.repeated(path, value)
    known = reader.edition and (reader.edition.institution_codes if institution else reader.edition.innovation_codes)
    for code, level in value.items():
        if known and code not in known:
            reader.refuse(at(path, code), f"indikator tidak dikenal; yang ada: {', '.join(known)}")
        elif type(level) is not int or not 0 <= level <= TOP_LEVEL:
            reader.refuse(at(path, code), f"harus bilangan bulat 0 sampai {TOP_LEVEL}, bukan {shown(level)}")
    return value


def _innovations(reader: _Reader, value: Any) -> tuple[InnovationInput, ...]:
    if not isinstance(value, list):
        reader.refuse("$.innovations", f"harus larik, bukan {shown(value)}")
        return ()
    first: dict[str, str] = {}
    return tuple(_innovation(reader, f"$.innovations[{at}]", each, first) for at, each in enumerate(value))


def _innovation(reader: _Reader, path: str, value: Any, first: dict[str, str]) -> InnovationInput:
    """One innovation; ``first`` remembers where each code was seen first."""
    entry = reader.object(path, value, ("code", "affair", "status", "levels"))
    for message in _code_faults(entry, first):
        reader.refuse(f"{path}.code", message)
    if isinstance(code := entry.get("code"), str):
        first.setdefault(code, path)
    for key, message in _choice_faults(reader, entry):
        reader.refuse(f"{path}.{key}", message)
    levels = _levels(reader, f"{path}.levels", entry.get("levels", Object()), institution=False)
    return InnovationInput(str(code), str(entry.get("affair")), levels, entry.get("status") == "accepted")


def _code_faults(entry: Object, first: dict[str, str]) -> Iterator[str]:
    if "code" not in entry:
        return
    code = entry["code"]
    if not isinstance(code, str):
        yield f"harus teks, bukan {shown(code)}"
    elif not 0 < len(code) <= MAX_CODE_LENGTH:
        yield f"panjangnya harus 1 sampai {MAX_CODE_LENGTH} huruf"
    elif any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in code):
        yield "memuat huruf yang tidak dapat ditulis"
    elif code in first:
        yield f"sudah dipakai oleh {first[code]}"


def _choice_faults(reader: _Reader, entry: Object) -> Iterator[tuple[str, str]]:
    if "affair" in entry and not isinstance(entry["affair"], str):
        yield "affair", f"harus teks, bukan {shown(entry['affair'])}"
    elif "affair" in entry and reader.edition and entry["affair"] not in reader.edition.affairs_by_code:
        yield (
            "affair",
            f"urusan {shown(entry['affair'])} tidak dikenal; daftarnya ada pada edisi {reader.edition.code}",
        )
    if "status" in entry and entry["status"] not in STATUSES:
        yield "status", f"harus accepted atau rejected, bukan {shown(entry['status'])}"
