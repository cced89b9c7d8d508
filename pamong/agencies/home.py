"""The front door: what Pamong is for strangers, the way to one's own region for everybody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pamong.accounts.roles import Permission
from pamong.agencies.context import region_address, site_address
from pamong.agencies.queries.regions import regions_of
from pamong.agencies.standing import standing

# Magetan 2023: of 32 innovations on record, 16 were adequately proven.
CELLS = (True,) * 16 + (False,) * 16


def home(request: HttpRequest) -> HttpResponse:
    """Show the landing page, or lead the person to the only place they work at, or let them choose (``?pilih``)."""
    if not request.user.is_authenticated:
        return render(request, "home/landing.html", {"cells": CELLS})
    user = request.user
    who = standing(user)
    regions = [
        (region, url)
        for region in regions_of(user)
        if (url := region_address(region.slug, leads=who.may_in(Permission.ADOPT, region)))
    ]
    site = site_address() if who.may(Permission.MANAGE_SITE) else ""
    ways = [url for _, url in regions] + ([site] if site else [])
    if len(ways) == 1 and "pilih" not in request.GET:
        return redirect(ways[0])
    return render(request, "home/choose.html", {"regions": regions, "site_url": site})
