"""What is computed about the region's rank: asked for, watched, read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.ranking import doubts, forms, policies, queries
from pamong.ranking.actions import computing
from pamong.ranking.models import Run
from pamong.ranking.places import kind_of
from pamong.ranking.states import Kind
from pamong.scoring.queries import VERIFIED, index

FORM = "ranking/ask.html"
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


def _guard(request: RegionRequest) -> None:
    if not policies.can_compute(request.user, request.region):
        raise Http404


@require_safe
def runs(request: RegionRequest) -> HttpResponse:
    """Everything computed so far."""
    _guard(request)
    found = queries.visible_to(request.user, request.region)
    return render(request, "ranking/runs.html", {"page": page_of(found, request)})


@require_safe
def run(request: RegionRequest, code: str) -> HttpResponse:
    """One computation: how far it is, or what came of it."""
    _guard(request)
    found = _run(request, code)
    context = {"run": found, "permit": policies.can_cancel(request.user, found)}
    return render(request, "ranking/run.html", context)


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
    publications = [(one.pk, str(one)) for one in queries.publications(request.region) if one.series.code == "iid"]
    if not years or not publications:
        return render(request, "ranking/not_yet.html", {"title": Kind.ROBUSTNESS.label, "years": years})
    form = forms.RobustnessForm(
        request.POST or None,
        years=[(year.year, str(year.year)) for year in years],
        publications=publications,
        groups=_groups(),
        initial={**_chances(years), "group": kind_of(request.region.code).value},
    )
    return _ask(
        request, form, Kind.ROBUSTNESS,
        lambda data: f"Peringkat {data['year']} di antara {queries.group_of(data['group']).label.lower()}",
        "Seberapa pasti peringkat daerah ini: dihitung ulang ribuan kali dengan hal-hal yang masih dapat berubah.",
    )  # fmt: skip


@page_or_form
def forecast(request: RegionRequest) -> HttpResponse:
    """Which rank a planned index would give when the others move as they have moved."""
    _guard(request)
    series = [(one.code, one.name) for one in queries.series()]
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
    return _ask(
        request, form, Kind.COMPOSITE, lambda data: str(data.pop("title")),
        "Indeks menurut pohon dan bobot Anda sendiri. Hasilnya simulasi, bukan nilai resmi lembaga mana pun.",
    )  # fmt: skip


def _ask(request: RegionRequest, form: Any, kind: Kind, titled: Any, lead: str) -> HttpResponse:
    def act(data: dict[str, Any]) -> Run:
        title = titled(data)
        if "file" in data:
            data["table"] = data.pop("file")
        return computing.start(request.region, kind, title, data, by=request.user)

    return answer(
        request,
        form,
        act=act,
        done=lambda made: redirect("ranking:run", request.region.slug, made.code),
        template=FORM,
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
