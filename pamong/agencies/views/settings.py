"""What a region sets for itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pamong.agencies import policies
from pamong.agencies.actions import regions as actions
from pamong.agencies.forms.regions import RulesForm, TargetsForm
from pamong.agencies.http import RegionRequest, answer, asked
from pamong.agencies.queries import tree

EARLIEST, LATEST = 2015, 2099


def manage(request: RegionRequest) -> HttpResponse:
    """Where the running of a region begins."""
    policies.can_invite(request.user, request.region).require()
    may_manage = policies.can_manage_region(request.user, request.region)
    return render(request, "agencies/manage.html", {"may_manage": may_manage})


def rules(request: RegionRequest) -> HttpResponse:
    region = request.region
    initial = {
        "endorsement_required": region.endorsement_required,
        "verification_days": region.verification_days,
        "notice": region.notice,
    }
    return answer(
        request,
        RulesForm(request.POST or None, initial=initial),
        act=lambda data: actions.set_rules(region, by=request.user, **data),
        done=lambda _: _done(request, "Pengaturan disimpan.", "agencies:settings"),
        template="agencies/settings.html",
        context={},
        permit=policies.can_manage_region(request.user, region),
    )


def targets(request: RegionRequest, year: int = 0) -> HttpResponse:
    """How many innovations each kind of agency owes in a year."""
    year = _year(request, year)
    known = tree.targets(request.region, year)
    initial: dict[str, Any] = {}
    for kind, target in known.items():
        initial |= {f"minimum_{kind}": target.minimum, f"basis_{kind}": target.basis}
    form = TargetsForm(request.POST or None, initial=initial)
    return answer(
        request,
        form,
        act=lambda _: actions.set_targets(request.region, year, by=request.user, targets=form.targets()),
        done=lambda _: _done(request, f"Target tahun {year} disimpan.", "agencies:targets", year),
        template="agencies/targets.html",
        context={"year": year, "years": range(timezone.localdate().year + 1, timezone.localdate().year - 5, -1)},
        permit=policies.can_manage_region(request.user, request.region),
    )


def _year(request: RegionRequest, year: int) -> int:
    text = str(year or asked(request, "tahun", 4))
    year = int(text) if text.isdecimal() else 0
    return year if EARLIEST <= year <= LATEST else timezone.localdate().year


def _done(request: RegionRequest, says: str, name: str, *args: object) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, request.region.slug, *args)
