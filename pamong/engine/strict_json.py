"""Reading JSON strictly: every fault with its JSON path, nothing guessed, nothing silently dropped.

A key written twice, an unknown key or a number in quotes is a fault, because a value that is dropped in silence makes a
wrong result. Shared by the commands that read JSON: ``pamong score``, ``pamong composite``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

MAX_BYTES = 64 * 1024 * 1024
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_SHOWN = 60


class InputRefused(ValueError):
    """The input cannot be used; ``faults`` has one line for each reason, beginning with where it stands."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Object(dict[str, Any]):
    """A JSON object that remembers which keys were written more than once."""

    def __init__(self, pairs: Sequence[tuple[str, Any]] = ()) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in times.items() if count > 1)


@dataclass
class Reader:
    """Walks a document and collects its faults."""

    faults: list[str] = field(default_factory=list)

    def refuse(self, path: str, message: str) -> None:
        self.faults.append(f"{path}: {message}")

    def object(self, path: str, value: Any, keys: Sequence[str], optional: Sequence[str] = ()) -> Object:
        """``value`` as an object with all of ``keys`` and perhaps ``optional`` ones; an empty one, and a fault, if not."""
        if not isinstance(value, Object):
            self.refuse(path, f"harus objek, bukan {shown(value)}")
            return Object()
        self.repeated(path, value)
        allowed = (*keys, *optional)
        for key in value:
            if key not in allowed:
                self.refuse(at(path, key), f"kunci tidak dikenal; yang boleh: {', '.join(allowed)}")
        for key in keys:
            if key not in value:
                self.refuse(at(path, key), "wajib ada")
        return value

    def repeated(self, path: str, value: Object) -> None:
        for key in value.repeated:
            self.refuse(at(path, key), "kunci ditulis lebih dari sekali")


def parse(content: bytes, limit: int = MAX_BYTES) -> Any:
    """The JSON in ``content``, its objects as ``Object``. Raises ``InputRefused`` with one fault at ``$``."""
    if len(content) > limit:
        raise InputRefused([f"$: masukan melebihi {limit // 1024 // 1024} MB"])
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=Object)
    except UnicodeDecodeError as error:
        reason = f"$: bukan UTF-8 (bita ke-{error.start + 1})"
    except json.JSONDecodeError as error:
        reason = f"$: bukan JSON yang sah (baris {error.lineno}, kolom {error.colno})"
    except RecursionError:
        reason = "$: kurung bersarang terlalu dalam"
    except ValueError:
        reason = "$: ada bilangan yang terlalu panjang"
    raise InputRefused([reason])


def at(path: str, key: str) -> str:
    """The JSON path of ``key`` below ``path``."""
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}[{shown(key)}]"


def shown(value: Any) -> str:
    """``value`` on one line, short, ASCII only."""
    if isinstance(value, list):
        return "larik"
    if isinstance(value, dict):
        return "objek"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
