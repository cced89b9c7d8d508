"""Writing down the latest indices, for ranking across regions."""

from __future__ import annotations

from django.db import transaction

from pamong.assessments.models import Assessment
from pamong.scoring import nation
from pamong.scoring.models import IndexScore
from pamong.scoring.queries.inputs import CLAIMED, VERIFIED, inputs_of, reported, score_of

HUNDREDTHS = 100


@transaction.atomic
def refresh(assessment: Assessment) -> IndexScore:
    """Compute both indices of one assessment and store them. Harmless when repeated."""
    rows = reported(assessment)
    claimed, verified = (
        int(score_of(inputs_of(assessment, rows, value)).index * HUNDREDTHS) for value in (CLAIMED, VERIFIED)
    )
    stored, _ = IndexScore.objects.update_or_create(
        assessment=assessment, defaults={"claimed": claimed, "verified": verified}
    )
    return stored


@transaction.atomic
def refresh_nation(year: int) -> int:
    """Compute every maturity and every index of ``year`` from the packed levels and store them; returns how many entries."""
    return len(nation.recompute(year).entries)
