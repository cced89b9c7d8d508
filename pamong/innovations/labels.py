"""What the parts of a profile are called when people read about them."""

from __future__ import annotations

from typing import Any

from pamong.innovations import rules
from pamong.innovations.models import Innovation

_UNITS = {"coordinate": "titik koordinat"}


def unit_label(unit: str) -> str:
    """The name of a unit of the profile, in small letters: ``tujuan``, ``titik koordinat``."""
    if unit in _UNITS:
        return _UNITS[unit]
    return str(Innovation._meta.get_field(unit).verbose_name)  # type: ignore[union-attr]


def shown(unit: str, values: tuple[Any, ...]) -> str:
    """The value of a unit as a person reads it; empty for nothing."""
    value = values[0]
    if unit == "coordinate":
        return f"{values[0]}, {values[1]}" if None not in values else ""
    if value in (None, "", []):
        return ""
    if unit == "other_affairs":
        return "; ".join(rules.label(unit, code) for code in value)
    if unit in rules.LISTS:
        return rules.label(unit, value)
    choices = Innovation._meta.get_field(unit).choices  # type: ignore[union-attr]
    return str(dict(choices or ()).get(value, value)) if choices else _plain(value)


def _plain(value: Any) -> str:
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
