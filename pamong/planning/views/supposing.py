"""What-ifs: kept, changed, compared, shared."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest
from pamong.common.paging import page_of
from pamong.engine.situation import INSTITUTION
from pamong.planning import policies
from pamong.planning.actions import supposing as acts
from pamong.planning.forms.supposing import LevelsForm, SupposeForm
from pamong.planning.models import Scenario
from pamong.planning.queries import scenarios as queries
from pamong.planning.queries.ground import Ground, ground
from pamong.planning.supposing import Changes, from_data
from pamong.planning.views.common import open_to_readers, tabs, year_or_404

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST = 4  # columns beside the present that can still be read
OWN = "daerah"  # the address of the region's own indicators


@require_safe
def index(request: RegionRequest) -> HttpResponse:
    """One's own what-ifs and those shared with one; several are ticked to be compared."""
    open_to_readers(request)
    assessment = year_or_404(request)
    every = queries.visible_to(request.user, request.region).filter(assessment=assessment)
    context = {
        "assessment": assessment,
        "tabs": tabs(request, assessment),
        "page": page_of(every, request, per_page=20),
    }
    return render(request, "planning/scenarios.html", context)


@get_or_post
def new(request: RegionRequest) -> HttpResponse:
    """A new what-if, or a copy of one."""
    open_to_readers(request)
    assessment = year_or_404(request)
    found = ground(assessment)
    pattern = request.GET.get("dari", "")
    source = get_object_or_404(_visible(request), code=pattern, assessment=assessment) if pattern else None
    changes = from_data(source.changes) if source else Changes()
    form = SupposeForm(
        request.POST if request.method == "POST" else None, found=found, changes=changes,
        name=f"Salinan {source}"[:120] if source else f"Pengandaian {timezone.localdate():%d-%m-%Y}",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = acts.suppose(assessment, form.cleaned_data["name"], form.supposed, by=request.user)
        return redirect("planning:scenario", request.region.slug, made.code)
    status = 422 if request.method == "POST" else 200
    return _page(request, found, form, None, status, changes=changes)


def _visible(request: RegionRequest) -> Any:
    return queries.visible_to(request.user, request.region)


def _one(request: RegionRequest, code: str) -> Scenario:
    open_to_readers(request)
    found: Scenario = get_object_or_404(_visible(request), code=code)
    return found


@get_or_post
def scenario(request: RegionRequest, code: str) -> HttpResponse:
    """The sheet: what is supposed, and the index it gives beside the present one."""
    found = _one(request, code)
    base, changes = ground(found.assessment, proven=request.method != "POST"), from_data(found.changes)
    form = SupposeForm(
        request.POST if request.method == "POST" else None, found=base, changes=changes, name=found.name,
        levels_at=reverse("planning:levels", args=[request.region.slug, code, "ITEM"]),
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, base, form, found, changes=changes)
    if not form.is_valid():
        return _page(request, ground(found.assessment), form, found, 422, changes=changes)
    acts.change(found, by=request.user, name=form.cleaned_data["name"], changes=form.supposed)
    messages.success(request, "Dihitung ulang.")
    return redirect("planning:scenario", request.region.slug, code)


def _page(request: RegionRequest, base: Ground, form: SupposeForm, found: Scenario | None, status: int = 200, *, changes: Changes) -> HttpResponse:  # fmt: skip
    columns = queries.columns(base, [found] if found else [])
    context = {
        "assessment": base.assessment,
        "tabs": tabs(request, base.assessment),
        "form": form,
        "scenario": found,
        "columns": columns,
        "lines": queries.compared(columns),
        "changes": changes,
        "can_change": policies.can_change(request.user, found) if found else policies.can_suppose(request.user, request.region),
        "own_changed": sum(item == INSTITUTION for item, _ in changes.levels),
        "own": OWN,
    }  # fmt: skip
    return render(request, "planning/scenario.html", context, status=status)


@get_or_post
def levels(request: RegionRequest, code: str, item: str) -> HttpResponse:
    """The supposed levels of one innovation (or of the region itself) within a what-if."""
    found = _one(request, code)
    policies.can_change(request.user, found).require()
    base, changes = ground(found.assessment), from_data(found.changes)
    place = INSTITUTION if item == OWN else item
    if place not in base.items:
        raise Http404
    edition = base.edition
    indicators = edition.institution if place == INSTITUTION else edition.innovation
    own = {each: level for (one, each), level in changes.levels.items() if one == place}
    form = LevelsForm(
        request.POST if request.method == "POST" else None, item=base.items[place], indicators=indicators, levels=own
    )
    if request.method == "POST" and form.is_valid():
        others = {key: level for key, level in changes.levels.items() if key[0] != place}
        kept = others | {(place, each): level for each, level in form.levels.items()}
        new_changes = Changes(changes.edition, kept, changes.everywhere, changes.states, changes.added)
        acts.change(found, by=request.user, name=found.name, changes=new_changes)
        messages.success(request, "Dihitung ulang.")
        return redirect("planning:scenario", request.region.slug, code)
    context = {"scenario": found, "item": base.items[place], "form": form, "tabs": tabs(request, found.assessment)}
    return render(request, "planning/levels.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def share(request: RegionRequest, code: str) -> HttpResponse:
    found = acts.share(_one(request, code), by=request.user, shared="bagikan" in request.POST)
    told = (
        "Siapa pun yang membaca seluruh daerah dapat membukanya lewat tautan ini."
        if found.shared
        else "Sekarang hanya Anda yang melihatnya."
    )
    messages.success(request, told)
    return redirect("planning:scenario", request.region.slug, code)


@require_POST
def discard(request: RegionRequest, code: str) -> HttpResponse:
    acts.discard(_one(request, code), by=request.user)
    messages.info(request, "Pengandaian dibuang.")
    return redirect("planning:scenarios", request.region.slug)


@require_safe
def compare(request: RegionRequest) -> HttpResponse:
    """The present and some what-ifs side by side; the address can be sent to others who may see them."""
    open_to_readers(request)
    assessment = year_or_404(request)
    asked = request.GET.getlist("s")
    chosen = list(_visible(request).filter(assessment=assessment, code__in=asked[:MOST]))
    if len(chosen) < len(set(asked[:MOST])):
        raise Http404
    columns = queries.columns(ground(assessment), chosen)
    context = {
        "assessment": assessment,
        "tabs": tabs(request, assessment),
        "columns": columns,
        "lines": queries.compared(columns),
        "too_many": len(asked) > MOST,
        "most": MOST,
    }
    return render(request, "planning/compare.html", context)
