"""The list, its export, and one innovation to read."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pamong.accounts.roles import Permission
from pamong.agencies.http import RegionRequest
from pamong.agencies.queries import tree
from pamong.agencies.standing import standing
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.common.sorting import heads
from pamong.innovations import display, policies, queries, rules
from pamong.innovations.completeness import completeness
from pamong.innovations.forms import FilterForm


@require_safe
def index(request: RegionRequest) -> HttpResponse:
    _open(request)
    form = FilterForm(request.GET, agencies=partial(queries.agencies_seen, request.user, request.region))
    filters = form.filters
    page = page_of(queries.as_rows(queries.listed(request.user, request.region, filters)), request)
    context = {
        "form": form,
        "page": page,
        "rows": display.lines(page.object_list, request.path, _writes_at(request)),
        "heads": heads(request.GET, filters.sort, display.SORTED),
        "may_write": policies.can_import(request.user, request.region),
        "query": request.GET.urlencode(),
    }
    return render(request, "innovations/list.html", context)


def _open(request: RegionRequest) -> None:
    """Whoever reads no innovation of the region finds no list, rather than one that says there are none."""
    if not tree.may_read(request.user, request.region):
        raise Http404


def _writes_at(request: RegionRequest) -> tuple[str, ...]:
    """The agency paths whose innovations this person may write; the root of every path for a whole region."""
    seats = standing(request.user)
    if seats.may_in(Permission.WRITE_INNOVATION, request.region):
        return ("/",)
    return seats.paths(Permission.WRITE_INNOVATION, request.region)


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    _open(request)
    form = FilterForm(request.GET, agencies=partial(queries.agencies_seen, request.user, request.region))
    rows = queries.listed(request.user, request.region, form.filters).select_related("agency")
    name = f"inovasi-{request.region.slug}.xlsx"
    return xlsx_response(name, display.export_headers(), (display.exported(each) for each in rows.iterator(200)))


@require_safe
def detail(request: RegionRequest, code: str) -> HttpResponse:
    innovation = get_object_or_404(queries.detailed(request.user, request.region), code=code)
    done = completeness(innovation, rules.current())
    context: dict[str, Any] = {
        "innovation": innovation,
        "tabs": display.tabs(innovation, request.region),
        "tab": "detail",
        "sections": display.sections(innovation),
        "done": done,
        "edition": rules.current(),
        "can_edit": policies.can_edit(request.user, innovation),
        "steps": display.step_links(policies.steps_for(request.user, innovation), innovation, request.region),
        "stages": display.stage_line(innovation, queries.stages_passed(innovation)),
        "attachments": queries.attachments(innovation),
        "edit_url": reverse("innovations:edit", args=[request.region.slug, innovation.code]),
    }
    return render(request, "innovations/detail.html", context)
