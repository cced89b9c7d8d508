"""Random numbers that a seed gives again, to the digit: PCG64's raw stream, whose values NumPy promises never to change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SEED = 2**63 - 1


class Dice:
    """One stream of numbers from 0 to less than 1, all equally likely. ``seed`` is 0 to ``MOST_SEED``; every ``part`` is a
    stream of its own, so that long work can be done in parts, and so is every ``lot`` of a part."""

    def __init__(self, seed: int, part: int = 0, lot: int = 0) -> None:
        import numpy as np

        self._stream = np.random.PCG64([seed, part, lot] if lot else [seed, part] if part else seed)

    def roll(self, *shape: int) -> NDArray[np.float64]:
        """The next numbers, in this shape."""
        import numpy as np

        raw = self._stream.random_raw(math.prod(shape))
        numbers: NDArray[np.float64] = np.multiply(np.asarray(raw, dtype=np.uint64) >> np.uint64(11), 2.0**-53)
        return numbers.reshape(shape)

    def shaken(self, noise: float, *shape: int) -> NDArray[np.float64]:
        """Factors from 1 − ``noise`` to 1 + ``noise``."""
        import numpy as np

        return np.asarray((1 - noise) + (2 * noise) * self.roll(*shape), dtype=np.float64)
