"""The region's canned reasons, to take along."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments import verification_policies as policies
from pamong.assessments import verification_queries as queries
from pamong.common.sheets import xlsx_response


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    if not policies.can_see_queue(request.user, request.region):
        raise Http404
    rows = queries.canned_reasons(request.user, request.region)
    return xlsx_response(f"kalimat-alasan-{request.region.slug}", ("Kalimat",), ((row.text,) for row in rows))
