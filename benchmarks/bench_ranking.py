"""Ranks at the size of the nation: 36,742 innovations × 20 indicators in 552 regions.

    python -m benchmarks.bench_ranking

Importing two years of published results; the page of all 552; 1,000 draws of every region's rank from stored rows, with
one innovation in twenty in doubt. CPU milliseconds and the peak of memory. The database named by DATABASE_URL must be empty.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("PAMONG_HOME", tempfile.mkdtemp(prefix="pamong-bench-"))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"

REGIONS, INNOVATIONS, DRAWS, SEED = 552, 36_742, 1000, 20260429


def measured(label: str, work: Callable[[], object], rounds: int) -> None:
    """Print the median CPU and wall-clock time, and the most memory the process has had."""
    cpu, wall = [], []
    for _ in range(rounds):
        start, begun = time.process_time(), time.perf_counter()
        work()
        cpu.append((time.process_time() - start) * 1000)
        wall.append((time.perf_counter() - begun) * 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{label:<52}{statistics.median(cpu):>9.1f} ms CPU{statistics.median(wall):>10.1f} ms{peak:>7} MB peak")


def table(dice: random.Random) -> bytes:
    """Published indices of every region, spread as the ministry's are: a mean near 49, few above 65."""
    lines = ["kode;nama;nilai"]
    for number in range(REGIONS):
        code = f"{11 + number // 30}.{1 + number % 30:02}"
        lines.append(f"{code};Kabupaten {number};{min(95.0, max(0.5, dice.gauss(49.4, 11))):.2f}")
    return "\n".join(lines).encode()


def stored_field(edition: Any) -> tuple[Any, list[Any]]:
    """The nation as its rows say, and the events of a twentieth of its innovations."""
    import numpy as np

    from pamong.assessments.models import Entry
    from pamong.engine.robustness import Change, Event, field_of

    rows = list(Entry.objects.order_by("pk").values_list("assessment_id", "state", "affair", "verified"))
    place = {pk: at for at, pk in enumerate(sorted({row[0] for row in rows}))}
    home = np.array([place[row[0]] for row in rows])
    levels = np.frombuffer("".join(row[3] for row in rows).encode(), dtype=np.uint8).reshape(len(rows), -1) - ord("0")
    seen: list[set[str]] = [set() for _ in place]
    for at, row in zip(home, rows, strict=True):
        seen[at].add(row[2])
    met = np.array([len(own & set(edition.count.affairs)) >= edition.count.affairs_minimum for own in seen])
    kept = np.array([row[1] != "rejected" for row in rows])
    own = np.full((len(place), len(edition.institution)), 2.0)
    events = [
        Event(0.15, tuple(Change(int(home[at]), c, -int(n)) for c, n in zip(edition.innovation_codes, levels[at], strict=True)))
        for at in range(1, len(rows), 20)
        if kept[at]
    ]  # fmt: skip
    return field_of(edition, own, levels.astype(np.float64), home, kept, met), events


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django_scopes import scopes_disabled

    from benchmarks import fill
    from pamong.accounts.models import User
    from pamong.accounts.roles import Role
    from pamong.agencies.actions.people import grant
    from pamong.agencies.models import Region
    from pamong.engine import edition as editions
    from pamong.engine import robustness
    from pamong.ranking import queries, tables
    from pamong.ranking.actions import bringing

    setup_test_environment()
    call_command("migrate", verbosity=0)
    edition, dice = editions.load(fill.EDITION), random.Random(SEED)
    with scopes_disabled():
        begun = time.perf_counter()
        fill.nation(REGIONS, INNOVATIONS)
        print(
            f"{connection.vendor}: {REGIONS} regions, {INNOVATIONS:,} innovations, filled in {time.perf_counter() - begun:.1f} s"
        )
        series = next(each for each in queries.every_series() if each.code == "iid")
        years = iter((2024, 2025))

        def bring() -> None:
            rows = [line.given for line in tables.read(table(dice), series.top) if line.given]
            bringing.bring_results(series, rows, bringing.Told(next(years), "ukur", "0" * 64, REGIONS), by=None)

        measured("import of 552 results", bring, 2)
        region = Region.objects.order_by("pk").first()
        assert region is not None
        person = User.objects.create_user("pembaca@ukur.test", None, name="Pembaca")
        grant(person, Role.REGION_ADMIN, by=None, region=region)
    client = Client()
    client.force_login(person)
    address = f"/{region.slug}/peringkat/?kelompok=semua"
    assert client.get(address).content.count(b'scope="row"') == REGIONS
    measured("page of 552, beside the year before", lambda: client.get(address), 15)
    with scopes_disabled():
        field, events = stored_field(edition)
        measured("the nation read from its rows", lambda: stored_field(edition), 3)
        draw = lambda: robustness.simulate(field, events, draws=DRAWS, seed=SEED, noise=0.1)  # noqa: E731
        measured(f"1,000 draws, {len(events):,} innovations in doubt", draw, 3)


if __name__ == "__main__":
    main()
