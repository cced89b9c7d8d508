"""How much every agency keeps, and may keep."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.agencies.queries import tree
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.evidence import policies, queries
from pamong.evidence.actions import quotas
from pamong.evidence.forms import QuotaForm


@require_safe
def listing(request: RegionRequest) -> HttpResponse:
    """Every agency with what it keeps."""
    policies.can_set_quotas(request.user, request.region).require()
    page = page_of(tree.visible_to(request.user, request.region).order_by("name"), request)
    context = {"page": page, "rows": queries.rooms(page.object_list), "usual": settings.AGENCY_QUOTA_MB}
    return render(request, "evidence/quotas.html", context)


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    """The same as a workbook."""
    policies.can_set_quotas(request.user, request.region).require()
    found = queries.rooms(tree.visible_to(request.user, request.region).order_by("name"))
    headers = ("Instansi", "Berkas", "Terpakai (MB)", "Kuota (MB)", "Kuota khusus")
    lines = (
        (str(room.agency), room.files, round(room.used / queries.MEGABYTE, 1), room.most // queries.MEGABYTE, "ya" if room.own else "")
        for room in found
    )  # fmt: skip
    return xlsx_response(f"penyimpanan-{request.region.slug}", headers, lines)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: RegionRequest, slug: str) -> HttpResponse:
    """Set the quota of one agency."""
    agency = get_object_or_404(tree.visible_to(request.user, request.region).select_related("region"), slug=slug)
    (room,) = queries.rooms([agency])

    def done(_: object) -> HttpResponse:
        messages.success(request, f"Kuota {agency} disimpan.")
        return redirect("documents:quotas", request.region.slug)

    return answer(
        request,
        QuotaForm(request.POST or None, initial={"megabytes": room.own}),
        act=lambda data: quotas.set_quota(agency, by=request.user, **data),
        done=done,
        template="evidence/quota.html",
        context={"room": room, "usual": settings.AGENCY_QUOTA_MB},
        permit=policies.can_set_quotas(request.user, request.region),
    )
