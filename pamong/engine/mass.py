"""Scores of a whole nation at once: NumPy, integers only, in hundredths of a point.

Levels come packed: one string of digits 0 to 3 per innovation, in the edition's order of indicators
(``edition.innovation_codes``); ``-`` is an unanswered indicator and counts as 0. The results equal those of ``index`` exactly; a property test holds them to it.
NumPy is imported when a function is called, so that nothing else pays for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pamong.engine.model import TOP_LEVEL, Counted, Edition

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

SCALE = 100
UNANSWERED = "-"
NO_BASIC_AFFAIR = -1
FORMULAS = frozenset({"region-1", "region-2"})  # the shapes this path knows; it refuses any other


def pack(edition: Edition, levels: dict[str, int]) -> str:
    """``levels`` as one packed string; absent indicators are 0. Inverse of how ``maturities`` reads it."""
    return "".join(str(levels.get(code, 0)) for code in edition.innovation_codes)


def maturities(edition: Edition, packed: Sequence[str] | bytes) -> Integers:
    """The maturity of every innovation, in hundredths of a point.

    ``packed`` is a sequence of strings, or their concatenation as ASCII bytes. Raises ``ValueError`` if a string has
    the wrong length or a mark other than these."""
    return _digits(edition, packed) @ _weights(edition)


def indices(
    edition: Edition,
    packed: Sequence[str] | bytes,
    region: ArrayLike,
    institution: ArrayLike,
    *,
    accepted: ArrayLike | None = None,
    affair: ArrayLike | None = None,
) -> Integers:
    """The published index of every region, in hundredths (6372 is 63.72), rounded half up once.

    ``region[i]`` is the position of innovation ``i``'s region in ``institution``, which holds each region's points of
    the institution in hundredths. ``accepted[i]`` (default: all) says whether it was accepted. ``affair[i]`` is the
    position of its main affair in ``edition.count.affairs``, or ``NO_BASIC_AFFAIR``; it may be left out only where the
    edition has no affairs rule."""
    import numpy as np

    if edition.formula not in FORMULAS:
        raise ValueError(f"formula {edition.formula!r} has no mass path")
    own = np.asarray(institution, dtype=np.int64)
    home = np.asarray(region, dtype=np.int64)
    points = maturities(edition, packed)
    kept = np.ones(len(points), dtype=np.bool_) if accepted is None else np.asarray(accepted, dtype=np.bool_)
    reported = np.bincount(home, minlength=len(own))
    taken = np.bincount(home[kept], minlength=len(own))
    sums = np.zeros(len(own), dtype=np.int64)
    np.add.at(sums, home[kept], points[kept])
    divisor = np.maximum(edition.divisor.floor, reported if edition.divisor.uses is Counted.REPORTED else taken)
    counted = reported if edition.count.uses is Counted.REPORTED else taken
    count = np.minimum(counted, edition.count.cap) * _hundredths(edition.count.weight)
    if edition.count.affairs_minimum:
        count = count * _enough_affairs(edition, affair, home, kept, len(own))
    return _published(edition, (own + count) * divisor + sums, divisor)


def _digits(edition: Edition, packed: Sequence[str] | bytes) -> Integers:
    """The levels as a matrix, one row per innovation."""
    import numpy as np

    width = len(edition.innovation)
    if not isinstance(packed, bytes):
        if any(len(each) != width for each in packed):
            raise ValueError(f"every packed string must have {width} digits")
        packed = "".join(packed).encode("ascii")
    if len(packed) % width:
        raise ValueError(f"packed levels must be a multiple of {width} digits")
    marks = np.frombuffer(packed.replace(UNANSWERED.encode(), b"0"), dtype=np.uint8)
    digits = marks - ord("0")  # characters below "0" wrap around to large numbers
    if digits.size and digits.max() > TOP_LEVEL:
        raise ValueError(f"packed levels must be digits 0 to {TOP_LEVEL}")
    return digits.reshape(-1, width).astype(np.int64)


def _weights(edition: Edition) -> Integers:
    import numpy as np

    return np.array([_hundredths(each.weight) for each in edition.innovation], dtype=np.int64)


def _hundredths(weight: Decimal) -> int:
    scaled = weight * SCALE
    if scaled != int(scaled):
        raise ValueError(f"weight {weight} is finer than a hundredth")
    return int(scaled)


def _enough_affairs(edition: Edition, affair: Any, home: Integers, kept: Flags, regions: int) -> Flags:
    """Whether each region represents as many counted affairs as the edition asks for."""
    import numpy as np

    if affair is None:
        raise ValueError(f"{edition.code} has an affairs rule: affair is required")
    which = np.asarray(affair, dtype=np.int64)
    counts = which != NO_BASIC_AFFAIR
    if edition.count.affairs_use is Counted.ACCEPTED:
        counts = counts & kept
    present = np.zeros((regions, len(edition.count.affairs)), dtype=np.bool_)
    present[home[counts], which[counts]] = True
    enough: Flags = present.sum(axis=1) >= edition.count.affairs_minimum
    return enough


def _published(edition: Edition, numerator: Integers, divisor: Integers) -> Integers:
    """``numerator ÷ divisor`` hundredths of a point as hundredths of the index, half up, in whole numbers only."""
    total = _hundredths(edition.declared.total)
    top = numerator * 100 * SCALE
    bottom = divisor * total
    result: Integers = (2 * top + bottom) // (2 * bottom)
    return result
