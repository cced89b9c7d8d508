"""Recomputing the nation: 30,000 innovations in 552 regions from stored claims and verdicts, every score written.

    python -m benchmarks.bench_nation [--innovations 30000] [--regions 552]

Prints the median of seven runs, and of one changed verdict. The database named by DATABASE_URL must be empty.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("PAMONG_HOME", tempfile.mkdtemp(prefix="pamong-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--innovations", type=int, default=30_000)
    options.add_argument("--regions", type=int, default=552)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django_scopes import scope

    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    print(f"\n{connection.vendor}: fresh migrate {time.perf_counter() - start:.1f} s")
    from benchmarks import nation
    from pamong.assessments.models import Assessment
    from pamong.scoring.actions import refreshing as actions

    nation.fill(nation.invented(chosen.regions), chosen.innovations, claims=False)
    one = Assessment._base_manager.first()
    print(f"{chosen.innovations} innovations, {chosen.regions} regions, median of 7")
    print(f"  nation, every score written  {_median(lambda: actions.refresh_nation(2026)) * 1000:8.1f} ms")
    with scope(region=one.region):
        print(f"  one region                   {_median(lambda: actions.refresh(one)) * 1000:8.1f} ms")


def _median(act: Callable[[], object]) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
