"""What one web worker costs: how long it takes to answer first, and how much memory it holds after work.

    python -m benchmarks.bench_worker

Prints the fresh migration, the cold start (from the start of gunicorn to the first page), and the resident memory of the
worker after two hundred pages of every kind. The database named by DATABASE_URL must be empty; else SQLite is used.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from pathlib import Path

from benchmarks import bench_pages as pages

ROUNDS = 200


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    print(f"\n{connection.vendor}\n  fresh migrate        {time.perf_counter() - start:6.1f} s")
    call_command("createcachetable")
    from benchmarks import fill

    region, year = fill.small()
    addresses, cookies = pages._pages(region, year)
    print(f"  cold start, median   {statistics.median(_cold() for _ in range(5)):6.2f} s")
    server = pages.serve(workers=1)
    try:
        pages.wait()
        _visit(addresses, cookies)
        print(f"  memory after {ROUNDS} pages {_memory(server.pid):6.0f} MB")
    finally:
        _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGTERM)
    server.wait(20)


def _cold() -> float:
    """Seconds from the start of the server to its first whole page."""
    start = time.perf_counter()
    server = pages.serve(workers=1)
    try:
        pages.wait(pause=0.01)
        return time.perf_counter() - start
    finally:
        _stop(server)


def _visit(addresses: dict[str, tuple[str, str]], cookies: dict[str, str]) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", pages.PORT, timeout=30)
    for number in range(ROUNDS):
        url, who = list(addresses.values())[number % len(addresses)]
        pages._get(connection, url, cookies[who])


def _memory(pid: int) -> float:
    """Megabytes resident in the workers of gunicorn's master ``pid``."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages_held = sum(int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children)
    return pages_held * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


if __name__ == "__main__":
    main()
