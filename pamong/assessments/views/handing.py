"""Handing over: submit, endorse, send back, withdraw, submit again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pamong.agencies.http import RegionRequest, answer
from pamong.assessments import policies
from pamong.assessments.actions import submitting
from pamong.assessments.forms import NoForm, ReasonForm
from pamong.assessments.models import Entry
from pamong.assessments.states import State
from pamong.assessments.views.entries import completeness_context, entry_or_404, to_entry
from pamong.assessments.views.years import get_or_post
from pamong.common.permit import Permit, Refused


@require_POST
def submit(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """Hand the entry over; what stops it is shown on the completeness page."""
    entry = entry_or_404(request, year, code)
    try:
        made = submitting.submit(entry, by=request.user)
    except Refused as refused:
        return _not_complete(request, entry, refused)
    said = "Diajukan; menunggu pengesahan." if made.state == State.AWAITING else "Diajukan kepada verifikator."
    return to_entry(request, made, said)


@require_POST
def resubmit(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """Hand a repaired entry back to its verifier."""
    entry = entry_or_404(request, year, code)
    try:
        made = submitting.resubmit(entry, by=request.user)
    except Refused as refused:
        return _not_complete(request, entry, refused)
    return to_entry(request, made, "Diajukan kembali; verifikator diberi tahu.")


def _not_complete(request: RegionRequest, entry: Entry, refused: Refused) -> HttpResponse:
    context = {**completeness_context(request, entry), "refused": refused.reasons}
    return render(request, "assessments/completeness.html", context, status=409)


@get_or_post
def endorse(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """The agency's head agrees."""
    return _decide(
        request, year, code, "endorse", NoForm, policies.can_endorse, submitting.endorse, "Disahkan dan diteruskan kepada verifikator."
    )  # fmt: skip


@get_or_post
def decline(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """The agency's head sends it back, with a reason."""
    return _decide(
        request, year, code, "decline", ReasonForm, policies.can_decline, submitting.decline, "Dikembalikan; pelapor diberi tahu."
    )  # fmt: skip


@get_or_post
def withdraw(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """Take the entry back to a draft."""
    return _decide(
        request, year, code, "withdraw", NoForm, policies.can_withdraw, submitting.withdraw, "Ditarik kembali; sekarang dapat diubah lagi."
    )  # fmt: skip


def _decide(
    request: RegionRequest,
    year: int,
    code: str,
    name: str,
    form: type[forms.Form],
    may: Callable[..., Permit],
    act: Callable[..., Any],
    said: str,
) -> HttpResponse:
    """A page that says what will happen, with what must be said beside it and one button."""
    entry = entry_or_404(request, year, code)

    def done(_: object) -> HttpResponse:
        messages.success(request, said)
        return redirect("assessments:entry", request.region.slug, year, code)

    return answer(
        request,
        form(request.POST if request.method == "POST" else None),
        act=lambda data: act(entry, by=request.user, **data),
        done=done,
        template="assessments/decide_entry.html",
        context={"entry": entry, "what": name, "permit": may(request.user, entry), **_handed(request, entry, name)},
    )


def _handed(request: RegionRequest, entry: Entry, name: str) -> dict[str, Any]:
    """What an agency's head puts their name to: the claims, and which of them have no proof."""
    return {"checked": completeness_context(request, entry)["checked"]} if name in ("endorse", "decline") else {}
