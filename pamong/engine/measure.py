"""From an answer to a level: a typed number, or a chosen option, under the edition's own limits.

Printed limits overlap and touch, so levels are tried from the highest down: 3 first, then 2, else 1. Below the limit
of level 1, where it has one, the level is 0.
"""

from __future__ import annotations

from decimal import Decimal

from pamong.engine.model import Indicator


class NotMeasured(ValueError):
    """This indicator's level does not follow from a number (or not from this kind of answer)."""


def level_for_value(indicator: Indicator, value: Decimal | int, basis: str | None = None) -> int:
    """The level a measured ``value`` (in the measure's unit) reaches, 0 to 3.

    Where the indicator has alternative bases, ``basis`` says which one was chosen; it is a ``KeyError`` otherwise.
    Raises ``NotMeasured`` if no number decides, and ``ValueError`` if the value is not a finite (or not a whole) number.
    """
    scale = indicator.basis(basis) if basis is not None else indicator
    if scale.measure is None:
        raise NotMeasured(f"indicator {indicator.code}, basis {basis}: no number decides the level")
    number = Decimal(value)
    if not number.is_finite() or (scale.measure.whole and number != number.to_integral_value()):
        raise ValueError(f"indicator {indicator.code}: {value} is not a valid number of {scale.measure.unit}")
    for level in sorted(scale.levels, key=lambda each: each.level, reverse=True):
        if level.holds(number):
            return level.level
    return 0


def level_for_option(indicator: Indicator, option: str) -> int:
    """The level of the chosen ``option``. Raises ``NotMeasured`` if the indicator has no such option."""
    for each in indicator.options:
        if each.code == option:
            return each.level
    raise NotMeasured(f"indicator {indicator.code} has no option {option!r}")
