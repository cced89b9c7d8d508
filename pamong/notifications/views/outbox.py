"""The outbox of a region and of the site."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from pamong.accounts.models import User
from pamong.agencies.http import RegionRequest, SiteRequest, asked, for_site
from pamong.agencies.models import Region
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.notifications import actions, policies, queries
from pamong.notifications.models import Message

HEADERS = ("Dibuat", "Kepada", "Perihal", "Keadaan", "Percobaan", "Terkirim", "Kegagalan", "Daerah")
MOST = 20_000


def region(request: RegionRequest) -> HttpResponse:
    """What was told to whom in this region, and whether it left."""
    _open(request.user, request.region)
    return render(request, "outbox/list.html", _context(request, request.region))


def region_export(request: RegionRequest) -> HttpResponse:
    _open(request.user, request.region)
    return _workbook(request, request.region, request.region.slug)


@require_POST
def region_resend(request: RegionRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(queries.visible_to(request.user, request.region), pk=pk)
    _resend(request, message, request.user)
    return redirect("outbox:list", request.region.slug)


@for_site
def site(request: SiteRequest) -> HttpResponse:
    """Every message of the installation."""
    return render(request, "outbox/site.html", _context(request, None))


@for_site
def site_export(request: SiteRequest) -> HttpResponse:
    return _workbook(request, None, "situs")


@for_site
@require_POST
def site_resend(request: SiteRequest, pk: int) -> HttpResponse:
    _resend(request, get_object_or_404(queries.visible_to(request.user, None), pk=pk), request.user)
    return redirect("site:outbox")


def _open(user: User, region: Region) -> None:
    if not policies.can_read(user, region):
        raise Http404


def _resend(request: HttpRequest, message: Message, by: User) -> None:
    actions.resend(message, by=by)
    messages.success(request, f"Pesan kepada {message.to} dikirim ulang.")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {"words": asked(request, "cari"), "state": asked(request, "keadaan")}


def _found(request: RegionRequest | SiteRequest, region: Region | None) -> QuerySet[Message]:
    return queries.search(queries.visible_to(request.user, region), **_asked(request), region=region)


def _context(request: RegionRequest | SiteRequest, region: Region | None) -> dict[str, Any]:
    page = page_of(_found(request, region), request)
    visible = queries.visible_to(request.user, region)
    return {
        "page": page,
        "rows": [(message, queries.readable(message, region)) for message in page],
        "figures": queries.figures(visible),
        "asked": _asked(request),
        "states": Message.State.choices,
    }


def _workbook(request: RegionRequest | SiteRequest, region: Region | None, name: str) -> HttpResponse:
    found = _found(request, region)[:MOST]
    lines = (
        (
            m.created_at,
            m.to,
            queries.readable(m, region).subject,
            m.get_state_display(),
            m.attempts,
            m.sent_at,
            m.error,
            str(m.region or ""),
        )
        for m in found.iterator(2000)
    )
    return xlsx_response(f"pesan-keluar-{name}", HEADERS, lines)
