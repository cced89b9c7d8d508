"""What this feature says on pages of lower floors."""

from __future__ import annotations

from django.template.loader import render_to_string

from pamong.agencies.http import RegionRequest
from pamong.assessments import policies, queries


def inbox(request: RegionRequest) -> str:
    """Above the inbox: where its files are said to prove something, in every year that takes work."""
    years = queries.assessments(request.user, request.region).select_related("region")
    open_years = [each for each in years if policies.can_pair_any(request.user, each)]
    return render_to_string("assessments/_pair.html", {"years": open_years}, request) if open_years else ""
