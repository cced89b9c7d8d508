"""The stored indices, kept fresh by a clock. Pages of a region compute their own; these are for comparing regions."""

from __future__ import annotations

from django_scopes import scopes_disabled

from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.scoring.actions.refreshing import refresh_nation


def refresh_running_years() -> int:
    """Recompute every year some region still works on; returns how many entries. Safe to run at any time."""
    with scopes_disabled():
        years = set(Assessment.objects.exclude(phase=Phase.CLOSED).values_list("year", flat=True))
    return sum(refresh_nation(year) for year in sorted(years))
