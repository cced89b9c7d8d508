"""What is still missing for all innovations a person may see, one click from its remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest, asked
from pamong.agencies.queries import tree
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.checks.queries import missing as found
from pamong.checks.queries.missing import LABELS, Kind, Line
from pamong.common.paging import page_of
from pamong.evidence import queries as documents
from pamong.evidence.policies import can_correct

BUTTONS = {"correct": "Koreksi data dokumen", "replace": "Ganti berkas"}


@require_safe
def missing(request: RegionRequest) -> HttpResponse:
    """Every line of the running year, most at stake first; to whoever reads nothing here the page does not exist."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    years = _years(request)
    year = next((each for each in years if str(each.year) == request.GET.get("tahun")), years[0] if years else None)
    if year is None:
        return render(request, "checks/missing.html", {"year": None})
    entries = assessments.visible_to(request.user, request.region).filter(assessment=year)
    lines = found.lines(year, entries)
    kind, words = asked(request, "jenis", 20), asked(request, "q")
    shown = [line for line in lines if _fits(line, kind, words)]
    page = page_of(shown, request, per_page=50)
    mendable = _mendable(request, page.object_list)
    context = {
        "year": year,
        "years": years,
        "page": page,
        "rows": [(line, _remedy(request, year, line, mendable)) for line in page.object_list],
        "tabs": _tabs(lines, year, words),
        "tab": kind if kind in set(Kind) else "",
        "q": words,
        "total": len(lines),
    }
    return render(request, "checks/missing.html", context)


def _years(request: RegionRequest) -> list[Assessment]:
    """The years that run, newest first."""
    rows = assessments.assessments(request.user, request.region)
    return list(rows.exclude(phase=Phase.CLOSED).select_related("region").order_by("-year"))


def _fits(line: Line, kind: str, words: str) -> bool:
    told = f"{line.entry} {line.entry.agency} {line.indicator.code} {line.indicator.name}".lower()
    return (kind not in set(Kind) or line.kind == kind) and all(word in told for word in words.lower().split())


def _tabs(lines: list[Line], year: Assessment, words: str) -> list[tuple[str, str, str, int]]:
    """All, and every kind there is, each with its number."""
    numbers = Counter(line.kind for line in lines)
    rest = f"&q={words}" if words else ""
    tabs = [("", "Semua", f"?tahun={year.year}{rest}", len(lines))]
    return tabs + [
        (kind.value, LABELS[kind], f"?tahun={year.year}&jenis={kind.value}{rest}", numbers[kind])
        for kind in Kind
        if numbers[kind]
    ]


def _mendable(request: RegionRequest, lines: Iterable[Line]) -> set[str]:
    """The codes of the documents among ``lines`` that this person may correct and replace."""
    codes = {line.document for line in lines if line.where in BUTTONS}
    if not codes:
        return set()
    rows = documents.visible_to(request.user, request.region).filter(code__in=codes)
    return {each.code for each in rows if can_correct(request.user, each)}


def _remedy(request: RegionRequest, year: Assessment, line: Line, mendable: set[str]) -> tuple[str, str]:
    """Where the line is mended, and what the way there is called; who only reads is led to where it stands."""
    slug = request.region.slug
    where = line.where if line.document in mendable else "indicator"
    if where == "correct":
        return reverse("documents:correct", args=[slug, line.document]), BUTTONS["correct"]
    if where == "replace":
        return reverse("assessments:replace_document", args=[slug, line.document]), BUTTONS["replace"]
    address = reverse("assessments:indicator", args=[slug, year.year, line.entry.code, line.indicator.code])
    return address, f"Buka indikator {line.indicator.code}"
