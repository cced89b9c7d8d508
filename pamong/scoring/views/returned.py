"""The ministry's result: typed or imported, per innovation and for the region."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments.actions import ministry
from pamong.assessments.models import Assessment
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.engine.index import band_of
from pamong.scoring import policies, queries, tables
from pamong.scoring.forms import ConfirmForm, IndexForm, MaturitiesForm, UploadForm, packed
from pamong.scoring.queries import CLAIMED, VERIFIED
from pamong.scoring.views.common import year_or_404

page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def _year(request: RegionRequest, year: int) -> Assessment:
    assessment = year_or_404(request, year)
    if not policies.can_see_all(request.user, request.region):
        raise Http404
    return assessment


def _editable(request: RegionRequest, year: int) -> Assessment:
    """The year, for who may record results: to others the page does not exist, too early it says so."""
    assessment = _year(request, year)
    if not policies.can_manage(request.user, request.region):
        raise Http404
    policies.can_record_returned(request.user, assessment).require()
    return assessment


@require_safe
def returned(request: RegionRequest, year: int) -> HttpResponse:
    """The three values side by side, for the region and every innovation."""
    assessment = _year(request, year)
    result = queries.returned(assessment)
    context = {
        "assessment": assessment,
        "returned": result,
        "band": band_of(assessment.edition, result.index) if result else None,
        "claimed": queries.index(assessment, CLAIMED),
        "verified": queries.index(assessment, VERIFIED),
        "rows": queries.returned_rows(assessment),
        "permit": policies.can_record_returned(request.user, assessment),
        "manages": policies.can_manage(request.user, request.region),
    }
    return render(request, "scoring/returned.html", context)


@page_or_form
def returned_index(request: RegionRequest, year: int) -> HttpResponse:
    """Type the region's index."""
    assessment = _editable(request, year)
    result = queries.returned(assessment)
    initial = {name: getattr(result, name) for name in ("index", "rank", "rank_of", "source")} if result else None
    form = IndexForm(request.POST or None, initial=initial)
    context = {"assessment": assessment, "form": form}
    if request.method != "POST":
        return render(request, "scoring/returned_index.html", context)
    if not form.is_valid():
        return render(request, "scoring/returned_index.html", context, status=422)
    try:
        ministry.record_index(assessment, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return render(request, "scoring/returned_index.html", context | {"refused": refused.reasons}, status=409)
    messages.success(request, "Indeks dari kementerian dicatat.")
    return redirect("scoring:returned", request.region.slug, year)


@page_or_form
def returned_innovations(request: RegionRequest, year: int) -> HttpResponse:
    """Type the maturity of each innovation."""
    assessment = _editable(request, year)
    rows = queries.returned_rows(assessment)
    form = MaturitiesForm(request.POST or None, rows=rows, top=assessment.edition.maturity_maximum)
    context = {"assessment": assessment, "form": form}
    if request.method != "POST":
        return render(request, "scoring/returned_innovations.html", context)
    if not form.is_valid():
        return render(request, "scoring/returned_innovations.html", context, status=422)
    try:
        changed = ministry.record_maturities(assessment, form.returned, by=request.user)
    except Refused as refused:
        return render(request, "scoring/returned_innovations.html", context | {"refused": refused.reasons}, status=409)
    messages.success(request, f"{changed} hasil inovasi dicatat." if changed else "Tidak ada yang berubah.")
    return redirect("scoring:returned", request.region.slug, year)


@page_or_form
def returned_import(request: RegionRequest, year: int) -> HttpResponse:
    """Read a table, say what each row means, and record it once confirmed."""
    assessment = _editable(request, year)
    if request.method != "POST":
        return render(request, "scoring/returned_import.html", {"assessment": assessment, "form": UploadForm()})
    if "rows" in request.POST:
        return _confirm(request, assessment)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "scoring/returned_import.html", {"assessment": assessment, "form": form}, status=422)
    try:
        upload = form.cleaned_data["file"]
        rows = tables.read(upload.read(tables.MAX_BYTES + 1), _known(assessment), assessment.edition.maturity_maximum)
    except Refused as refused:
        context = {"assessment": assessment, "form": form, "refused": refused.reasons}
        return render(request, "scoring/returned_import.html", context, status=409)
    good = [row.returned for row in rows if row.returned]
    context = {
        "assessment": assessment,
        "rows": rows,
        "good": len(good),
        "bad": len(rows) - len(good),
        "form": ConfirmForm(initial={"rows": packed(good)}),
    }
    return render(request, "scoring/returned_report.html", context)


def _confirm(request: RegionRequest, assessment: Assessment) -> HttpResponse:
    form = ConfirmForm(request.POST)
    context = {"assessment": assessment, "form": UploadForm()}
    if not form.is_valid():
        refused = [error for errors in form.errors.values() for error in errors]
        return render(request, "scoring/returned_import.html", context | {"refused": refused}, status=422)
    try:
        changed = ministry.record_maturities(assessment, form.cleaned_data["rows"], by=request.user)
    except Refused as refusal:
        return render(request, "scoring/returned_import.html", context | {"refused": refusal.reasons}, status=409)
    messages.success(request, f"{changed} hasil inovasi dicatat." if changed else "Semua sudah tercatat sebelumnya.")
    return redirect("scoring:returned", request.region.slug, assessment.year)


def _known(assessment: Assessment) -> list[tables.Known]:
    return [tables.Known(row.code, row.innovation, row.name) for row in queries.returned_rows(assessment)]


@require_safe
def export_returned(request: RegionRequest, year: int) -> HttpResponse:
    """The three maturities for Excel; the same table can be filled in and imported."""
    assessment = _year(request, year)
    headers = ("Kode", "Nama inovasi", "Instansi", "Klaim", "Terverifikasi", "Kematangan", "Diterima", "Catatan")
    rows = (
        (row.code, row.name, row.agency, row.claimed, row.verified, row.maturity,
         None if row.maturity is None else row.accepted, row.note)
        for row in queries.returned_rows(assessment)
    )  # fmt: skip
    return xlsx_response(f"hasil-kementerian-{request.region.slug}-{year}", headers, rows)
