"""The life of an innovation: its story, and the steps that write it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest
from pamong.common.permit import Refused
from pamong.innovations import actions, display, policies, queries, story
from pamong.innovations.forms import StepForm
from pamong.innovations.models import Innovation
from pamong.innovations.states import STEPS


@require_safe
def history(request: RegionRequest, code: str) -> HttpResponse:
    innovation = get_object_or_404(queries.detailed(request.user, request.region), code=code)
    context = {
        "innovation": innovation,
        "tabs": display.tabs(innovation, request.region),
        "stages": display.stage_line(innovation, queries.stages_passed(innovation)),
        "chapters": story.chapters(innovation, queries.life(innovation), request.region),
        "revisions": story.savings(queries.revisions(innovation)),
        "steps": display.step_links(policies.steps_for(request.user, innovation), innovation, request.region),
    }
    return render(request, "innovations/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: RegionRequest, code: str, step: str) -> HttpResponse:
    innovation = get_object_or_404(queries.detailed(request.user, request.region), code=code)
    policies.can_ever_take(request.user, innovation, step).require()
    form = _form(request, innovation, step)
    if request.method != "POST":
        permit = policies.can_take(request.user, innovation, step, has_document=True)
        return _page(request, innovation, form, step, reasons=permit.reasons)
    if not form.is_valid():
        return _page(request, innovation, form, step, status=422)
    data = form.cleaned_data
    try:
        actions.take_step(
            innovation,
            step,
            by=request.user,
            on=data["on"],
            note=data["note"],
            document=data.get("document"),
            paper=form.paper(innovation.name),
            team=data.get("team", ""),
            decree=data.get("decree", ""),
        )
    except Refused as refused:
        return _page(request, innovation, form, step, reasons=refused.reasons, status=409)
    messages.success(request, f"Tercatat. {STEPS[step].story}")
    return redirect("innovations:history", request.region.slug, innovation.code)


def _form(request: RegionRequest, innovation: Innovation, step: str) -> StepForm:
    return StepForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        step=step,
        info=STEPS[step],
        documents=queries.documents_for(request.user, innovation),
        document_needed=policies.needs_document(request.user, innovation, step),
        may_upload=policies.can_bring(request.user, innovation),
    )


def _page(
    request: RegionRequest, innovation: Innovation, form: StepForm, step: str, status: int = 200, **context: Any
) -> HttpResponse:
    context = {"innovation": innovation, "form": form, "step": STEPS[step], "name": step, **context}
    return render(request, "innovations/step.html", context, status=status)
