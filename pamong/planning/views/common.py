"""What every page of planning begins with."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from pamong.agencies.http import RegionRequest
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.planning import policies


def open_to(request: RegionRequest) -> None:
    """To whoever reads nothing of the region the page does not exist."""
    if not policies.can_see(request.user, request.region):
        raise Http404


def open_to_readers(request: RegionRequest) -> None:
    """To whoever does not read the whole region the page does not exist."""
    if not policies.can_see_all(request.user, request.region):
        raise Http404


def asked_year(request: RegionRequest) -> Assessment | None:
    """The year asked for (404 if there is none such), else the newest that still runs, else the newest."""
    years = list(assessments.assessments(request.user, request.region).select_related("region").order_by("-year"))
    asked = request.GET.get("tahun", "")
    if asked:
        found = next((each for each in years if str(each.year) == asked), None)
        if found is None:
            raise Http404
        return found
    return next((each for each in years if each.phase != Phase.CLOSED), years[0] if years else None)


def year_or_404(request: RegionRequest) -> Assessment:
    open_to(request)
    found = asked_year(request)
    if found is None:
        raise Http404
    return found


def tabs(request: RegionRequest, assessment: Assessment | None) -> list[tuple[str, str, str]]:
    """The pages of planning this person may open."""
    slug, year = request.region.slug, f"?tahun={assessment.year}" if assessment else ""
    found = [("plans", "Rencana", reverse("planning:list", args=[slug]) + year)]
    if assessment:
        found.append(("gaps", "Celah", reverse("planning:gaps", args=[slug]) + year))
    found.append(("tasks", "Tugas", reverse("planning:tasks", args=[slug])))
    if policies.can_see_all(request.user, request.region):
        if assessment:
            found.append(("portfolio", "Kiriman", reverse("planning:portfolio", args=[slug]) + year))
            found.append(("scenarios", "Andai", reverse("planning:scenarios", args=[slug]) + year))
        found.append(("efforts", "Upaya", reverse("planning:efforts", args=[slug])))
    return found
