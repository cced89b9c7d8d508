"""How long the engine takes: ``python -m benchmarks.bench_engine``. Measured, never asserted.

One region of 200 innovations on the exact path; a nation of 30,000 innovations in 552 regions on the NumPy path.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from pamong.engine import edition as editions
from pamong.engine import mass
from pamong.engine.index import InnovationInput, score

SEED, REGIONS, NATION, REGION, ROUNDS = 20260429, 552, 30_000, 200, 15


def measured(label: str, work: Callable[[], object]) -> None:
    """Print the median and the worst of a few rounds, in milliseconds; the first round warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{label:<58}{statistics.median(times):>8.2f} ms median {max(times):>8.2f} ms worst")


def main() -> None:
    dice = random.Random(SEED)
    edition = editions.load("iid-2026")
    packed = ["".join(dice.choices("0123", k=20)) for _ in range(NATION)]
    joined = "".join(packed).encode()
    regions = [dice.randrange(REGIONS) for _ in range(NATION)]
    affairs = [dice.randrange(-1, 6) for _ in range(NATION)]
    own = [dice.randrange(6300) for _ in range(REGIONS)]
    levels = [dict(zip(edition.innovation_codes, map(int, text), strict=True)) for text in packed[:REGION]]
    sent = [InnovationInput(str(at), edition.basic_affairs[at % 6], each) for at, each in enumerate(levels)]
    content = (editions.FOLDER / "iid-2026.toml").read_bytes()

    measured("read and check one edition", lambda: editions.parse(content))
    measured(f"exact index of a region, {REGION} innovations", lambda: score(edition, {}, sent))
    measured(f"maturities of the nation, {NATION:,} strings", lambda: mass.maturities(edition, packed))
    measured(f"maturities of the nation, {NATION:,} as bytes", lambda: mass.maturities(edition, joined))
    measured(
        f"indices of {REGIONS} regions, {NATION:,} as bytes",
        lambda: mass.indices(edition, joined, regions, own, affair=affairs),
    )


if __name__ == "__main__":
    main()
