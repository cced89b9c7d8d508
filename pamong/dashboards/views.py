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
from pamong.assessments.states import Phase, State
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.dashboards import queries
from pamong.innovations.policies import can_capture, can_import
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
        context |= _figures(request, assessment, years)
    context["may_capture"] = can_import(request.user, request.region)
    return render(request, "dashboards/region.html", context)


def _roles(request: RegionRequest) -> list[RoleInfo]:
    return [ROLES[role] for role in sorted(standing(request.user).roles_in(request.region))]


def _figures(request: RegionRequest, assessment: Assessment, years: list[queries.YearFigure]) -> dict[str, Any]:
    """What the region page shows of one year: totals of all entries, single rows only of those that may be seen."""
    every = queries.rows(queries.whole(assessment))
    mine = assessments.visible_to(request.user, request.region).filter(assessment=assessment)
    visible = set(mine.values_list("code", flat=True))
    shown = [row for row in every if row.code in visible]
    reported = sorted((row for row in shown if row.is_reported), key=lambda row: (-row.unproven, row.name))
    reads_all = can_see_all(request.user, request.region)
    return {
        "standing": queries.region_standing(assessment, every),
        "choices": [year.year for year in years if year.claimed is not None or year.year == assessment.year],
        "todo": _todo(request, assessment, shown) if assessment.phase != Phase.CLOSED else [],
        "todo_title": "Yang menunggu dikerjakan" if reads_all else "Inovasi instansi Anda",
        "reads_all": reads_all,
        "hidden": len(every) - len(shown),
        "biggest": reported[:BIGGEST],
        "shown": len(shown),
    }


def _todo(request: RegionRequest, assessment: Assessment, shown: list[queries.Row]) -> list[dict[str, Any]]:
    """What waits, each with the page where it is done: of the whole region, or of the person's own agencies."""
    slug = request.region.slug
    houses = queries.of_reader(agencies.visible_to(request.user, request.region), request.user, request.region)
    owing = sum(bool(row.owes) for row in queries.compliance(houses, request.region, assessment))
    cards = [
        {"count": each.count, "text": each.text, "url": _page(request, assessment, each)}
        for each in queries.todo(shown)
    ]
    if owing:
        cards.append(
            {
                "count": owing,
                "text": "instansi belum memenuhi target tahun ini",
                "url": reverse("dashboards:compliance", args=[slug]),
            }
        )
    return cards


def _page(request: RegionRequest, assessment: Assessment, waiting: queries.Todo) -> str:
    """The verifiers' queue for what waits there, else the one entry that waits, or the year's table of them."""
    slug = request.region.slug
    if State.SUBMITTED in waiting.states and verification.can_see_queue(request.user, request.region):
        return reverse("verification:queue", args=[slug])
    if waiting.count == 1:
        return reverse("assessments:entry", args=[slug, assessment.year, waiting.codes[0]])
    return reverse("assessments:year", args=[slug, assessment.year]) + f"?status={waiting.states[0]}"


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
