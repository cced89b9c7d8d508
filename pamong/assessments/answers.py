"""From what a person typed to a level: the edition decides, not the form.

An indicator is answered in one of four ways: a level, a number the edition's limits turn into a level, an option, or
(where there are alternative bases) a basis with its level.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.common.permit import Refused
from pamong.engine.edition import TOP_LEVEL, Basis, Indicator, Level, Measure
from pamong.engine.index import level_for_option, level_for_value
from pamong.engine.measure import NotMeasured


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim's content. ``basis`` holds the basis or option code, ``value`` the number typed, where there is one."""

    level: int
    basis: str = ""
    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the person gave; ``None`` and empty mean not given."""

    level: int | None = None
    basis: str = ""
    value: Decimal | None = None
    note: str = ""


def needs_value(indicator: Indicator) -> bool:
    """Whether only a number decides (the region's own indicators); elsewhere a number is a help, not a duty."""
    return indicator.form_number is None and indicator.measure is not None


def scale(indicator: Indicator, basis: str) -> tuple[tuple[Level, ...], Measure | None]:
    """The levels and the measure in force: those of the basis, where one is chosen."""
    chosen = _basis(indicator, basis)
    return (chosen.levels, chosen.measure) if chosen else (indicator.levels, indicator.measure)


def read(indicator: Indicator, typed: Typed) -> Answer:
    """The answer ``typed`` gives to ``indicator``. Raises ``Refused`` saying what is missing or contradictory."""
    note = typed.note.strip()
    if indicator.options:
        return Answer(_option_level(indicator, typed.basis), typed.basis, None, note)
    if indicator.bases and not typed.basis and (typed.level or typed.value is not None):
        raise Refused(f"Pilih satu dasar untuk indikator {indicator.code} {indicator.name}.")
    basis = typed.basis if _basis(indicator, typed.basis) else ""
    if typed.value is not None:
        return Answer(_measured_level(indicator, typed, basis), basis, typed.value, note)
    if needs_value(indicator):
        return Answer(0, "", None, note)
    return Answer(_level(typed.level), basis, None, note)


def _basis(indicator: Indicator, code: str) -> Basis | None:
    return next((each for each in indicator.bases if each.code == code), None)


def _level(level: int | None) -> int:
    if level is None:
        raise Refused("Pilih tingkat yang diklaim, atau “Belum ada”.")
    if not 0 <= level <= TOP_LEVEL:
        raise Refused(f"Tingkat hanya 0 sampai {TOP_LEVEL}.")
    return level


def _option_level(indicator: Indicator, option: str) -> int:
    try:
        return level_for_option(indicator, option)
    except NotMeasured:
        raise Refused(f"Pilih salah satu jawaban untuk indikator {indicator.code} {indicator.name}.") from None


def _measured_level(indicator: Indicator, typed: Typed, basis: str) -> int:
    """The level the number gives; a level chosen beside it must agree."""
    try:
        level = level_for_value(indicator, typed.value or Decimal(0), basis or None)
    except NotMeasured:
        raise Refused(f"Indikator {indicator.code} tidak dihitung dari angka. Kosongkan angkanya.") from None
    except ValueError:
        raise Refused("Tulis bilangan bulat, tanpa koma.") from None
    if typed.level is not None and typed.level != level and not needs_value(indicator):
        raise Refused(
            f"Angka {_plain(typed.value)} berarti tingkat {level}, tetapi yang dipilih tingkat {typed.level}. "
            "Samakan keduanya, atau kosongkan salah satunya."
        )
    return level


def _plain(value: Decimal | None) -> str:
    return f"{(value or Decimal(0)).normalize():f}".replace(".", ",")
