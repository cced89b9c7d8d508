"""One page for the head of region, and the same on paper."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments.models import Assessment
from pamong.dashboards import queries
from pamong.dashboards.charts import Series, bar_chart
from pamong.dashboards.head import LOWEST, Brief, brief
from pamong.dashboards.paper import sheet
from pamong.scoring.policies import can_see_all


def _assessment(request: RegionRequest) -> Assessment | None:
    """The newest year, for who reads the whole region; to others the page does not exist."""
    if not can_see_all(request.user, request.region):
        raise Http404
    return queries.assessment_of(request.user, request.region, None)


@require_safe
def head(request: RegionRequest) -> HttpResponse:
    """Where are we, why, what next, who is late."""
    assessment = _assessment(request)
    found = brief(request.user, request.region, assessment) if assessment else None
    context = {
        "brief": found,
        "chart": _chart(found) if found else None,
        "lowest": found.houses[:LOWEST] if found else (),
        "latest": found.weeks[-1] if found and found.weeks else None,
        "today": timezone.localdate(),
    }
    return render(request, "dashboards/head.html", context)


def _chart(found: Brief) -> object:
    """Points proven week by week, beside the plan."""
    highest = max((max(week.proven, week.planned or 0) for week in found.weeks), default=0)
    if not highest:
        return None
    series = [
        Series("verified", "terbukti", [int(week.proven) or None for week in found.weeks]),
        Series("claimed", "menurut rencana", [week.planned and int(week.planned) for week in found.weeks]),
    ]
    return bar_chart([f"{week.ends_on:%d/%m}" for week in found.weeks], series, -(-int(highest) // 20) * 20)


@require_safe
def head_pdf(request: RegionRequest) -> HttpResponse:
    """The same on one sheet."""
    assessment = _assessment(request)
    if assessment is None:
        raise Http404
    on = date_format(timezone.localdate(), "j F Y")
    made = sheet(request.region, brief(request.user, request.region, assessment), on)
    response = HttpResponse(made, content_type="application/pdf")
    name = f"ringkas-{request.region.slug}-{assessment.year}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
