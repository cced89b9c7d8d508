"""The table of regions, and bringing what it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest, SiteRequest, answer, asked, for_site
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.common.templatetags.pamong import decimal
from pamong.planning.queries.plans import plannable
from pamong.ranking import charts, forms, policies, queries, tables
from pamong.ranking.actions import bringing as actions
from pamong.ranking.models import Publication, Series
from pamong.ranking.places import kind_of
from pamong.ranking.queries import Group, Point, Row
from pamong.ranking.toward import newest, next_rank, toward

FORM = "site/form.html"
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Shown:
    """The table asked for, and what else could be."""

    publication: Publication
    publications: list[Publication]
    group: Group
    groups: list[Group]
    rows: list[Row]

    @property
    def own(self) -> Row | None:
        return next((row for row in self.rows if row.own), None)

    @property
    def whole(self) -> bool:
        return queries.is_whole(self.publication)

    @property
    def has_before(self) -> bool:
        return any(row.before for row in self.rows)

    @property
    def has_published(self) -> bool:
        return any(row.published for row in self.rows)

    @property
    def has_sources(self) -> bool:
        return any(row.source for row in self.rows)


@dataclass(frozen=True, slots=True)
class Years:
    """A region's years in one series, and how they are drawn. An order within a table that is not whole is no rank."""

    of: Series
    points: list[Point]

    @property
    def ranks(self) -> charts.YearChart | None:
        whole = [(point.publication.year, point.row.rank) for point in self.points if point.whole]
        return charts.ranks(whole) if len(whole) > 1 else None

    @property
    def values(self) -> charts.YearChart | None:
        return charts.values(
            [(point.publication.year, float(point.row.value), decimal(point.row.value)) for point in self.points]
        )


@require_safe
def table(request: RegionRequest) -> HttpResponse:
    """One year of one series, for one group of regions."""
    _guard(request)
    shown = _asked_table(request)
    if shown is None:
        return render(request, "ranking/empty.html", {"manages": policies.can_bring(request.user)})
    computes = policies.can_compute(request.user, request.region)
    return render(
        request, "ranking/table.html", {"shown": shown, "computes": computes, "better": _better(request, shown)}
    )


def _better(request: RegionRequest, shown: Shown) -> int | None:
    """The rank to plan for next, where the table is the one that plans take ranks from and the reader may make plans."""
    is_kind = shown.group.code == kind_of(request.region.code).value
    if not (is_kind and shown.own and plannable(request.user, request.region)):
        return None
    return next_rank(shown.own.rank) if newest(request.region) == shown.publication else None


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    """The same table for Excel."""
    _guard(request)
    shown = _asked_table(request)
    if shown is None:
        raise Http404
    of = shown.publication
    headers = (
        "Urutan dalam tabel", "Kode", "Daerah", f"Nilai ({of.series.unit})", "Urutan tahun lalu",
        "Peringkat diumumkan", "Di antara", "Sumber",
    )  # fmt: skip
    lines = (
        (r.rank, r.code, r.name, r.value, r.before, r.published, r.among, r.source or of.source) for r in shown.rows
    )
    marked = "-data-contoh" if of.series.invented else ""
    return xlsx_response(f"peringkat{marked}-{of.series.code}-{of.year}-{shown.group.code}", headers, lines)


@require_safe
def history(request: RegionRequest) -> HttpResponse:
    """The region's own years, one table for each series."""
    _guard(request)
    series = [Years(of, points) for of, points in queries.history(request.region)]
    return render(request, "ranking/history.html", {"series": series})


@require_safe
def aim(request: RegionRequest) -> HttpResponse:
    """Which index a rank takes, and from there to a plan."""
    _guard(request)
    publication = newest(request.region)
    if publication is None:
        return render(request, "ranking/not_yet.html", {"title": "Menuju peringkat", "years": True})
    groups = [(group.code, group.label) for group in queries.groups()]
    usual = {"kelompok": kind_of(request.region.code).value}
    form = forms.TowardForm(
        {**usual, **request.GET.dict()} if "peringkat" in request.GET else None, groups=groups, initial=usual
    )
    found, status = None, 200
    if form.is_bound:
        if form.is_valid():
            group = queries.group_of(form.cleaned_data["kelompok"])
            found = toward(request.region, publication, group, form.cleaned_data["peringkat"])
        if form.is_valid() and found is None:
            form.add_error("peringkat", "Daerah dalam tabel itu tidak sebanyak ini. Tulis angka yang lebih kecil.")
        status = 200 if found else 422
    context = {
        "form": form,
        "found": found,
        "publication": publication,
        "can_plan": plannable(request.user, request.region) is not None,
        "is_kind": found is not None and found.group.code == kind_of(request.region.code).value,
    }
    return render(request, "ranking/toward.html", context, status=status)


def _guard(request: RegionRequest) -> None:
    if not policies.can_see(request.user, request.region):
        raise Http404


def _asked_table(request: RegionRequest) -> Shown | None:
    """The table asked for; unless told, the newest the region stands in, among its own kind. ``None`` if there is none."""
    every = list(queries.publications(request.region))
    if not every:
        return None
    wanted = asked(request, "tabel")
    publication = next((one for one in every if f"{one.series.code}-{one.year}" == wanted), None)
    publication = publication or next((one for one in every if one.mine), every[0])  # type: ignore[attr-defined]
    groups = queries.groups()
    by_code = {group.code: group for group in groups}
    group = by_code.get(asked(request, "kelompok")) or by_code[kind_of(request.region.code).value]
    return Shown(publication, every, group, groups, queries.table(publication, group, request.region))


@for_site
def published(request: SiteRequest) -> HttpResponse:
    """What has been brought: years, series and clusters."""
    context = {
        "publications": list(queries.publications()),
        "series": list(queries.every_series()),
        "clusters": list(queries.clusters()),
    }
    return render(request, "ranking/published.html", context)


@for_site
def published_export(request: SiteRequest) -> HttpResponse:
    """Every year that was brought, for Excel."""
    headers = ("Seri", "Tahun", "Daerah dicatat", "Daerah dinilai", "Sumber", "Terakhir diimpor", "Oleh", "Data contoh")
    lines = (
        (one.series.name, one.year, one.rows, one.regions, one.source, one.at, str(one.by or "operator mesin"), one.series.invented)  # type: ignore[attr-defined]
        for one in queries.publications()
    )  # fmt: skip
    return xlsx_response("hasil-diumumkan", headers, lines)


@for_site
@page_or_form
def bring(request: SiteRequest) -> HttpResponse:
    """Read a table, say what each line means, and record it once confirmed."""
    if request.method != "POST":
        return render(request, "ranking/bring.html", {"form": forms.ResultsForm()})
    if "rows" in request.POST:
        return _confirm(request)
    form = forms.ResultsForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "ranking/bring.html", {"form": form}, status=422)
    given = form.cleaned_data
    content = given.pop("file").read(tables.MAX_BYTES + 1)
    try:
        lines = tables.read(content, given["series"].top)
    except Refused as refused:
        return render(request, "ranking/bring.html", {"form": form, "reasons": refused.reasons}, status=409)
    rows = [line.given for line in lines if line.given]
    wrong = [line for line in lines if line.faults]
    initial = {**given, "series": given["series"].code, "digest": forms.digest_of(content), "rows": forms.packed(rows)}
    remarks = queries.remarks(rows)
    context = {
        "lines": [(line, remarks.get(line.given.code, "") if line.given else "") for line in lines],
        "wrong": wrong,
        "remarks": len(remarks),
        "would": actions.would_bring(given["series"], rows, given["year"]),
        "told": given,
        "form": forms.ConfirmForm(initial=initial),
    }
    return render(request, "ranking/report.html", context)


def _confirm(request: SiteRequest) -> HttpResponse:
    form = forms.ConfirmForm(request.POST)
    if not form.is_valid():
        reasons = [error for errors in form.errors.values() for error in errors]
        return render(request, "ranking/bring.html", {"form": forms.ResultsForm(), "reasons": reasons}, status=422)
    given = form.cleaned_data
    told = actions.Told(given["year"], given["source"], given["digest"], given["regions"])
    try:
        done = actions.bring_results(given["series"], given["rows"], told, by=request.user)
    except Refused as refused:
        context = {"form": forms.ResultsForm(), "reasons": refused.reasons}
        return render(request, "ranking/bring.html", context, status=409)
    messages.success(request, f"{done.added} hasil baru, {done.changed} diperbaiki, {done.same} sudah sama.")
    return redirect("site:published")


@for_site
def add_series(request: SiteRequest) -> HttpResponse:
    return answer(
        request,
        forms.SeriesForm(request.POST or None),
        act=lambda data: actions.add_series(by=request.user, **data),
        done=lambda made: _said(request, f"Seri {made} ditambahkan."),
        template=FORM,
        context={
            "title": "Tambah seri",
            "lead": "Seri baru untuk ukuran baru, atau cara mengukur yang berubah. Seri yang berbeda tidak pernah dibandingkan.",
            "submit": "Tambahkan",
            "back": reverse("site:published"),
            "back_label": "Hasil yang diumumkan",
        },
    )


@for_site
def set_cluster(request: SiteRequest) -> HttpResponse:
    form = forms.ClusterForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, str]) -> object:
        members = tables.read_members(request.FILES["file"].read())  # type: ignore[union-attr]
        return actions.set_cluster(
            by=request.user, code=data["code"], name=data["name"], source=data["source"], members=members
        )

    return answer(
        request,
        form,
        act=act,
        done=lambda made: _said(request, f"Kelompok {made} disimpan."),
        template=FORM,
        context={
            "title": "Kelompok daerah",
            "lead": "Daerah tertinggal, perbatasan, atau Papua: daftar anggotanya dari peraturan yang menetapkannya.",
            "submit": "Simpan",
            "back": reverse("site:published"),
            "back_label": "Hasil yang diumumkan",
        },
    )


def _said(request: SiteRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("site:published")
