"""The inbox: what a person has sent, how far it is, what the check found, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from pamong.agencies.http import RegionRequest
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.evidence import policies, queries
from pamong.evidence.actions import arriving
from pamong.evidence.forms import InboxForm
from pamong.evidence.models import Arrival, Document
from pamong.evidence.states import Reception

TONES = {
    Reception.RECEIVING: "info",
    Reception.WAITING: "info",
    Reception.READY: "good",
    Reception.REFUSED: "bad",
    Reception.STUCK: "warn",
}


@dataclass(frozen=True, slots=True)
class Note:
    """What the floor above has to say about a file: what it is, what is wrong with it (tone, word and sentence), whether more is to come."""

    says: str
    faults: tuple[tuple[str, str, str], ...]
    is_to_come: bool


Notes = Callable[[Iterable[Arrival]], Mapping[int, Note]]


def inbox(request: RegionRequest, notes: Notes) -> HttpResponse:
    """What lies in the inbox; with a form that brings more. A file that cannot be taken stops no other."""
    policies.can_add_any(request.user, request.region).require()
    if request.method != "POST":
        return _render(request, InboxForm(), notes)
    form = InboxForm(request.POST, request.FILES)
    if not form.is_valid():
        return _render(request, form, notes, status=422)
    faults = _bring_all(request, form.cleaned_data["files"])
    brought = len(form.cleaned_data["files"]) - len(faults)
    if brought:
        messages.success(request, f"{brought} berkas masuk ke kotak masuk.")
    if faults:
        return _render(request, InboxForm(), notes, status=409, faults=faults)
    return redirect("documents:inbox", request.region.slug)


def _bring_all(request: RegionRequest, files: list[Any]) -> list[str]:
    """Bring every file that can be; returns what is wrong with the others."""
    faults = []
    for file in files:
        try:
            arriving.bring(file.file, file.name, file.size, region=request.region, by=request.user)
        except Refused as refused:
            faults.append(f"{file.name}: {' '.join(refused.reasons)}")
    return faults


def _render(
    request: RegionRequest, form: InboxForm, notes: Notes, status: int = 200, faults: list[str] | None = None
) -> HttpResponse:
    page = page_of(queries.arrivals_of(request.user, request.region), request, per_page=100)
    same = queries.same_files(request.user, request.region, page.object_list)
    noted = notes(page.object_list)
    is_to_come = any(note.is_to_come for note in noted.values())
    context = {
        "form": form,
        "faults": faults or [],
        "page": page,
        "rows": [_row(arrival, same.get(arrival.code), noted.get(arrival.pk)) for arrival in page],
        "is_moving": is_to_come or any(each.state == Reception.WAITING for each in page),
        "held": queries.held_by(request.user, request.region),
        "most": settings.INBOX_MAX_BYTES,
        "rooms": _rooms(request),
    }
    template = "evidence/_arrivals.html" if getattr(request, "htmx", False) else "evidence/inbox.html"
    return render(request, template, context, status=status)


def _rooms(request: RegionRequest) -> list[queries.Room]:
    """What the person's own agencies keep; whoever adds for the whole region sees it under Kelola."""
    if policies.can_add(request.user, request.region, None):
        return []
    return queries.rooms(queries.agencies_to_add_for(request.user, request.region)[:3])


def _row(arrival: Arrival, same: Document | None, note: Note | None) -> dict[str, Any]:
    days = settings.UNFINISHED_DAYS if arrival.state == Reception.RECEIVING else settings.INBOX_DAYS
    until = timezone.localdate(arrival.touched_at + timedelta(days=days))
    return {"arrival": arrival, "tone": TONES[Reception(arrival.state)], "until": until, "same": same, "note": note}


@require_POST
def discard(request: RegionRequest, code: str) -> HttpResponse:
    """Take a file back."""
    arrival = _arrival(request, code)
    arriving.discard(arrival, by=request.user)
    messages.success(request, f"“{arrival}” dihapus dari kotak masuk.")
    return redirect("documents:inbox", request.region.slug)


@require_POST
def try_again(request: RegionRequest, code: str) -> HttpResponse:
    """Have a file checked again whose check broke down."""
    arriving.try_again(_arrival(request, code), by=request.user)
    return redirect("documents:inbox", request.region.slug)


def _arrival(request: RegionRequest, code: str) -> Arrival:
    return get_object_or_404(queries.arrivals_of(request.user, request.region), code=code)
