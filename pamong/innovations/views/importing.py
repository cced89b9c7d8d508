"""Bringing what exists, page by page: upload, columns, dry run, taken over. Every step survives without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.innovations import actions, display, policies, queries
from pamong.innovations.forms import ColumnsForm, UploadForm
from pamong.innovations.models import ImportFile


def _one(request: RegionRequest, code: str) -> ImportFile:
    return get_object_or_404(queries.imports_of(request.user, request.region), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: RegionRequest) -> HttpResponse:
    policies.can_import(request.user, request.region).require()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _upload(request, form)
    if not form.is_valid():
        return _upload(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        table = actions.bring(region=request.region, by=request.user, content=file.read(), name=file.name)
    except Refused as refused:
        return _upload(request, form, reasons=refused.reasons, status=409)
    return redirect("innovations:import_columns", request.region.slug, table.code)


def _upload(request: RegionRequest, form: UploadForm, status: int = 200, **context: Any) -> HttpResponse:
    earlier = queries.imports_of(request.user, request.region).defer("rows")
    return render(request, "innovations/import.html", {"form": form, "earlier": earlier, **context}, status=status)


@require_safe
def sample(request: RegionRequest) -> HttpResponse:
    """An empty table with every heading, and one line filled in as an example."""
    return xlsx_response("contoh-impor-inovasi.xlsx", display.export_headers(), [display.sample_row()])


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: RegionRequest, code: str) -> HttpResponse:
    table = _one(request, code)
    form = ColumnsForm(request.POST if request.method == "POST" else None, table=table)
    context = {"table": table, "form": form}
    if request.method != "POST":
        return render(request, "innovations/import_columns.html", context)
    if not form.is_valid():
        return render(request, "innovations/import_columns.html", context, status=422)
    try:
        actions.name_columns(table, form.chosen, by=request.user)
    except Refused as refused:
        context["reasons"] = refused.reasons
        return render(request, "innovations/import_columns.html", context, status=409)
    return redirect("innovations:import_check", request.region.slug, table.code)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: RegionRequest, code: str) -> HttpResponse:
    table = _one(request, code)
    if request.method == "POST":
        return _take_over(request, table)
    return _check(request, table)


def _take_over(request: RegionRequest, table: ImportFile) -> HttpResponse:
    only_good = request.POST.get("ambil") == "baik"
    try:
        actions.take_over(table, by=request.user, digest=request.POST.get("digest", ""), only_good=only_good)
    except Refused as refused:
        return _check(request, table, reasons=refused.reasons, status=409)
    messages.success(request, "Impor selesai.")
    return redirect("innovations:import_check", request.region.slug, table.code)


def _check(request: RegionRequest, table: ImportFile, status: int = 200, **context: Any) -> HttpResponse:
    if table.applied_at is not None:
        return render(request, "innovations/import_done.html", {"table": table})
    planned = actions.planned_for(table, request.user)
    context = {
        "table": table,
        "plan": planned,
        "counts": display.import_counts(planned),
        "page": page_of(display.import_lines(planned), request, per_page=100),
        **context,
    }
    return render(request, "innovations/import_check.html", context, status=status)


@require_safe
def report(request: RegionRequest, code: str) -> HttpResponse:
    """The dry run as a workbook: to be put right beside the table it speaks of."""
    table = _one(request, code)
    if table.applied_at is not None:
        raise Http404
    headers = ("Baris", "Inovasi", "Perangkat daerah", "Hasil", "Yang salah", "Yang berubah", "Catatan")
    lines = (
        (each.number, each.name, each.agency, each.label, *map("\n".join, (each.errors, each.changes, each.notes)))
        for each in display.import_lines(actions.planned_for(table, request.user))
    )
    return xlsx_response(f"pemeriksaan-impor-{table.code}.xlsx", headers, lines)


@require_POST
def drop(request: RegionRequest, code: str) -> HttpResponse:
    actions.drop(_one(request, code), by=request.user)
    messages.info(request, "Berkas impor dibuang. Tidak ada yang tercatat darinya.")
    return redirect("innovations:import", request.region.slug)
