"""Every figure taken apart, down to the rule, the proof, the person and the moment."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments.models import Entry
from pamong.assessments.verification_sheet import rule_of, sheet
from pamong.common.sheets import xlsx_response
from pamong.engine.index import distance_to_next_band
from pamong.scoring import policies, queries
from pamong.scoring.queries import CLAIMED
from pamong.scoring.views.common import LABELS, VALUES, WORDS, asked_value, year_or_404


@require_safe
def trace(request: RegionRequest, year: int) -> HttpResponse:
    """The index: its parts, its lines, and the innovations behind the mean."""
    assessment = year_or_404(request, year)
    value = asked_value(request)
    found = queries.trace(request.user, assessment, value)
    edition = assessment.edition
    context = {
        "assessment": assessment,
        "trace": found,
        "label": LABELS[value],
        "word": WORDS[value],
        "tabs": [(WORDS[each], LABELS[each], f"?nilai={WORDS[each]}") for each in VALUES.values()],
        "distance": distance_to_next_band(edition, found.score),
        "unverified": [each for each in edition.unverified if not each.path.startswith(("institution", "innovation"))],
        "can_close": policies.can_close(request.user, assessment),
        "can_record_returned": policies.can_record_returned(request.user, assessment),
        "sealed": assessment.phase == "closed" and found.sees_all,
    }
    return render(request, "scoring/trace.html", context)


@require_safe
def export_trace(request: RegionRequest, year: int) -> HttpResponse:
    """The innovations behind the mean, for Excel."""
    assessment = year_or_404(request, year)
    value = asked_value(request)
    found = queries.trace(request.user, assessment, value)
    headers = (
        "Kode",
        "Inovasi",
        "Instansi",
        "Urusan",
        "Status",
        f"Kematangan ({LABELS[value]})",
        "Dihitung",
        "Kementerian",
    )
    rows = (
        (row.code, row.name, row.agency, row.affair, row.state_label, row.maturity, row.counts, row.returned)
        for row in found.rows
    )
    return xlsx_response(f"telusur-{request.region.slug}-{year}-{WORDS[value]}", headers, rows)


def _entry(request: RegionRequest, year: int, code: str) -> Entry:
    year_or_404(request, year)
    return get_object_or_404(queries.entry_visible_to(request.user, request.region, year), code=code)


@require_safe
def trace_entry(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """One entry: what each indicator adds, claimed and proven."""
    found = _entry(request, year, code)
    return render(request, "scoring/trace_entry.html", {"entry": found, "sheet": sheet(found), "year": year})


@require_safe
def trace_indicator(request: RegionRequest, year: int, code: str, indicator: str) -> HttpResponse:
    """One indicator: claim, proofs, verdict, who and when, and the rule with its source."""
    found = _entry(request, year, code)
    line = sheet(found).line(indicator)
    if line is None:
        raise Http404
    edition = found.assessment.edition
    context = {
        "entry": found,
        "line": line,
        "year": year,
        "edition": edition,
        "rule": rule_of(edition, line.indicator),
        "claimed_word": WORDS[CLAIMED],
    }
    return render(request, "scoring/trace_indicator.html", context)
