"""Ranks at the size of the nation: 36,742 innovations × 20 indicators in 552 regions.

    python -m benchmarks.bench_ranking [REGIONS.csv]

Fills an empty database by ``benchmarks.nation`` in a process of its own (regions by number where no CSV is given), then
measures: every index computed anew from the stored rows, and written; importing published results of three years; the page
of all regions beside the year before; 1,000 draws of every region's rank, from its question to the saved answer; the page of
that answer. CPU and wall-clock milliseconds, and the most memory the measuring process has had so far.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("PAMONG_HOME", tempfile.mkdtemp(prefix="pamong-bench-"))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

YEAR, DRAWS, SEED = 2026, 1000, 20260429


def measured(label: str, work: Callable[[], object], rounds: int) -> None:
    """Print the median CPU and wall-clock time, and the most memory the process has had."""
    cpu, wall = [], []
    for _ in range(rounds):
        start, begun = time.process_time(), time.perf_counter()
        work()
        cpu.append((time.process_time() - start) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:<58}{statistics.median(cpu):>9.1f} ms CPU{statistics.median(wall):>10.1f} ms{peak:>7} MB peak")


def main() -> None:
    subprocess.run([sys.executable, "-m", "benchmarks.nation", *(sys.argv[1:2] or ["-"])], check=True)
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.urls import reverse
    from django_scopes import scopes_disabled

    from benchmarks import nation
    from pamong.accounts.models import User
    from pamong.agencies.models import Region
    from pamong.ranking import queries, tables, tasks
    from pamong.ranking.actions import bringing, computing
    from pamong.ranking.models import Run
    from pamong.ranking.states import Kind
    from pamong.scoring.actions.refreshing import refresh_nation

    setup_test_environment()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(connection.vendor)
    measured("every index from stored rows, written", lambda: refresh_nation(YEAR), 5)
    with scopes_disabled():
        series = next(each for each in queries.every_series() if each.code == "iid")
        years = iter(list(nation.published((2023, 2024, 2025))))

        def bring() -> None:
            year, content = next(years)
            rows = [line.given for line in tables.read(content, series.top) if line.given]
            bringing.bring_results(series, rows, bringing.Told(year, "ukur", "0" * 64, len(rows)), by=None)

        measured("import of one year's results", bring, 3)
        region, reader = Region.objects.order_by("pk")[0], User.objects.get(email="nasional@ukur.test")
    client = Client()
    client.force_login(reader)
    address = reverse("ranking:table", args=[region.slug]) + "?kelompok=semua"
    shown = len(client.get(address).context["shown"].rows)
    measured(f"page of {shown} results, beside the year before", lambda: client.get(address), 15)
    asked = {"year": YEAR, "province": "", "lowered": 20.0, "rejected": 10.0, "margin": 2.0, "noise": 10.0, "draws": DRAWS, "seed": SEED}  # fmt: skip
    codes: list[str] = []

    def answer() -> None:
        with scopes_disabled():
            run = computing.start(region, Kind.NATION, "Ukur", asked, by=reader, now=True)
            tasks.work(run.pk)
            codes.append(run.code)

    measured(f"{DRAWS:,} draws of every rank, from stored rows", answer, 3)
    with scopes_disabled():
        run = Run.objects.get(code=codes[-1])
    print(
        f"    {run.data['regions']} regions, {run.data['unjudged']:,} claims and {run.data['undecided']:,} innovations in doubt"
    )
    one = reverse("ranking:run", args=[region.slug, run.code])
    measured("page of that answer, 100 of its rows", lambda: client.get(one), 15)
    measured(
        "its workbook, every row", lambda: client.get(reverse("ranking:run_export", args=[region.slug, run.code])), 3
    )


if __name__ == "__main__":
    main()
