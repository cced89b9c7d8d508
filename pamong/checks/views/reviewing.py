"""A verifier's word on a finding."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from pamong.agencies.http import RegionRequest
from pamong.assessments import queries as assessments
from pamong.assessments import verification_queries as verification
from pamong.checks.actions import reviewing
from pamong.checks.models import Review
from pamong.common.permit import Refused

SAID = {Review.Word.ACCEPTED: "Temuan dibenarkan.", Review.Word.DISMISSED: "Temuan ditepis; alasannya disimpan."}


@require_POST
def review(request: RegionRequest, year: int, code: str, indicator: str) -> HttpResponse:
    """Accept or dismiss, and back to the indicator."""
    rows = assessments.full(verification.visible_to(request.user, request.region))
    entry = get_object_or_404(rows, assessment__year=year, code=code)
    word = request.POST.get("kata", "")
    if word not in Review.Word.values:
        raise Http404
    key, reason = request.POST.get("temuan", "")[:32], request.POST.get("alasan", "").replace("\x00", "")[:500]
    try:
        reviewing.review(entry, indicator, key, by=request.user, word=word, reason=reason)
        messages.success(request, SAID[Review.Word(word)])
    except Refused as refused:
        messages.error(request, " ".join(refused.reasons))
    return redirect("verification:indicator", request.region.slug, entry.code, indicator)
