"""Why an index moved, or why two regions differ."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest, asked
from pamong.agencies.queries import tree
from pamong.common.sheets import xlsx_response
from pamong.dashboards import causes
from pamong.dashboards.charts import waterfall
from pamong.dashboards.ranks import rank_moved


@require_safe
def moved(request: RegionRequest) -> HttpResponse:
    """Two results, the difference in two sentences, a waterfall and its table."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    every = causes.results(request.user, request.region, sealed=True)
    pair = _pair(request, every)
    found = causes.explained(request.user, *pair) if pair else None
    if found and request.GET.get("format") == "xlsx":
        rows = ((each.label, each.before, each.after, each.amount) for each in found.lines)
        return xlsx_response(
            f"sebab-{request.region.slug}", ("Penyebab", found.first.label, found.second.label, "Pengaruh"), rows
        )
    chart = None
    if found:
        chart = waterfall(
            (found.first.label, found.before),
            [(each.label, each.amount) for each in found.lines if each.amount],
            (found.second.label, found.after),
        )
    ranks = rank_moved(request.user, *pair) if pair else ""
    context = {
        "every": every,
        "found": found,
        "chart": chart,
        "ranks": ranks,
        "query": request.GET.urlencode(),
        "only_published": causes.only_published(request.user, request.region),
    }
    return render(request, "dashboards/moved.html", context)


def _pair(request: RegionRequest, every: list[causes.Result]) -> tuple[causes.Result, causes.Result] | None:
    """The two asked for (404 if one is none of theirs), else the usual two."""
    keys = asked(request, "dari"), asked(request, "ke")
    if not any(keys):
        return causes.usual(every)
    first, second = (causes.chosen(every, key) for key in keys)
    if first is None or second is None:
        raise Http404
    return first, second
