"""Writing down the latest indices, for ranking across regions."""

from __future__ import annotations

from django.db import transaction

from pamong.assessments.models import Assessment
from pamong.scoring import nation, quick
from pamong.scoring.models import IndexScore
from pamong.scoring.queries.inputs import CLAIMED, VERIFIED, reported

HUNDREDTHS = 100


def refresh(assessment: Assessment) -> IndexScore:
    """Compute both indices of one assessment and store them. Harmless when repeated."""
    rows = reported(assessment)
    claimed, verified = (int(quick.index(assessment, rows, value) * HUNDREDTHS) for value in (CLAIMED, VERIFIED))
    stored = IndexScore(assessment=assessment, claimed=claimed, verified=verified)
    IndexScore.objects.bulk_create(
        [stored], update_conflicts=True, update_fields=["claimed", "verified"], unique_fields=["assessment"]
    )
    return stored


@transaction.atomic
def refresh_nation(year: int) -> int:
    """Compute every maturity and every index of ``year`` from the packed levels and store them; returns how many entries."""
    return len(nation.recompute(year).entries)
