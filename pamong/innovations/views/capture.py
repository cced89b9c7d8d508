"""The one-minute capture."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pamong.accounts.roles import Permission
from pamong.agencies.http import RegionRequest
from pamong.agencies.queries import agencies_for
from pamong.common.permit import Refused
from pamong.innovations import actions, policies, queries, resembling
from pamong.innovations.forms import CaptureForm
from pamong.innovations.forms.profile import typed

LONGEST_SOUGHT = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: RegionRequest) -> HttpResponse:
    policies.can_import(request.user, request.region).require()
    if "mirip" in request.POST:
        return _alike(request)
    form = _form(request, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form, draft=queries.draft_of(request.user, request.region))
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    try:
        innovation = actions.capture(
            region=request.region,
            by=request.user,
            already_running=form.already_running,
            **{name: data[name] for name in ("agency", "name", "changed", "since")},
        )
    except actions.NameTaken as taken:
        existing = queries.named_visible_to(request.user, request.region, taken.existing)
        return _page(request, form, reasons=taken.reasons, existing=existing, status=409)
    except Refused as refused:
        return _page(request, form, reasons=refused.reasons, status=409)
    messages.success(request, f"{innovation.name} tercatat. Lengkapi profilnya kapan saja.")
    return redirect("innovations:detail", request.region.slug, innovation.code)


def _alike(request: RegionRequest) -> HttpResponse:
    """The form as it was typed, and beside it what is like it already. Nothing is saved or refused."""
    agencies = agencies_for(request.user, request.region, Permission.WRITE_INNOVATION)
    form = CaptureForm(agencies=agencies, initial=request.POST.dict())
    said = f"{request.POST.get('name', '')} {request.POST.get('changed', '')}"[:LONGEST_SOUGHT]
    return _page(request, form, sought=True, alike=resembling.alike(request.user, request.region, said))


def _form(request: RegionRequest, data: Any) -> CaptureForm:
    agencies = agencies_for(request.user, request.region, Permission.WRITE_INNOVATION)
    draft = queries.draft_of(request.user, request.region) if "pulihkan" in request.GET else None
    return CaptureForm(data, agencies=agencies, initial=draft.data if draft else None)


def _page(request: RegionRequest, form: CaptureForm, status: int = 200, **context: Any) -> HttpResponse:
    context = {"form": form, "restored": "pulihkan" in request.GET, **context}
    return render(request, "innovations/capture.html", context, status=status)


@require_POST
def autosave(request: RegionRequest) -> HttpResponse:
    form = _form(request, request.POST)
    try:
        actions.save_draft(region=request.region, by=request.user, data=typed(request.POST, form.fields))
    except Refused as refused:
        return JsonResponse({"message": " ".join(refused.reasons)}, status=422)
    return JsonResponse({"message": "Ketikan disimpan sementara"})


@require_POST
def discard(request: RegionRequest) -> HttpResponse:
    actions.discard_draft(region=request.region, by=request.user)
    messages.info(request, "Ketikan lama dibuang.")
    return redirect("innovations:capture", request.region.slug)
