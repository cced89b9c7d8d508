"""A document brought forward wherever it serves: from its own page, from a claim's, or from last year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pamong.agencies.http import RegionRequest
from pamong.assessments import policies as assessments
from pamong.assessments import queries as entries
from pamong.assessments.models import Entry
from pamong.assessments.views.entries import base_of, entry_or_404
from pamong.checks.actions import reusing
from pamong.checks.queries import carrying, reuse
from pamong.common.permit import Refused
from pamong.evidence import queries as library
from pamong.evidence.models import Document


@require_POST
def from_document(request: RegionRequest, code: str) -> HttpResponse:
    """Attach a document to the claims ticked (``ENTRY:INDICATOR``), and back to its page."""
    document = get_object_or_404(library.visible_to(request.user, request.region), code=code)
    mine = {entry.code: entry for entry in reuse.claimable(request.user, document)}
    pairs = [each.partition(":") for each in request.POST.getlist("untuk")[:100]]
    wanted = [(mine[entry], indicator, document) for entry, _, indicator in pairs if entry in mine]
    _attach(request, wanted)
    return redirect("documents:detail", request.region.slug, document.code)


@require_POST
def to_claim(request: RegionRequest, year: int, code: str, indicator: str) -> HttpResponse:
    """Attach one proposed document to a claim, and back to it."""
    entry = entry_or_404(request, year, code)
    document = _document(request, request.POST.get("dokumen", ""))
    _attach(request, [(entry, indicator, document)])
    return redirect("assessments:indicator", request.region.slug, year, code, indicator)


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """What last year proved: what still serves is attached with one click, what does not is named with what to renew."""
    entry = entry_or_404(request, year, code)
    earlier = carrying.before(entry) if entry.kind == Entry.Kind.INNOVATION else None
    if earlier is None:
        raise Http404
    rows = carrying.carried(entry, earlier)
    if request.method == "POST":
        ticked = set(request.POST.getlist("bukti"))
        _attach(request, [(entry, row.indicator.code, row.document) for row in rows if row.name in ticked])
        return redirect("checks:carry", request.region.slug, year, code)
    context: dict[str, Any] = {
        "entry": entry,
        "base": base_of(entry),
        "assessment": entry.assessment,
        "earlier": earlier,
        "may_claim": assessments.can_claim(request.user, entry),
        "serving": [row for row in rows if row.serves and not row.is_here],
        "renewing": [row for row in rows if not row.serves and not row.is_here],
        "here": sum(row.is_here for row in rows),
    }
    return render(request, "checks/carry.html", context)


def _attach(request: RegionRequest, wanted: list[tuple[Entry, str, Document]]) -> None:
    try:
        number = reusing.attach(wanted, by=request.user)
        messages.success(request, f"Dilampirkan pada {number} indikator. Periksa tingkat yang diklaim.")
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))


def _document(request: RegionRequest, code: str) -> Document:
    found: Document = get_object_or_404(entries.documents_visible_to(request.user, request.region), code=code[:12])
    return found
