"""Reading the input of ``pamong score``: JSON text in, engine input out, or every fault with its JSON path.

Strict on purpose: repeated and unknown keys, booleans, floats and numbers in quotes are refused, because a silently
dropped level would be a wrong score. The contract is docs/reference/score.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pamong.engine.edition import Edition, EditionUnknown, load
from pamong.engine.index import InnovationInput
from pamong.engine.model import TOP_LEVEL

MAX_BYTES = 64 * 1024 * 1024
MAX_CODE_LENGTH = 200
STATUSES = ("accepted", "rejected")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SHOWN = 60


class InputRefused(ValueError):
    """The input cannot be scored; ``faults`` has one line for each reason, beginning with its JSON path."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class ScoreInput:
    """What is to be scored."""

    edition: Edition
    institution: dict[str, int]
    innovations: tuple[InnovationInput, ...]


class _Object(dict[str, Any]):
    """A JSON object that remembers which keys were written more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in times.items() if count > 1)


@dataclass
class _Reader:
    """Walks the document, collecting faults; ``edition`` is known once its code has been read."""

    faults: list[str] = field(default_factory=list)
    edition: Edition | None = None

    def refuse(self, path: str, message: str) -> None:
        self.faults.append(f"{path}: {message}")


def read_input(content: bytes) -> ScoreInput:
    """The input written in ``content``. Raises ``InputRefused``."""
    reader = _Reader()
    document = _object(reader, "$", _parse(content), ("edition", "institution", "innovations"))
    reader.edition = _edition(reader, document.get("edition")) if "edition" in document else None
    own = _levels(reader, "$.institution", document.get("institution", _Object([])), institution=True)
    innovations = _innovations(reader, document.get("innovations", []))
    if reader.faults or reader.edition is None:
        raise InputRefused(reader.faults)
    return ScoreInput(reader.edition, own, innovations)


def _parse(content: bytes) -> Any:
    if len(content) > MAX_BYTES:
        raise InputRefused([f"$: masukan melebihi {MAX_BYTES // 1024 // 1024} MB"])
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_Object)
    except UnicodeDecodeError as error:
        reason = f"$: bukan UTF-8 (bita ke-{error.start + 1})"
    except json.JSONDecodeError as error:
        reason = f"$: bukan JSON yang sah (baris {error.lineno}, kolom {error.colno})"
    except RecursionError:
        reason = "$: kurung bersarang terlalu dalam"
    except ValueError:
        reason = "$: ada bilangan yang terlalu panjang"
    raise InputRefused([reason])


def _object(reader: _Reader, path: str, value: Any, keys: tuple[str, ...]) -> _Object:
    """``value`` as an object with exactly ``keys``; an empty one, and a fault, if it is something else."""
    if not isinstance(value, _Object):
        reader.refuse(path, f"harus objek, bukan {_shown(value)}")
        return _Object([])
    _repeated(reader, path, value)
    for key in value:
        if key not in keys:
            reader.refuse(_at(path, key), f"kunci tidak dikenal; yang boleh: {', '.join(keys)}")
    for key in keys:
        if key not in value:
            reader.refuse(_at(path, key), "wajib ada")
    return value


def _repeated(reader: _Reader, path: str, value: _Object) -> None:
    for key in value.repeated:
        reader.refuse(_at(path, key), "kunci ditulis lebih dari sekali")


def _edition(reader: _Reader, code: Any) -> Edition | None:
    if not isinstance(code, str):
        reader.refuse("$.edition", f"harus teks, bukan {_shown(code)}")
        return None
    try:
        return load(code)
    except EditionUnknown as unknown:
        reader.refuse("$.edition", f"edisi {_shown(code)} tidak dikenal; yang tersedia: {', '.join(unknown.available)}")
        return None


def _levels(reader: _Reader, path: str, value: Any, *, institution: bool) -> dict[str, int]:
    """Levels by indicator code. Codes are only checked when the edition is known."""
    if not isinstance(value, _Object):
        reader.refuse(path, f"harus objek, bukan {_shown(value)}")
        return {}
    _repeated(reader, path, value)
    known = reader.edition and (reader.edition.institution_codes if institution else reader.edition.innovation_codes)
    for code, level in value.items():
        if known and code not in known:
            reader.refuse(_at(path, code), f"indikator tidak dikenal; yang ada: {', '.join(known)}")
        elif type(level) is not int or not 0 <= level <= TOP_LEVEL:
            reader.refuse(_at(path, code), f"harus bilangan bulat 0 sampai {TOP_LEVEL}, bukan {_shown(level)}")
    return value


def _innovations(reader: _Reader, value: Any) -> tuple[InnovationInput, ...]:
    if not isinstance(value, list):
        reader.refuse("$.innovations", f"harus larik, bukan {_shown(value)}")
        return ()
    first: dict[str, str] = {}
    return tuple(_innovation(reader, f"$.innovations[{at}]", each, first) for at, each in enumerate(value))


def _innovation(reader: _Reader, path: str, value: Any, first: dict[str, str]) -> InnovationInput:
    """One innovation; ``first`` remembers where each code was seen first."""
    entry = _object(reader, path, value, ("code", "affair", "status", "levels"))
    for message in _code_faults(entry, first):
        reader.refuse(f"{path}.code", message)
    if isinstance(code := entry.get("code"), str):
        first.setdefault(code, path)
    for key, message in _choice_faults(reader, entry):
        reader.refuse(f"{path}.{key}", message)
    levels = _levels(reader, f"{path}.levels", entry.get("levels", _Object([])), institution=False)
    return InnovationInput(str(code), str(entry.get("affair")), levels, entry.get("status") == "accepted")


def _code_faults(entry: _Object, first: dict[str, str]) -> Iterator[str]:
    if "code" not in entry:
        return
    code = entry["code"]
    if not isinstance(code, str):
        yield f"harus teks, bukan {_shown(code)}"
    elif not 0 < len(code) <= MAX_CODE_LENGTH:
        yield f"panjangnya harus 1 sampai {MAX_CODE_LENGTH} huruf"
    elif any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in code):
        yield "memuat huruf yang tidak dapat ditulis"
    elif code in first:
        yield f"sudah dipakai oleh {first[code]}"


def _choice_faults(reader: _Reader, entry: _Object) -> Iterator[tuple[str, str]]:
    if "affair" in entry and not isinstance(entry["affair"], str):
        yield "affair", f"harus teks, bukan {_shown(entry['affair'])}"
    elif "affair" in entry and reader.edition and entry["affair"] not in reader.edition.affairs_by_code:
        yield (
            "affair",
            f"urusan {_shown(entry['affair'])} tidak dikenal; daftarnya ada pada edisi {reader.edition.code}",
        )
    if "status" in entry and entry["status"] not in STATUSES:
        yield "status", f"harus accepted atau rejected, bukan {_shown(entry['status'])}"


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}[{_shown(key)}]"


def _shown(value: Any) -> str:
    """``value`` on one line, short, ASCII only."""
    if isinstance(value, list):
        return "larik"
    if isinstance(value, dict):
        return "objek"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
