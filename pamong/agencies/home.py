"""The front door: what Pamong is for strangers, the way to one's own region for everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pamong.accounts.roles import Permission
from pamong.agencies.context import region_address, site_address
from pamong.agencies.queries.regions import regions_of
from pamong.agencies.standing import standing


def home(request: HttpRequest) -> HttpResponse:
    """Show the landing page, or lead the person to the only region or the site they work in, or let them choose."""
    if not request.user.is_authenticated:
        return render(request, "home/landing.html")
    who = standing(request.user)
    regions = regions_of(request.user)
    site = site_address() if who.may(Permission.MANAGE_SITE) else ""
    if "pilih" not in request.GET:
        only = _only(request, [region_address(region.slug) for region in regions[:2]] + [site])
        if only:
            return redirect(only)
    return render(request, "home/choose.html", {"regions": regions, "site_url": site})


def _only(request: HttpRequest, ways: list[str]) -> str:
    """The one way there is, if there is just one and it leads elsewhere."""
    open_ways = [way for way in ways if way]
    return open_ways[0] if len(open_ways) == 1 and open_ways[0] != request.path else ""
