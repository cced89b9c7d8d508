"""What can be computed about ranks, computed for Kota Magelang: how sure its rank is, a forecast, and a simulation it shares.

Results of all regions and pillars of competitiveness are invented, and say so wherever they stand.
"""

from __future__ import annotations

import csv
import io
import random
import re
from typing import Any

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.ranking import forms, queries, tasks
from pamong.ranking.actions import computing
from pamong.ranking.models import Run
from pamong.ranking.states import Kind

DRAWS, SEED = 1000, 2026
PLANNED, WISHED = 66.0, 20


def tell(region: Region, by: User) -> None:
    """Three computations, each as its form would have asked for it."""
    example = next(each for each in queries.publications(region) if each.series.invented)
    drawn = {"draws": DRAWS, "seed": SEED}
    doubts = {"lowered": 20.0, "rejected": 10.0, "margin": 2.0, "noise": 10.0}
    year = {"year": 2026, "publication": example.pk, "group": region.kind, **doubts, **drawn}
    _worked(region, Kind.ROBUSTNESS, "Peringkat 2026 di antara kota (data contoh)", year, by)
    plan = {"series": example.series.code, "group": region.kind, "planned": PLANNED, "wished": WISHED, **drawn}
    _worked(region, Kind.FORECAST, f"Nilai {PLANNED:.2f} di antara kota (data contoh)".replace(".", ","), plan, by)
    spec = forms.IDSD.read_text(encoding="utf-8")
    own = {"spec": spec, "table": _pillars(spec), "noise": 25.0, **drawn}
    made = _worked(region, Kind.COMPOSITE, "IDSD dengan bobot sama (angka pilar contoh)", own, by)
    computing.share(made, by=by, shared=True)


def _worked(region: Region, kind: Kind, title: str, asked: dict[str, Any], by: User) -> Run:
    made = computing.start(region, kind, title, asked, by=by, now=True)
    tasks.work(made.pk)
    return made


def _pillars(spec: str) -> str:
    """Invented pillars, 0 to 5, of regions without names: so that nobody takes them for theirs."""
    dice = random.Random(SEED)  # noqa: S311 — examples, not secrets
    columns = re.findall(r'"column": "(\w+)"', spec)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["daerah", *columns])
    for number in range(1, 36):
        strength = dice.gauss(3.6, 0.3)
        values = (f"{min(5, max(0, strength + dice.gauss(0, 0.4))):.2f}" for _ in columns)
        rows.writerow([f"Daerah contoh {number:02}", *values])
    return text.getvalue()
