"""What every page of figures begins with."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from pamong.agencies.http import RegionRequest
from pamong.assessments import queries as assessments
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.scoring.queries import CLAIMED, VERIFIED, Value

# How a value of the index is written in addresses.
VALUES: dict[str, Value] = {"klaim": CLAIMED, "terverifikasi": VERIFIED}
WORDS = {value: word for word, value in VALUES.items()}
LABELS = {CLAIMED: "Klaim", VERIFIED: "Terverifikasi"}


def year_or_404(request: RegionRequest, year: int) -> Assessment:
    """The year, once it has been opened."""
    rows = assessments.assessments(request.user, request.region).exclude(phase=Phase.PREPARED)
    return get_object_or_404(rows.select_related("region"), year=year)


def value_or_404(word: str) -> Value:
    if word not in VALUES:
        raise Http404
    return VALUES[word]


def asked_value(request: RegionRequest) -> Value:
    """The value asked for in the address; verified unless told."""
    return VALUES.get(request.GET.get("nilai", ""), VERIFIED)
