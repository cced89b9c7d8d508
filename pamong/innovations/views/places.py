"""The map of the region as a picture, and where a typed place lies."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pamong.agencies.http import RegionRequest, asked
from pamong.agencies.queries import tree
from pamong.agencies.queries.boundaries import Outline, outline
from pamong.innovations import coordinates, places, queries


def _outline(request: RegionRequest) -> Outline:
    found = outline(request.region) if tree.may_read(request.user, request.region) else None
    if found is None:
        raise Http404
    return found


@require_safe
def picture(request: RegionRequest) -> HttpResponse:
    """The region's boundary with grid, scale and the innovations this person may see, as SVG."""
    found = _outline(request)
    size = places.SIZES[0] if request.GET.get("lebar") == str(places.SIZES[0]) else places.SIZES[-1]
    others = queries.placed(request.user, request.region, but=asked(request, "kecuali"))
    drawn = places.picture(found, places.look(request.GET).view(found, size), others)
    response = render(request, "innovations/map.svg", {"drawn": drawn}, content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
def told(request: RegionRequest) -> HttpResponse:
    """A place as typed: where it is, and whether that is in the region."""
    found = _outline(request)
    try:
        latitude, longitude = coordinates.parse(asked(request, "titik", 600))
    except coordinates.NotAPlace as fault:
        return JsonResponse({"says": str(fault), "warns": True})
    where = (float(latitude), float(longitude))
    said = places.told(where, found, request.region)
    return JsonResponse({"says": said.says, "warns": said.outside, "latitude": where[0], "longitude": where[1]})
