"""What a person waits for who thinks ahead, in a region of 200 innovations: through HTTP, one worker with one thread.

    python -m benchmarks.bench_planning [--times 40]

A what-if is changed, computed, saved and its sheet read; the table of gaps, the portfolio and the form of a plan are read; a
plan is computed from stored rows as the background worker does it. The database named by DATABASE_URL must be empty.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

from benchmarks import bench_pages as site  # names the home and the settings of the site to be served
from benchmarks.bench_simulation import ENCODED, ask, told

INNOVATIONS = 200


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=40)
    chosen = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django_scopes import scope

    from benchmarks import fill
    from pamong.accounts.models import User
    from pamong.planning.actions import plans, supposing
    from pamong.planning.asks import Wish
    from pamong.planning.supposing import Changes

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    region, year = fill.small(innovations=INNOVATIONS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself within a minute
    who = User.objects.get(email="region-admin@ukur.test")
    client = Client()
    client.force_login(who)
    root = f"/{region.slug}/rencana/"
    with scope(region=region):
        made = supposing.suppose(year, "Ukur", Changes(), by=who)
    client.get(f"{root}andai/{made.code}/")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    token = client.cookies["csrftoken"].value
    affair = year.edition.affairs[0].code

    def suppose(turn: int) -> None:
        sent = {
            "csrfmiddlewaretoken": token,
            "name": "Ukur",
            "everywhere": "16",
            "least": str(turn % 3 + 1),
            "number": turn % 5,
        }
        sent |= {"affair": affair, "level": "2"}
        answer = ask(cookie, "POST", f"{root}andai/{made.code}/", urlencode(sent).encode(), ENCODED)
        if answer.status != 302:
            raise SystemExit(f"what-if: {answer.status}")

    def read(page: str) -> Callable[[int], None]:
        def reading(turn: int) -> None:
            if (status := ask(cookie, "GET", root + page).status) != 200:
                raise SystemExit(f"{page}: {status}")

        return reading

    def plan(turn: int) -> None:
        with scope(region=region):
            wish = Wish(f"Ukur {turn}", "most", year.internal_deadline, otherwise=Decimal(20))
            plans.solve(plans.ask(year, wish, by=who))

    print(f"{connection.vendor}: {INNOVATIONS} innovations, 1 worker, 1 thread, {chosen.times} times")
    server = site.serve(workers=1, threads=1)
    try:
        site.wait()
        measured("one what-if changed, computed, saved", suppose, chosen.times)
        measured("its sheet read", read(f"andai/{made.code}/"), chosen.times)
        measured("table of gaps", read("celah/"), chosen.times)
        measured("what to send", read("kiriman/"), chosen.times)
        measured("form of a plan", read("baru/"), chosen.times)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    measured("plan computed from stored rows (in process)", plan, max(3, chosen.times // 8))


def measured(label: str, act: Callable[[int], None], times: int) -> None:
    """Print the median and the 95th percentile of ``act``, three turns to warm up left out."""
    taken = []
    for turn in range(times + 3):
        start = time.perf_counter()
        act(turn)
        taken.append((time.perf_counter() - start) * 1000)
    told(label, taken[3:])


if __name__ == "__main__":
    main()
