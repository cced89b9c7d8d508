"""Pages under load: two gunicorn workers, each page and the bare view in turn, in one run.

    python -m benchmarks.bench_pages                # SQLite in a temporary folder
    DATABASE_URL=postgres://… python -m benchmarks.bench_pages [--nation] [--seconds 3]

Prints, per page: median milliseconds, requests a second and their ratio to the bare view, CPU milliseconds of the
workers per request, queries, bytes, and every table of more than a thousand rows that a query reads from end to end.
With ``--nation`` the region measured stands among 552 others with 30,000 innovations, 600,000 claims and as many proofs.
The database named must be empty; it is migrated and filled.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

HOME = tempfile.mkdtemp(prefix="pamong-bench-")
PORT = 8790
ROUNDS, CLIENTS, MANY = 5, 4, 1000
os.environ.update(PAMONG_HOME=HOME, DJANGO_SETTINGS_MODULE="benchmarks.settings", PAMONG_HOSTS="127.0.0.1,testserver")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nation", action="store_true")
    options.add_argument("--seconds", type=float, default=3.0)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    from benchmarks import fill, nation

    if chosen.nation:
        nation.fill(nation.invented(552), 30_000)
    region, year = fill.small(innovations=250)
    _analyse()
    pages, cookies = _pages(region, year)
    server = serve()
    try:
        wait()
        results = {name: _measure(url, cookies[who], server.pid, chosen.seconds) for name, (url, who) in pages.items()}
        _report(results, pages, chosen.seconds)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _analyse() -> None:
    """As the database does by itself after a while: see how many rows of what there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages(region: object, year: object) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    from django.test import Client

    from pamong.accounts.models import User
    from pamong.assessments.models import Entry

    code = Entry.objects.model._base_manager.filter(region=region).first().code
    base = f"/{region.slug}"
    pages = {
        "bare view, 50 rows": (f"{base}/bare/", "region-admin"),
        "list of innovations": (f"{base}/inovasi/", "region-admin"),
        "year, table of entries": (f"{base}/penilaian/2026/", "region-admin"),
        "entry, 20 indicators": (f"{base}/penilaian/2026/ikut/{code}/", "region-admin"),
        "queue of verification": (f"{base}/verifikasi/", "verifier"),
        "queue, 250 rows a page": (f"{base}/verifikasi/?baris=250", "verifier"),
        "region page": (f"{base}/", "region-admin"),
    }
    cookies = {}
    for who in ("region-admin", "verifier"):
        client = Client()
        client.force_login(User.objects.get(email=f"{who}@ukur.test"))
        client.get(f"{base}/inovasi/")  # a browser that has been here before also holds the token against forgery
        cookies[who] = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return pages, cookies


def serve(workers: int = 2, threads: int = 4) -> subprocess.Popen[bytes]:
    """Gunicorn as the product starts it, not ready yet."""
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "pamong.config.wsgi:application", "-k", "gthread", "--workers", str(workers), "--threads", str(threads),
         "--bind", f"127.0.0.1:{PORT}", "--log-level", "error"],
        env=os.environ,
    )  # fmt: skip


def wait(pause: float = 0.1) -> None:
    """Until the server answers a whole page, twenty seconds at most."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
        try:
            connection.request("GET", "/akun/login/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(pause)
        finally:
            connection.close()
    raise SystemExit("the server did not start")


def _get(connection: http.client.HTTPConnection, url: str, cookie: str) -> int:
    connection.request("GET", url, headers={"Cookie": cookie, "Accept-Encoding": "identity"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{url}: {answer.status}")
    return len(body)


def _measure(url: str, cookie: str, pid: int, seconds: float) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    size = [_get(connection, url, cookie) for _ in range(10)][-1]
    rounds = [_round(url, cookie, pid, seconds) for _ in range(ROUNDS)]
    return {"bytes": size, **{key: statistics.median(one[key] for one in rounds) for key in ("ms", "rps", "cpu")}}


def _round(url: str, cookie: str, pid: int, seconds: float) -> dict[str, float]:
    times: list[float] = []
    end = time.perf_counter() + seconds
    before = _cpu(pid)

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while (start := time.perf_counter()) < end:
            _get(connection, url, cookie)
            times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "ms": statistics.median(times) * 1000,
        "rps": len(times) / seconds,
        "cpu": (_cpu(pid) - before) / len(times) * 1000,
    }


def _cpu(pid: int) -> float:
    """CPU seconds used so far by the workers of gunicorn's master ``pid``."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ticks = sum(
        sum(map(int, Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()[11:13])) for child in children
    )
    return ticks / os.sysconf("SC_CLK_TCK")


def _asked(url: str, who: str) -> list[str]:
    """The SQL of every query of the page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pamong.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(email=f"{who}@ukur.test"))
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]


def _read_whole(asked: list[str]) -> set[str]:
    """The tables of more than ``MANY`` rows that a query reads from end to end, by the database's own plan."""
    from django.db import connection

    explain, sign = {"postgresql": ("EXPLAIN", r"Seq Scan on (\w+)")}.get(
        connection.vendor, ("EXPLAIN QUERY PLAN", r"SCAN (\w+)(?! USING)")
    )
    found: set[str] = set()
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"{explain} {sql}")
            found.update(re.findall(sign, "\n".join(str(row[-1]) for row in cursor.fetchall())))
        return {table for table in found & set(connection.introspection.table_names()) if _rows(cursor, table) > MANY}


def _rows(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def _report(results: dict[str, dict[str, float]], pages: dict[str, tuple[str, str]], seconds: float) -> None:
    from django.db import connection

    bare = results["bare view, 50 rows"]
    print(f"\n{connection.vendor}, 2 workers × 4 threads, {CLIENTS} clients, median of {ROUNDS} rounds of {seconds} s")
    print(f"{'page':26}{'ms':>8}{'req/s':>8}{'of bare':>9}{'CPU ms':>8}{'queries':>9}{'KB':>8}  read whole")
    for name, row in results.items():
        asked = _asked(*pages[name])
        print(
            f"{name:26}{row['ms']:8.1f}{row['rps']:8.0f}{row['rps'] / bare['rps']:9.0%}{row['cpu']:8.1f}"
            f"{len(asked):9}{row['bytes'] / 1024:8.0f}  {', '.join(sorted(_read_whole(asked)))}"
        )


if __name__ == "__main__":
    main()
