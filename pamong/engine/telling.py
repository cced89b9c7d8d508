"""A difference of two indices in two Indonesian sentences: how large it is, and what carried and what held it."""

from __future__ import annotations

from decimal import Decimal

from pamong.engine.causes import Split
from pamong.engine.index import rounded

_ZERO = Decimal(0)


def told(split: Split, before: str, after: str, *, decimals: int = 2, in_time: bool = True) -> tuple[str, str]:
    """Two sentences about ``split`` from the result named ``before`` to the one named ``after`` ("tahun 2025").

    ``in_time``: the second came after the first, so the index rose or fell; else it is higher or lower."""
    printed = split.printed(decimals)
    start, end = (_number(rounded(value, decimals)) for value in (split.before, split.after))
    change = sum((amount for _, amount in printed), _ZERO)
    first = f"Indeks {after} {end}, {_compared(change, in_time)} {before} ({start})."
    ordered = sorted(printed, key=lambda each: -abs(each[1]))
    up = [f"{part.label} (+{_number(amount)})" for part, amount in ordered if amount > 0]
    down = [f"{part.label} (−{_number(-amount)})" for part, amount in ordered if amount < 0]
    return first, _second(up[:2], down[:2], change)


def _compared(change: Decimal, in_time: bool) -> str:
    if not change:
        return "sama dengan"
    if in_time:
        return f"{'naik' if change > 0 else 'turun'} {_number(abs(change))} dari"
    return f"{_number(abs(change))} lebih {'tinggi' if change > 0 else 'rendah'} daripada"


def _second(up: list[str], down: list[str], change: Decimal) -> str:
    if not up and not down:
        return "Tidak ada penyebab yang mengubahnya."
    if not change:
        return f"Yang menambah, {' dan '.join(up)}, diimbangi {' dan '.join(down)}."
    main, other, how = (up, down, "tertahan") if change > 0 else (down, up, "tertolong")
    held = f"; {how} oleh {' dan '.join(other)}" if other else ""
    return f"Terutama karena {' dan '.join(main)}{held}."


def _number(value: Decimal) -> str:
    return f"{value}".replace(".", ",")
