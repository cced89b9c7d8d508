"""How the rules fare: findings by rule and agency, which rules cry wolf, and the list itself, also as a workbook."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest, asked
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment, Entry
from pamong.checks import policies
from pamong.checks.models import Finding, Severity
from pamong.checks.queries import faring
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response


@require_safe
def rules(request: RegionRequest) -> HttpResponse:
    """The year's findings, counted and listed; to others the page does not exist."""
    years, year, entries = _year(request)
    if year is None:
        return render(request, "checks/rules.html", {"year": None})
    found = faring.of_year(entries, year)
    fares = faring.fares(found, entries, year)
    page = page_of(_narrowed(request, found), request, per_page=50)
    rows = list(page.object_list)
    answered = faring.answers(rows)
    context = {
        "year": year,
        "years": years,
        "fares": fares,
        "wolves": [each for each in fares if each.cries_wolf],
        "houses": faring.houses(found),
        "page": page,
        "rows": [(row, faring.rule_label(row.rule), _answer(row, answered)) for row in rows],
        "severities": [(each, label) for each, label in Severity.choices if each != Severity.INFORMS],
        "asked": {name: asked(request, name, 80) for name in ("aturan", "bobot", "instansi")},
        "query": request.GET.urlencode(),
    }
    return render(request, "checks/rules.html", context)


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    """The list as filtered, for Excel."""
    _, year, entries = _year(request)
    if year is None:
        raise Http404
    rows = list(_narrowed(request, faring.of_year(entries, year)))
    answered = faring.answers(rows)
    cells = (faring.as_cells(row, _answer(row, answered)) for row in rows)
    return xlsx_response(f"temuan-{request.region.slug}-{year.year}", faring.HEADERS, cells)


def _year(request: RegionRequest) -> tuple[list[Assessment], Assessment | None, QuerySet[Entry]]:
    """The years, the one asked for (or the newest), and its entries."""
    if not policies.can_see_rules(request.user, request.region):
        raise Http404
    years = list(assessments.assessments(request.user, request.region).select_related("region").order_by("-year"))
    year = next((each for each in years if str(each.year) == request.GET.get("tahun")), years[0] if years else None)
    entries = assessments.visible_to(request.user, request.region)
    return years, year, entries.filter(assessment=year) if year else entries.none()


def _narrowed(request: RegionRequest, found: QuerySet[Finding]) -> QuerySet[Finding]:
    return faring.narrowed(
        found,
        rule=asked(request, "aturan", 40),
        severity=asked(request, "bobot", 10),
        agency=asked(request, "instansi", 80),
    )


def _answer(row: Finding, answered: dict[tuple[int, str, str], Any]) -> Any:
    claim = row.examination.claim
    return answered.get((claim.entry_id, claim.indicator, row.key))
