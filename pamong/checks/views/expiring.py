"""Proofs that go stale, and when their people are reminded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.agencies.queries import tree
from pamong.checks import policies
from pamong.checks.actions import reminding
from pamong.checks.forms import RemindingForm
from pamong.checks.queries import expiring
from pamong.common.paging import page_of
from pamong.evidence import policies as documents


@require_safe
def listing(request: RegionRequest) -> HttpResponse:
    """Documents in use whose validity ends soon or has ended, the first to end first."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    page = page_of(expiring.visible_to(request.user, request.region, timezone.localdate()), request)
    rows = [(row, documents.can_replace(request.user, row.document)) for row in page.object_list]
    context = {
        "page": page,
        "rows": rows,
        "days": expiring.days_of(request.region),
        "can_set": policies.can_set_reminders(request.user, request.region),
    }
    return render(request, "checks/expiring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: RegionRequest) -> HttpResponse:
    """Set the days of reminding."""
    now = ", ".join(map(str, expiring.days_of(request.region)))

    def done(_: object) -> HttpResponse:
        messages.success(request, "Pengingat disimpan.")
        return redirect("checks:expiring", request.region.slug)

    return answer(
        request,
        RemindingForm(request.POST or None, initial={"days": now}),
        act=lambda data: reminding.set_days(request.region, by=request.user, **data),
        done=done,
        template="checks/reminders.html",
        context={},
        permit=policies.can_set_reminders(request.user, request.region),
    )
