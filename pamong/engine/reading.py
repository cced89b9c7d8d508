"""From plain data (a parsed TOML file, a form) to frozen dataclasses, with every fault named by its path.

The dataclass is the schema: its fields are the keys, its type hints the types, its defaults what may be left out.
Editions of the ministry and rubrics of a contest are read by this same code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pamong.engine.faults import EditionInvalid, Fault

T = TypeVar("T")

_NAMES = {str: "teks", int: "bilangan bulat", bool: "true atau false", Decimal: "bilangan", date: "tanggal"}


def read(kind: type[T], data: Mapping[str, Any]) -> T:
    """An instance of the dataclass ``kind`` filled from ``data``. Raises ``EditionInvalid`` with every fault found."""
    faults: list[Fault] = []
    result: T = _table(kind, data, "", faults)
    if faults:
        raise EditionInvalid(faults)
    return result


@cache
def _schema(kind: type[Any]) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(kind)
    return {each.name: (each, hints[each.name]) for each in fields(kind) if not each.metadata.get("derived")}


def _table(kind: type[Any], data: object, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, Mapping):
        return _wrong(path, "tabel", data, faults)
    schema: dict[str, tuple[Field[Any], Any]] = _schema(kind)  # type: ignore[arg-type]
    for key in data:
        if key not in schema:
            faults.append(Fault(_join(path, str(key)), "kunci tidak dikenal.", f"Yang boleh: {', '.join(schema)}."))
    values = {}
    for name, (each, hint) in schema.items():
        if name in data:
            values[name] = _value(hint, data[name], _join(path, name), faults)
        elif each.default is MISSING and each.default_factory is MISSING:
            faults.append(Fault(_join(path, name), "belum diisi.", "Tambahkan kunci ini."))
    return None if faults else kind(**values)


def _value(hint: Any, data: object, path: str, faults: list[Fault]) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        hint = next(each for each in get_args(hint) if each is not NoneType)
        return _value(hint, data, path, faults)
    if origin is tuple:
        return _array(get_args(hint)[0], data, path, faults)
    if is_dataclass(hint):
        return _table(hint, data, path, faults)  # type: ignore[arg-type]
    if issubclass(hint, StrEnum):
        return _one_of(hint, data, path, faults)
    return _scalar(hint, data, path, faults)


def _array(hint: Any, data: object, path: str, faults: list[Fault]) -> Any:
    if not isinstance(data, list | tuple):
        return _wrong(path, "larik", data, faults)
    return tuple(_value(hint, each, f"{path}[{at}]", faults) for at, each in enumerate(data))


def _one_of(hint: type[StrEnum], data: object, path: str, faults: list[Fault]) -> Any:
    if isinstance(data, str) and data in list(hint):
        return hint(data)
    faults.append(Fault(path, f"nilai {data!r} tidak dikenal.", f"Yang boleh: {', '.join(hint)}."))
    return None


def _scalar(hint: type[Any], data: object, path: str, faults: list[Fault]) -> Any:
    if hint is Decimal and type(data) in (int, Decimal):
        number = Decimal(data)  # type: ignore[arg-type]
        return number if number.is_finite() else _wrong(path, "bilangan berhingga", data, faults)
    if type(data) is hint and not isinstance(data, datetime):
        return data
    return _wrong(path, _NAMES.get(hint, hint.__name__), data, faults)


def _wrong(path: str, expected: str, data: object, faults: list[Fault]) -> None:
    faults.append(Fault(path, f"harus {expected}, bukan {data!r:.40}.", "Perbaiki nilainya."))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
