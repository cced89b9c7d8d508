"""Writing the full profile, and its documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pamong.agencies.http import RegionRequest
from pamong.agencies.queries.boundaries import outline
from pamong.common.permit import Refused
from pamong.innovations import actions, clashes, display, places, policies, queries, rules
from pamong.innovations.completeness import completeness
from pamong.innovations.forms import AttachmentForm, ProfileForm
from pamong.innovations.models import Draft, Innovation


def _one(request: RegionRequest, code: str) -> Innovation:
    return get_object_or_404(queries.detailed(request.user, request.region), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: RegionRequest, code: str) -> HttpResponse:
    innovation = _one(request, code)
    policies.can_edit(request.user, innovation).require()
    if request.method == "POST":
        return _save(request, innovation)
    draft = queries.draft_of(request.user, request.region, innovation)
    if draft is not None and "pulihkan" in request.GET:
        return _page(request, innovation, clashes.restored(innovation, draft), restored=draft)
    waiting = draft if draft is not None and clashes.differs(innovation, draft) else None
    return _page(request, innovation, ProfileForm(innovation=innovation), draft=waiting)


def _save(request: RegionRequest, innovation: Innovation) -> HttpResponse:
    form = ProfileForm(request.POST, innovation=innovation)
    found = outline(request.region)
    if pressed := places.used(request.POST, found):
        return _on_map(request, innovation, form, pressed)
    if not form.is_valid():
        return _page(request, innovation, form, status=422)
    try:
        actions.edit(innovation, by=request.user, base_version=form.cleaned_data["base_version"], **form.values())
    except actions.Clashed as clashed:
        return _clashed(request, innovation, form, clashed)
    except actions.NameTaken as taken:
        existing = queries.named_visible_to(request.user, request.region, taken.existing)
        return _page(request, innovation, form, reasons=taken.reasons, existing=existing, status=409)
    except Refused as refused:
        return _page(request, innovation, form, reasons=refused.reasons, status=409)
    messages.success(request, "Profil tersimpan.")
    where = places.told(places.place_of(form["coordinate"].value()), found, request.region)
    if where.outside and "coordinate" in form.changed_data:
        messages.warning(request, where.says)
    next_page = "attachments" if "lampiran" in request.POST else "edit"
    return redirect(f"innovations:{next_page}", request.region.slug, innovation.code)


def _on_map(request: RegionRequest, innovation: Innovation, form: ProfileForm, pressed: places.Used) -> HttpResponse:
    """The map was pressed, not "save": nothing is written but the draft, and the page comes back as it was typed."""
    form.data = data = request.POST.copy()
    if pressed.place:
        data["coordinate"] = places.written(pressed.place)
    draft = _keep(request, innovation, form)
    again = clashes.restored(innovation, draft)
    return _page(request, innovation, again, look=pressed.look, map_missed=pressed.missed)


def _clashed(
    request: RegionRequest, innovation: Innovation, form: ProfileForm, clashed: actions.Clashed
) -> HttpResponse:
    """Nothing was written. What was typed is kept in the page and as a draft; the other's text is shown beside it."""
    _keep(request, innovation, form)
    told = clashes.told(clashed, form)
    return _page(request, innovation, told.form, told=told, reasons=clashed.reasons, status=409)


def _keep(request: RegionRequest, innovation: Innovation, form: ProfileForm) -> Draft:
    version = form.data.get("base_version", "0")
    return actions.save_draft(
        region=request.region,
        by=request.user,
        data=form.typed(),
        innovation=innovation,
        base_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
    )


def _page(
    request: RegionRequest,
    innovation: Innovation,
    form: ProfileForm,
    status: int = 200,
    look: places.Look = places.WHOLE,
    **context: Any,
) -> HttpResponse:
    edition = rules.current()
    where = places.place_of(form["coordinate"].value())
    context = {
        "innovation": innovation,
        "form": form,
        "done": completeness(innovation, edition),
        "edition": edition,
        "attachments": queries.attachments(innovation),
        "map": places.shown(outline(request.region), request.region, look, where),
        **context,
    }
    return render(request, "innovations/profile.html", context, status=status)


@require_POST
def autosave(request: RegionRequest, code: str) -> HttpResponse:
    innovation = _one(request, code)
    try:
        _keep(request, innovation, ProfileForm(request.POST, innovation=innovation))
    except Refused as refused:
        return JsonResponse({"message": " ".join(refused.reasons)}, status=422)
    return JsonResponse({"message": clashes.autosaved(innovation, request.POST.get("base_version", ""))})


@require_POST
def discard(request: RegionRequest, code: str) -> HttpResponse:
    innovation = _one(request, code)
    actions.discard_draft(region=request.region, by=request.user, innovation=innovation)
    messages.info(request, "Ketikan yang belum disimpan dibuang.")
    return redirect("innovations:edit", request.region.slug, innovation.code)


# -- documents of the profile -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def attachments(request: RegionRequest, code: str) -> HttpResponse:
    innovation = _one(request, code)
    form = AttachmentForm(request.POST or None, request.FILES or None, limits=display.attachment_limits())
    if request.method != "POST":
        return _attachments(request, innovation, form)
    if not form.is_valid():
        return _attachments(request, innovation, form, status=422)
    try:
        actions.attach(innovation, by=request.user, **form.cleaned_data)
    except Refused as refused:
        return _attachments(request, innovation, form, reasons=refused.reasons, status=409)
    messages.success(request, "Lampiran ditambahkan.")
    return redirect("innovations:attachments", request.region.slug, innovation.code)


def _attachments(
    request: RegionRequest, innovation: Innovation, form: AttachmentForm, status: int = 200, **context: Any
) -> HttpResponse:
    context = {
        "innovation": innovation,
        "form": form,
        "rows": queries.attachments(innovation),
        "tabs": display.tabs(innovation, request.region),
        "can_edit": policies.can_edit(request.user, innovation),
        **context,
    }
    return render(request, "innovations/attachments.html", context, status=status)


@require_POST
def detach(request: RegionRequest, code: str, pk: int) -> HttpResponse:
    innovation = _one(request, code)
    attachment = get_object_or_404(queries.attachments(innovation), pk=min(pk, 2**62))
    actions.detach(attachment, by=request.user)
    messages.info(request, "Lampiran dilepas. Dokumennya tetap ada di pustaka.")
    return redirect("innovations:attachments", request.region.slug, innovation.code)
