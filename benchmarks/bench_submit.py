"""Submitting under load: several processes hand over different entries, each with its audit row.

    DATABASE_URL=postgres://… python -m benchmarks.bench_submit [--entries 900] [--processes 2] [--regions 1]

The acts themselves, as a page calls them, without HTTP. With one region every submission waits for the same end of the
same trail, which is the worst that can happen; with more they are spread evenly, as a nation's are. Prints submissions a
second, the median and the 99th percentile in milliseconds, CPU milliseconds of the callers, the number of queries, and
the machine's load before. The database named must be empty.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time

os.environ.setdefault("PAMONG_HOME", tempfile.mkdtemp(prefix="pamong-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entries", type=int, default=900)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--regions", type=int, default=1)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    call_command("migrate", verbosity=0)
    from benchmarks import fill

    keys = fill.ready(chosen.entries, chosen.regions)
    queries = _queries(keys.pop())
    vendor, load = connection.vendor, os.getloadavg()[0]
    connections.close_all()
    parts = [keys[at :: chosen.processes] for at in range(chosen.processes)]
    # Started anew: a forked process would share its parent's connections.
    with multiprocessing.get_context("spawn").Pool(chosen.processes) as pool:
        pool.map(_ready, range(chosen.processes), chunksize=1)
        start = time.perf_counter()
        results = pool.map(_submit, parts, chunksize=1)
        elapsed = time.perf_counter() - start
    times = sorted(taken for one, _ in results for taken in one)
    cpu = sum(used for _, used in results) / len(times) * 1000
    print(f"\n{vendor}: {len(times)} submissions by {chosen.processes} processes in {chosen.regions} regions")
    print(
        f"  {len(times) / elapsed:6.0f} /s   median {statistics.median(times) * 1000:.1f} ms   p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms"
    )
    print(f"  CPU {cpu:.1f} ms each   {queries} queries   load before {load:.1f}")


def _ready(_: int) -> None:
    import django

    django.setup()
    from django.db import connection

    connection.ensure_connection()
    time.sleep(0.5)


def _submit(keys: list[int]) -> tuple[list[float], float]:
    from django_scopes import scopes_disabled

    from pamong.agencies.models import Membership
    from pamong.agencies.standing import standing
    from pamong.assessments.actions import submitting
    from pamong.assessments.models import Entry

    times = []
    with scopes_disabled():
        # At hand before the act, as a page has them: the person with their standing, and the entry.
        entries = Entry.objects.in_bulk(keys)
        people = {each.region_id: each.person for each in Membership.objects.select_related("person")}
        for person in people.values():
            standing(person)
        before = time.process_time()
        for key in keys:
            start = time.perf_counter()
            submitting.submit(entries[key], by=people[entries[key].region_id])
            times.append(time.perf_counter() - start)
    return times, time.process_time() - before


def _queries(key: int) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        _submit([key])
    asked = [query["sql"] for query in captured]
    return len(asked) - next(at for at, sql in enumerate(asked) if sql.startswith("BEGIN"))


if __name__ == "__main__":
    main()
