"""What is computed about the region's rank: asked for, watched, read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer, asked
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.common.sorting import heads
from pamong.ranking import display, doubts, forms, policies, queries
from pamong.ranking.actions import computing
from pamong.ranking.models import Run
from pamong.ranking.places import kind_of
from pamong.ranking.states import Kind, State
from pamong.ranking.tasks import work
from pamong.scoring.queries import VERIFIED, index

FORM = "ranking/ask.html"
LONG = 100  # rows of a long result on one page
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def _guard(request: RegionRequest) -> None:
    if not policies.can_compute(request.user, request.region):
        raise Http404


@require_safe
def runs(request: RegionRequest) -> HttpResponse:
    """Everything computed so far."""
    _guard(request)
    context = {
        "page": page_of(queries.listed(request.user, request.region), request),
        "compares": policies.can_compare(request.user, request.region),
    }
    return render(request, "ranking/runs.html", context)


@require_safe
def runs_export(request: RegionRequest) -> HttpResponse:
    """The same list for Excel."""
    _guard(request)
    headers = ("Perhitungan", "Jenis", "Keadaan", "Oleh", "Diminta", "Selesai", "Kode")
    found = queries.listed(request.user, request.region)
    lines = (
        (one.title, one.get_kind_display(), one.get_state_display(), str(one.by), one.at, one.finished_at, one.code)
        for one in found
    )
    return xlsx_response(f"perhitungan-peringkat-{request.region.slug}", headers, lines)


@require_safe
def run(request: RegionRequest, code: str) -> HttpResponse:
    """One computation: how far it is, or what came of it."""
    _guard(request)
    found = _run(request, code)
    context: dict[str, Any] = {
        "run": found,
        "permit": policies.can_cancel(request.user, found),
        "can_share": policies.can_share(request.user, found),
    }
    if found.state == State.DONE:
        context |= _shown(request, found)
    return render(request, "ranking/run.html", context)


def _shown(request: RegionRequest, found: Run) -> dict[str, Any]:
    """What a long result needs to be shown a page at a time."""
    if found.kind == Kind.COMPOSITE:
        page = page_of(found.result["rows"], request, per_page=LONG)
        return {"page": page, "lines": display.score_lines(page)}
    if found.kind == Kind.FORECAST:
        return {"chart": display.forecast_chart(found.result)}
    if found.kind == Kind.NATION:
        group, sort, rows = _held(request, found)
        page = page_of(rows, request, per_page=LONG)
        return {
            "page": page,
            "group": group,
            "sort": sort,
            "lines": display.held_lines(found, page),
            "heads": heads(request.GET, sort, display.COLUMNS),
        }
    return {}


def _held(request: RegionRequest, found: Run) -> tuple[dict[str, Any], str, list[display.Held]]:
    group = display.group_in(found, asked(request, "kelompok"))
    sort = display.sort_of(asked(request, "urut"))
    return group, sort, display.held(found, group["code"], sort)


@require_safe
def export(request: RegionRequest, code: str) -> HttpResponse:
    """A long result for Excel, narrowed and sorted as on its page."""
    _guard(request)
    found = _run(request, code)
    if found.state != State.DONE or found.kind not in (Kind.COMPOSITE, Kind.NATION):
        raise Http404
    if found.kind == Kind.COMPOSITE:
        return xlsx_response(f"simulasi-{code}", *display.score_sheet(found))
    group, _, rows = _held(request, found)
    return xlsx_response(f"kekokohan-{code}-{group['code']}", *display.held_sheet(found, rows))


@require_POST
def share(request: RegionRequest, code: str) -> HttpResponse:
    """Show one's own simulation to those who read the region, or to oneself alone again."""
    _guard(request)
    try:
        found = computing.share(_run(request, code), by=request.user, shared="bagikan" in request.POST)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    else:
        told = (
            "Siapa pun yang membaca seluruh daerah dapat membukanya."
            if found.shared
            else "Sekarang hanya Anda yang melihatnya."
        )
        messages.success(request, told)
    return redirect("ranking:run", request.region.slug, code)


@require_POST
def discard(request: RegionRequest, code: str) -> HttpResponse:
    """Throw one's own simulation away."""
    _guard(request)
    try:
        computing.discard(_run(request, code), by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect("ranking:run", request.region.slug, code)
    messages.success(request, "Simulasi dibuang.")
    return redirect("ranking:runs", request.region.slug)


@require_POST
def cancel(request: RegionRequest, code: str) -> HttpResponse:
    _guard(request)
    found = _run(request, code)
    try:
        computing.cancel(found, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    return redirect("ranking:run", request.region.slug, code)


def _run(request: RegionRequest, code: str) -> Run:
    return get_object_or_404(queries.visible_to(request.user, request.region), code=code)


@page_or_form
def robustness(request: RegionRequest) -> HttpResponse:
    """How sure the rank is, when weights, doubtful verdicts and levels near a limit may be otherwise."""
    _guard(request)
    years = list(assessments.assessments(request.user, request.region).exclude(phase=Phase.PREPARED))
    publications = list(queries.of_the_index(request.region))
    if not years or not publications:
        return render(request, "ranking/not_yet.html", {"title": Kind.ROBUSTNESS.label, "years": years})
    form = forms.RobustnessForm(
        request.POST or None,
        years=[(year.year, str(year.year)) for year in years],
        publications=[(one.pk, str(one)) for one in publications],
        groups=_groups(),
        initial={
            **_chances(years),
            "group": kind_of(request.region.code).value,
            "publication": next((one.pk for one in publications if queries.is_whole(one)), publications[0].pk),
        },
    )
    return _ask(
        request, form, Kind.ROBUSTNESS,
        lambda data: f"Peringkat {data['year']} di antara {queries.group_of(data['group']).label.lower()}",
        "Seberapa pasti peringkat daerah ini: dihitung ulang ribuan kali dengan hal-hal yang masih dapat berubah.",
    )  # fmt: skip


@page_or_form
def nation(request: RegionRequest) -> HttpResponse:
    """How sure the rank of every region is, for who reads all regions of a province or of the nation."""
    province = policies.province_read(request.user, request.region)
    if province is None:
        raise Http404
    form = forms.NationForm(
        request.POST or None, initial={"year": timezone.localdate().year, "lowered": 20, "rejected": 10}
    )
    return _ask(
        request, form, Kind.NATION, lambda data: f"Peringkat semua daerah {data['year']}",
        "Rentang peringkat setiap daerah yang memakai pemasangan ini, dari isiannya sendiri. Dalam satu undian bobotnya sama "
        "bagi semua; klaim, putusan, dan angka dekat batas masing-masing diundi sendiri.",
        province=province,
    )  # fmt: skip


@page_or_form
def forecast(request: RegionRequest) -> HttpResponse:
    """Which rank a planned index would give when the others move as they have moved."""
    _guard(request)
    series = [(one.code, one.name) for one in queries.series_by_results()]
    if not series:
        return render(request, "ranking/not_yet.html", {"title": Kind.FORECAST.label, "years": True})
    year = assessments.assessments(request.user, request.region).exclude(phase=Phase.PREPARED).first()
    planned = index(year, VERIFIED).index if year else None
    form = forms.ForecastForm(
        request.POST or None,
        series=series,
        groups=_groups(),
        initial={"group": kind_of(request.region.code).value, "planned": planned},
    )
    return _ask(
        request, form, Kind.FORECAST,
        lambda data: f"Nilai {data['planned']:.2f} di antara {queries.group_of(data['group']).label.lower()}".replace(".", ","),
        "Peringkat tahun berikutnya bila daerah lain bergerak seperti yang pernah mereka lakukan, dan seberapa baik cara ini tahun lalu.",
    )  # fmt: skip


@page_or_form
def composite(request: RegionRequest) -> HttpResponse:
    """A composite index by one's own tree and weights."""
    _guard(request)
    form = forms.CompositeForm(request.POST or None, request.FILES or None)
    return _simulate(request, form, "Indeks menurut pohon dan bobot Anda sendiri.")


@page_or_form
def idsd(request: RegionRequest) -> HttpResponse:
    """The competitiveness index by one's own weights, typed one by one."""
    _guard(request)
    form = forms.IdsdForm(request.POST or None, request.FILES or None)
    lead = "Pohon IDSD metode BRIN (2022 dan sesudahnya) dengan bobot Anda sendiri; BRIN tidak mengumumkan bobotnya."
    return _simulate(request, form, lead, template="ranking/idsd.html")


def _simulate(request: RegionRequest, form: Any, lead: str, template: str = FORM) -> HttpResponse:
    return _ask(
        request, form, Kind.COMPOSITE, lambda data: str(data.pop("title")),
        f"{lead} Hasilnya simulasi, bukan nilai resmi, dan hanya Anda yang melihatnya sampai Anda membagikannya.",
        template=template,
    )  # fmt: skip


def _ask(
    request: RegionRequest, form: Any, kind: Kind, titled: Any, lead: str, *, template: str = FORM, **also: Any
) -> HttpResponse:
    def act(data: dict[str, Any]) -> Run:
        title, now = titled(data), getattr(form, "quick", False)
        if "file" in data:
            data["table"] = data.pop("file")
        made = computing.start(request.region, kind, title, data | also, by=request.user, now=now)
        if now:
            work(made.pk)
        return made

    return answer(
        request,
        form,
        act=act,
        done=lambda made: redirect("ranking:run", request.region.slug, made.code),
        template=template,
        context={
            "title": kind.label,
            "lead": lead,
            "submit": "Hitung",
            "back": reverse("ranking:runs", args=[request.region.slug]),
        },
    )


def _groups() -> list[tuple[str, str]]:
    return [(group.code, group.label) for group in queries.groups()]


def _chances(years: list[Assessment]) -> dict[str, float]:
    """The region's own history in percent, for the form."""
    lowered, rejected = doubts.history(years)
    return {"lowered": round(lowered * 100, 1), "rejected": round(rejected * 100, 1)}
