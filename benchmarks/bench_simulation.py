"""What a person waits for who simulates an index: 10,000 draws of a 552 × 36 hierarchy, through HTTP.

    python -m benchmarks.bench_simulation [--times 40]

One gunicorn worker with one thread, NumPy on one thread. Each time the form is sent with its table and tree, and the page it
leads to is fetched; p50 and p95 of both, and beside them the same draws written plainly in NumPy, in process, in turn.
The database named by DATABASE_URL must be empty.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import csv
import http.client
import io
import json
import signal
import statistics
import time
from typing import Any

from benchmarks import bench_composite as plain
from benchmarks import bench_pages as site  # names the home and the settings of the site to be served

BOUNDARY = "pamong-bench"


def spec(tree: Any) -> str:
    """The hierarchy as the form takes it."""

    def node(each: Any) -> dict[str, Any]:
        if hasattr(each, "children"):
            return {"name": each.name, "weight": each.weight, "children": [node(child) for child in each.children]}
        return {"column": each.column, "weight": each.weight, "direction": each.direction}

    return json.dumps({"id": "daerah", "tree": node(tree)})


def table(nation: Any) -> str:
    """The regions as the CSV the form takes."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["daerah", *nation.values])
    rows.writerows(
        [name, *(f"{values[at]:.4f}" for values in nation.values.values())] for at, name in enumerate(nation.ids)
    )
    return text.getvalue()


def body(fields: dict[str, str], content: str) -> bytes:
    """A form with one file, as a browser sends it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n'
    )
    return "".join(parts).encode()


MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
ENCODED = "application/x-www-form-urlencoded"


def ask(
    cookie: str, method: str, url: str, sent: bytes | None = None, content_type: str = MULTIPART
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", site.PORT, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": content_type}
    connection.request(method, url, body=sent, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def told(label: str, times: list[float]) -> None:
    marks = statistics.quantiles(times, n=20)
    print(f"{label:<52}p50 {statistics.median(times):7.1f} ms   p95 {marks[18]:7.1f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=40)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from benchmarks import fill
    from pamong.accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    region, _ = fill.small(innovations=5)
    client = Client()
    client.force_login(User.objects.get(email="region-admin@ukur.test"))
    address = f"/{region.slug}/peringkat/hitung/simulasi/"
    client.get(address)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    tree = plain.hierarchy()
    nation = plain.nation(tree)
    fields = {
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
        "title": "Ukur",
        "spec": spec(tree),
        "noise": "25",
        "draws": str(plain.DRAWS),
    }
    index = plain.Spec("daerah", tree)
    server = site.serve(workers=1, threads=1)
    sending, waiting, plainly = [], [], []
    try:
        site.wait()
        for seed in range(chosen.times + 3):
            sent = body(fields | {"seed": str(seed)}, table(nation))
            start = time.perf_counter()
            answer = ask(cookie, "POST", address, sent)
            between = time.perf_counter()
            if answer.status != 302:
                raise SystemExit(f"{address}: {answer.status}")
            page = ask(cookie, "GET", answer.headers["Location"])
            end = time.perf_counter()
            if page.status != 200:
                raise SystemExit(f"{answer.headers['Location']}: {page.status}")
            plain.plainly(index, nation)
            if seed >= 3:
                sending.append((between - start) * 1000)
                waiting.append((end - start) * 1000)
                plainly.append((time.perf_counter() - end) * 1000)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    print(
        f"{connection.vendor}: {plain.DRAWS:,} draws of {plain.REGIONS} × 36, 1 worker, 1 thread, {chosen.times} times"
    )
    told("form sent, computed, saved", sending)
    told("form sent to page read", waiting)
    told("plain NumPy in process, ranks only", plainly)
    print(
        f"{'ratio of plain NumPy to the whole way':<52}{statistics.median(plainly) / statistics.median(waiting):.2f} ×"
    )


if __name__ == "__main__":
    main()
