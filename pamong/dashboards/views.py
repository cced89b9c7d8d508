"""Pages of figures: the region, an agency, compliance."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pamong.accounts.roles import ROLES, RoleInfo
from pamong.agencies import queries as agencies
from pamong.agencies.http import RegionRequest
from pamong.agencies.queries import tree
from pamong.agencies.standing import standing
from pamong.assessments import queries as assessments
from pamong.assessments import verification_policies as verification
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.dashboards import queries
from pamong.innovations.policies import can_capture
from pamong.scoring.policies import can_see_all

BIGGEST = 10


def _year(request: HttpRequest) -> int | None:
    asked = request.GET.get("tahun", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


def _assessment(request: RegionRequest) -> Assessment | None:
    found = queries.assessment_of(request.user, request.region, _year(request))
    if found is None and _year(request):
        raise Http404
    return found


@require_safe
def region(request: RegionRequest) -> HttpResponse:
    """Where the region is, why, and what to do next. Whoever does not read the region is told where to go instead."""
    if not tree.may_read(request.user, request.region):
        return render(request, "dashboards/visitor.html", {"roles": _roles(request)})
    assessment = _assessment(request)
    years = queries.trend(request.user, request.region)
    index_chart, count_chart = queries.trend_charts(years)
    context: dict[str, Any] = {
        "assessment": assessment,
        "years": years,
        "index_chart": index_chart,
        "count_chart": count_chart,
    }
    if assessment:
        every = queries.rows(queries.whole(assessment))
        visible = set(
            assessments.visible_to(request.user, request.region)
            .filter(assessment=assessment)
            .values_list("code", flat=True)
        )
        shown = [row for row in every if row.code in visible]
        context["standing"] = queries.region_standing(assessment, every)
        context["choices"] = [year.year for year in years if year.claimed is not None or year.year == assessment.year]
        if assessment.phase != Phase.CLOSED:
            context["todo"] = _todo(request, context["standing"], assessment)
        context["reads_all"] = can_see_all(request.user, request.region)
        context["hidden"] = len(every) - len(shown)
        reported = [row for row in shown if row.is_reported]
        context["biggest"] = sorted(reported, key=lambda row: (-row.unproven, row.name))[:BIGGEST]
        context["shown"] = len(shown)
    return render(request, "dashboards/region.html", context)


def _roles(request: RegionRequest) -> list[RoleInfo]:
    return [ROLES[role] for role in sorted(standing(request.user).roles_in(request.region))]


def _todo(request: RegionRequest, now: queries.Standing, assessment: Assessment) -> list[dict[str, Any]]:
    houses = agencies.visible_to(request.user, request.region)
    owing = sum(bool(row.owes) for row in queries.compliance(houses, request.region, assessment))
    slug = request.region.slug
    pages = {"assessments:year": reverse("assessments:year", args=[slug, assessment.year])}
    if not verification.can_see_queue(request.user, request.region):
        pages["verification:queue"] = pages["assessments:year"]
    return [
        {"count": each.count, "text": each.text, "url": pages.get(each.page) or reverse(each.page, args=[slug])}
        for each in queries.todo(now.states, owing)
    ]


@require_safe
def agency(request: RegionRequest, slug: str) -> HttpResponse:
    """One agency's own standing in the year."""
    house = get_object_or_404(agencies.visible_to(request.user, request.region).select_related("region"), slug=slug)
    assessment = _assessment(request)
    rows = []
    if assessment:
        entries = assessments.visible_to(request.user, request.region).filter(
            assessment=assessment, agency__path__startswith=house.path
        )
        rows = sorted(queries.rows(entries), key=lambda row: (-row.unproven, row.name))
    counts = queries.compliance(
        agencies.visible_to(request.user, request.region).filter(pk=house.pk), request.region, assessment
    )
    context = {
        "agency": house,
        "assessment": assessment,
        "rows": rows,
        "count": counts[0] if counts else None,
        "reads": queries.reads(request.user, house),
        "may_capture": can_capture(request.user, house),
    }
    return render(request, "dashboards/agency.html", context)


@require_safe
def compliance(request: RegionRequest) -> HttpResponse:
    """Who has reported nothing against the year's target."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    assessment = _assessment(request)
    rows = queries.compliance(agencies.visible_to(request.user, request.region), request.region, assessment)
    if request.GET.get("format") == "xlsx":
        return _compliance_sheet(rows)
    context = {
        "assessment": assessment,
        "page": page_of(rows, request),
        "none": sum(not row.reported for row in rows),
        "owing": sum(bool(row.owes) for row in rows),
        "total": len(rows),
    }
    return render(request, "dashboards/compliance.html", context)


def _compliance_sheet(rows: list[queries.Compliance]) -> HttpResponse:
    headers = ["Instansi", "Jenis", "Pamong", "Target", "Tercatat", "Diikutkan", "Dilaporkan", "Diterima", "Kurang"]
    return xlsx_response(
        "kepatuhan.xlsx",
        headers,
        (
            [r.name, r.kind_label, r.steward, r.minimum, r.recorded, r.entered, r.reported, r.accepted, r.owes]
            for r in rows
        ),
    )
