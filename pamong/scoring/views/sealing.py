"""Closing the year, and the sealed figures."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments import policies as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.common.permit import Refused
from pamong.scoring import policies, queries, snapshots
from pamong.scoring.actions import closing
from pamong.scoring.forms import CloseForm
from pamong.scoring.models import Snapshot
from pamong.scoring.queries import CLAIMED, VERIFIED
from pamong.scoring.views.common import LABELS, WORDS, value_or_404, year_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: RegionRequest, year: int) -> HttpResponse:
    """Show what is still undecided and what the figures would be; close when told expressly."""
    assessment = year_or_404(request, year)
    if not assessments.can_manage(request.user, request.region):
        raise Http404
    if assessment.phase == Phase.CLOSED:
        return redirect("scoring:snapshot", request.region.slug, year, WORDS[VERIFIED])
    form = CloseForm(request.POST or None)
    if request.method != "POST":
        return _close_page(request, assessment, form)
    if not form.is_valid():
        return _close_page(request, assessment, form, status=422)
    try:
        closing.close(assessment, by=request.user, leaving_undecided=form.cleaned_data["leave"])
    except Refused as refused:
        return _close_page(request, assessment, form, refused=refused.reasons, status=409)
    messages.success(request, f"Penilaian {year} ditutup dan angkanya disegel.")
    return redirect("scoring:snapshot", request.region.slug, year, WORDS[VERIFIED])


def _close_page(
    request: RegionRequest,
    assessment: Assessment,
    form: CloseForm,
    *,
    refused: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "assessment": assessment,
        "form": form,
        "refused": refused,
        "closing": queries.closing(assessment),
        "claimed": queries.index(assessment, CLAIMED),
        "verified": queries.index_if_closed(assessment),
        "permit": policies.can_close(request.user, assessment),
    }
    return render(request, "scoring/close.html", context, status=status)


def _snapshot(request: RegionRequest, year: int, value: str) -> Snapshot:
    rows = queries.snapshots_visible_to(request.user, request.region)
    found = rows.filter(assessment__year=year, value=value_or_404(value)).first()
    if found is None:
        raise Http404
    return found


@require_safe
def snapshot(request: RegionRequest, year: int, value: str) -> HttpResponse:
    """A sealed index, computed again before the reader's eyes."""
    found = _snapshot(request, year, value)
    context = {
        "snapshot": found,
        "checked": snapshots.recompute(found),
        "assessment": found.assessment,
        "edition": found.assessment.edition,
        "band": next(band for band in found.assessment.edition.bands if band.code == found.result["band"]),
        "lines": queries.sealed_lines(found),
        "innovations": queries.sealed_innovations(found),
        "word": value,
        "tabs": [(WORDS[each], LABELS[each], f"../{WORDS[each]}/") for each in (CLAIMED, VERIFIED)],
    }
    return render(request, "scoring/snapshot.html", context)


@require_safe
def snapshot_inputs(request: RegionRequest, year: int, value: str) -> HttpResponse:
    """The inputs as a file that ``pamong score`` reads."""
    found = _snapshot(request, year, value)
    text = json.dumps(found.inputs, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    name = f"masukan-{request.region.slug}-{year}-{value}.json"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
