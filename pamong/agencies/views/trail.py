"""The trail of a region and of the site. Reading is ``audit``'s; who may read is decided here, one floor higher."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_q.tasks import async_task

from pamong.agencies import policies
from pamong.agencies.http import RegionRequest, SiteRequest, asked, for_site
from pamong.audit import trail
from pamong.audit.actions import SITE
from pamong.audit.models import Event
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response

MOST = 50_000  # lines of one workbook; older ones are reached with the date filter
HEADERS = ("Nomor", "Waktu", "Orang", "Perbuatan", "Kode", "Sasaran", "Segel")


def region(request: RegionRequest) -> HttpResponse:
    """Who did what in this region."""
    return render(request, "audit/list.html", _context(request, _chain(request)))


def region_export(request: RegionRequest) -> HttpResponse:
    return _workbook(request, _chain(request), request.region.slug)


@for_site
def site(request: SiteRequest) -> HttpResponse:
    """Who did what to the installation itself."""
    return render(request, "audit/site.html", _context(request, SITE))


@for_site
def site_export(request: SiteRequest) -> HttpResponse:
    return _workbook(request, SITE, "situs")


@for_site
@require_POST
def site_check(request: SiteRequest) -> HttpResponse:
    """Have every chain examined now, in the background."""
    async_task("pamong.audit.tasks.check", group="trail")
    messages.success(
        request, "Pemeriksaan rantai dimulai. Hasilnya tampil di sini dalam beberapa saat; muat ulang halaman ini."
    )
    return redirect("site:trail")


def _chain(request: RegionRequest) -> str:
    if not policies.can_read_trail(request.user, request.region):
        raise Http404
    return request.region.code


def _context(request: HttpRequest, chain: str) -> dict[str, Any]:
    return {
        "page": page_of(trail.search(trail.of_chain(chain), **_asked(request)), request),
        "asked": _asked(request),
        "about": trail.ABOUT.items(),
        "check": trail.last_check(chain),
        "length": trail.length(chain),
    }


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "words": asked(request, "cari"),
        "person": asked(request, "orang"),
        "about": asked(request, "tentang"),
        "since": _day(asked(request, "sejak")),
        "until": _day(asked(request, "sampai")),
    }


def _day(text: str) -> date | None:
    """The day a filter asks for; nonsense and impossible years ask for nothing."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2999 else None


def _workbook(request: HttpRequest, chain: str, name: str) -> HttpResponse:
    events = trail.search(trail.of_chain(chain), **_asked(request))[:MOST]
    return xlsx_response(f"jejak-{name}", HEADERS, (_line(event) for event in events.iterator(2000)))


def _line(event: Event) -> tuple[object, ...]:
    target = f"{event.target_type} {event.target_id}".strip()
    return event.number, event.at, event.actor, event.says, event.act, target, event.digest
