"""The years: list, preparation, opening, extension, the end of reporting, and a year's table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.agencies.queries import tree
from pamong.assessments import pages, policies, queries
from pamong.assessments.actions import year as acts
from pamong.assessments.forms import (
    DatesForm,
    EntriesFilter,
    ExtendForm,
    NoForm,
    PrepareForm,
    status_in_words,
    usual_dates,
)
from pamong.assessments.models import Assessment, Entry
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.common.sorting import heads

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
HEADERS = (
    "Kode", "Inovasi", "Instansi", "Urusan", "Status", "Indikator terisi", "Kematangan diklaim",
    "Kematangan terverifikasi", "Verifikator",
)  # fmt: skip


def assessment_or_404(request: RegionRequest, year: int) -> Assessment:
    return get_object_or_404(queries.assessments(request.user, request.region), year=year)


@require_safe
def listing(request: RegionRequest) -> HttpResponse:
    """Every year of the region; to whoever reads nothing of it the list does not exist."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    years = queries.year_counts(queries.assessments(request.user, request.region))
    context = {
        "years": [(each, pages.PHASE_TONES[each.phase], status_in_words(each.edition)) for each in years],
        "can_manage": policies.can_manage(request.user, request.region),
    }
    return render(request, "assessments/list.html", context)


@require_safe
def export_years(request: RegionRequest) -> HttpResponse:
    if not tree.may_read(request.user, request.region):
        raise Http404
    years = queries.year_counts(queries.assessments(request.user, request.region))
    headers = (
        "Tahun",
        "Keadaan",
        "Aturan",
        "Status aturan",
        "Dibuka",
        "Tenggat internal",
        "Ditutup",
        "Ikut",
        "Dilaporkan",
    )
    lines = (
        (
            each.year, each.get_phase_display(), each.edition.title, str(status_in_words(each.edition)), each.opens_on,
            each.internal_deadline, each.closes_on, each.entered, each.reported,  # type: ignore[attr-defined]
        )
        for each in years
    )  # fmt: skip
    return xlsx_response(f"tahun-penilaian-{request.region.slug}", headers, lines)


@get_or_post
def prepare(request: RegionRequest) -> HttpResponse:
    """Set up a year."""
    policies.can_manage(request.user, request.region).require()
    this_year = timezone.localdate().year
    form = PrepareForm(request.POST or None, initial={"year": this_year, **usual_dates(this_year)})
    return answer(
        request,
        form,
        act=lambda data: acts.prepare(region=request.region, by=request.user, **data),
        done=lambda made: _to_year(request, made, f"Penilaian {made.year} disiapkan. Periksa, lalu buka."),
        template="assessments/prepare.html",
        context={},
    )


@get_or_post
def reschedule(request: RegionRequest, year: int) -> HttpResponse:
    """Change the dates of a year not open yet."""
    assessment = assessment_or_404(request, year)
    policies.can_reschedule(request.user, assessment).require()
    names = ("opens_on", "internal_deadline", "closes_on")
    form = DatesForm(request.POST or None, initial={name: getattr(assessment, name) for name in names})
    return answer(
        request,
        form,
        act=lambda data: acts.reschedule(assessment, by=request.user, **data),
        done=lambda made: _to_year(request, made, "Tanggal diubah."),
        template="assessments/reschedule.html",
        context={"assessment": assessment},
    )


@require_safe
def year(request: RegionRequest, year: int) -> HttpResponse:
    """A year: its rules and dates, what is to be done, and who takes part."""
    assessment = assessment_or_404(request, year)
    every = queries.entries_of(request.user, assessment)
    form = _filter(request, assessment, every)
    page = page_of(queries.as_table(queries.filtered(every, **form.wanted())), request, total=form.total)
    rows = pages.table(page.object_list, f"{request.path}ikut/")
    may = {
        name: getattr(policies, f"can_{name}")(request.user, assessment)
        for name in ("open", "extend", "end_reporting", "close", "reschedule")
    }
    context = {
        "assessment": assessment,
        "edition": assessment.edition,
        "edition_status": status_in_words(assessment.edition),
        "phase_tone": pages.PHASE_TONES[assessment.phase],
        "form": form,
        "page": page,
        "rows": rows,
        "has_mine": any(row.mine for row in rows),
        "may": may,
        "can_manage": policies.can_manage(request.user, request.region),
        "may_enter": policies.may_enter_any(request.user, assessment),
        "may_pair": policies.can_pair_any(request.user, assessment),
        "institution": pages.own_part(queries.own_indicators(request.user, assessment)),
        "extensions": queries.extensions(assessment),
        "query": request.GET.urlencode(),
        "heads": heads(request.GET, request.GET.get("urut", ""), COLUMNS),
    }
    return render(request, "assessments/year.html", context)


def _filter(request: HttpRequest, assessment: Assessment, every: QuerySet[Entry]) -> EntriesFilter:
    agencies, states = queries.agencies_and_states(every)
    return EntriesFilter(request.GET, assessment=assessment, agencies=agencies, states=states)


COLUMNS = (("nama", "Inovasi"), ("instansi", "Instansi"), ("status", "Status"), ("klaim", "Klaim"), ("terverifikasi", "Terverifikasi"))  # fmt: skip


@require_safe
def export(request: RegionRequest, year: int) -> HttpResponse:
    """The table as filtered, for Excel."""
    assessment = assessment_or_404(request, year)
    every = queries.entries_of(request.user, assessment)
    found = queries.for_export(queries.filtered(every, **_filter(request, assessment, every).wanted()))
    affairs = assessment.edition.affairs_by_code
    rows = (
        (
            row.code, row.name, row.agency, affairs[entry.affair].label if entry.affair in affairs else entry.affair,
            row.state_label, row.answered, row.claimed, row.verified if row.has_verdicts else None, row.verifier,
        )
        for entry, row in ((each, pages.row(each)) for each in found.iterator(chunk_size=500))
    )  # fmt: skip
    return xlsx_response(f"penilaian-{request.region.slug}-{year}", HEADERS, rows)


@get_or_post
def open_(request: RegionRequest, year: int) -> HttpResponse:
    """Open a year, after seeing which of its rules no document confirms."""
    assessment = assessment_or_404(request, year)
    return _decide(
        request, assessment, policies.can_open, acts.open_year, "open", "Penilaian dibuka; para pelapor diberi tahu."
    )


@get_or_post
def end_reporting(request: RegionRequest, year: int) -> HttpResponse:
    """End reporting before or at the closing date."""
    assessment = assessment_or_404(request, year)
    return _decide(
        request, assessment, policies.can_end_reporting, acts.end_reporting, "end_reporting", "Pelaporan diakhiri."
    )


@get_or_post
def reopen_reporting(request: RegionRequest, year: int) -> HttpResponse:
    """Take back the end of reporting."""
    assessment = assessment_or_404(request, year)
    return _decide(
        request, assessment, policies.can_extend, acts.reopen_reporting, "reopen_reporting", "Pelaporan dibuka lagi."
    )


def _decide(
    request: RegionRequest,
    assessment: Assessment,
    may: Callable[..., Any],
    act: Callable[..., Any],
    name: str,
    said: str,
) -> HttpResponse:
    """A page that says what will happen, with one button."""
    context = {
        "assessment": assessment,
        "edition": assessment.edition,
        "edition_status": status_in_words(assessment.edition),
        "permit": may(request.user, assessment),
        "what": name,
    }
    return answer(
        request,
        NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: act(assessment, by=request.user),
        done=lambda made: _to_year(request, made, said),
        template="assessments/decide_year.html",
        context=context,
    )


@get_or_post
def extend(request: RegionRequest, year: int) -> HttpResponse:
    """Move the closing date, with a reason."""
    assessment = assessment_or_404(request, year)
    policies.can_extend(request.user, assessment).require()
    return answer(
        request,
        ExtendForm(request.POST or None),
        act=lambda data: acts.extend(assessment, by=request.user, **data),
        done=lambda made: _to_year(request, made, "Penilaian diperpanjang; para pelapor diberi tahu."),
        template="assessments/extend.html",
        context={"assessment": assessment, "extensions": queries.extensions(assessment)},
    )


def _to_year(request: RegionRequest, assessment: Assessment, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("assessments:year", request.region.slug, assessment.year)
