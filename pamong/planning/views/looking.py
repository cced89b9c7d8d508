"""What is within reach, and what work a level takes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest, answer, asked
from pamong.assessments import queries as assessments
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.engine.edition import Edition
from pamong.innovations.rules import current
from pamong.planning import policies
from pamong.planning.actions.efforts import set_efforts
from pamong.planning.forms.efforts import EffortForm
from pamong.planning.queries import efforts as effort_queries
from pamong.planning.queries import gaps as gap_queries
from pamong.planning.queries.ground import ground, visible_codes
from pamong.planning.views.common import open_to_readers, tabs, year_or_404

HEADERS = (
    "Inovasi", "Instansi", "Indikator", "Nama indikator", "Wajib", "Tingkat sekarang", "Tingkat berikut",
    "Tambahan indeks", "Hari kerja", "Biaya", "Waktu tunggu (hari)", "Indeks per hari", "Sampai tingkat", "Tambahan sampai di sana",
)  # fmt: skip


@require_safe
def gaps(request: RegionRequest) -> HttpResponse:
    """Every indicator below its top, with what its next level adds to the index and what it takes."""
    assessment = year_or_404(request)
    found = ground(assessment)
    codes = visible_codes(request.user, request.region, assessment)
    every = gap_queries.rows(found, effort_queries.efforts(request.region, assessment.edition), codes)
    filters = {name: asked(request, key) for name, key in (("words", "cari"), ("agency", "instansi"), ("indicator", "indikator"), ("sort", "urut"))}  # fmt: skip
    rows = gap_queries.narrowed(every, **filters)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(f"celah-{request.region.slug}-{assessment.year}", HEADERS, map(_exported, rows))
    context = {
        "assessment": assessment,
        "tabs": tabs(request, assessment),
        "page": page_of(rows, request),
        "reach": gap_queries.reach(found, rows),
        "filters": filters,
        "agencies": sorted({(row.item.agency, row.item.agency_name) for row in every}, key=lambda each: each[1]),
        "indicators": [each for each in assessment.edition.indicators.values() if each.code in {row.indicator_code for row in every}],
        "sorts": (("hasil", "Hasil per hari kerja"), ("nilai", "Tambahan indeks"), ("hari", "Hari kerja tersedikit"), ("inovasi", "Nama inovasi"), ("instansi", "Instansi")),
        "can_plan": policies.can_ask(request.user, assessment),
        "sees_all": policies.can_see_all(request.user, request.region),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "planning/gaps.html", context)


def _exported(row: gap_queries.GapRow) -> tuple[object, ...]:
    step = row.next
    return (
        row.item.name, row.item.agency_name, row.indicator_code, row.indicator, row.mandatory, step.start, step.level,
        row.gain, step.days, step.cost, step.lead, row.per_day, row.top.level, row.top_gain,
    )  # fmt: skip


@require_safe
def efforts(request: RegionRequest) -> HttpResponse:
    """What each level takes in this region, and how that is known."""
    open_to_readers(request)
    context = {
        "tabs": tabs(request, assessments.assessments(request.user, request.region).order_by("-year").first()),
        "lines": effort_queries.lines(request.region, _edition(request)),
        "can_plan": policies.can_plan(request.user, request.region),
    }
    return render(request, "planning/efforts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def effort(request: RegionRequest, indicator: str) -> HttpResponse:
    """Set what the levels of one indicator take."""
    open_to_readers(request)
    edition = _edition(request)
    lines = [each for each in effort_queries.lines(request.region, edition) if each.indicator.code == indicator]
    if not lines:
        raise Http404
    form = EffortForm(request.POST if request.method == "POST" else None, lines=lines)

    def done(_: None) -> HttpResponse:
        messages.success(request, f"Upaya indikator {indicator} tersimpan.")
        return redirect("planning:efforts", request.region.slug)

    return answer(
        request,
        form,
        act=lambda _: set_efforts(request.region, lines[0].indicator, form.efforts, by=request.user),
        done=done,
        template="planning/effort.html",
        context={"indicator": lines[0].indicator, "lines": lines},
        permit=policies.can_plan(request.user, request.region),
    )


def _edition(request: RegionRequest) -> Edition:
    """The rules of the newest year, or the newest rules in force where there is none yet."""
    newest = assessments.assessments(request.user, request.region).order_by("-year").first()
    return newest.edition if newest else current()
