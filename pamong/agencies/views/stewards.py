"""Stewards: who keeps which agency's innovations moving, and which agency has nobody."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from pamong.accounts.models import User
from pamong.agencies import policies
from pamong.agencies.actions import stewards as actions
from pamong.agencies.forms import people as forms
from pamong.agencies.http import RegionRequest, answer, asked
from pamong.agencies.models import Agency, Steward
from pamong.agencies.queries import people, tree
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response

FORM = "agencies/form.html"


def stewards(request: RegionRequest) -> HttpResponse:
    """Today's stewards, or those of the past, and the agencies without one."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    past = asked(request, "keadaan") == "past"
    lacking = tree.without_steward(request.region)
    context = {
        "page": page_of(people.stewarding(_visible(request), asked(request, "cari"), past=past), request),
        "asked": {"words": asked(request, "cari"), "state": "past" if past else "now"},
        "lacking": lacking[:200],
        "lacking_count": lacking.count(),
        "may_manage": policies.can_manage_people(request.user, request.region),
    }
    return render(request, "agencies/stewards.html", context)


def export(request: RegionRequest) -> HttpResponse:
    """Every steward, past and present, as a workbook."""
    if not tree.may_read(request.user, request.region):
        raise Http404
    headers = ("Instansi", "Pamong", "Mulai", "Sampai", "Diserahkan kepada", "Catatan serah terima")
    lines = (
        (s.agency.name, s.person.name, s.starts_on, s.ends_on, s.handed_to.person.name if s.handed_to else "", s.handover_note)
        for s in _visible(request)
    )  # fmt: skip
    return xlsx_response(f"pamong-{request.region.slug}", headers, lines)


def appoint(request: RegionRequest, slug: str) -> HttpResponse:
    agencies = tree.visible_to(request.user, request.region).select_related("region")
    house = get_object_or_404(agencies, slug=slug)
    return answer(
        request,
        forms.AppointForm(request.POST or None, people=people.possible_stewards(house)),
        act=lambda data: actions.appoint(house, by=request.user, **data),
        done=lambda made: _done(request, house, f"{made.person} ditugaskan sebagai pamong {house}."),
        template=FORM,
        context={
            "title": f"Tugaskan pamong: {house.name}",
            "submit": "Tugaskan",
            "back": reverse("agencies:detail", args=[request.region.slug, slug]),
            "back_label": str(house),
        },
        permit=policies.can_appoint(request.user, house),
    )


def hand_over(request: RegionRequest, pk: int) -> HttpResponse:
    """Hand the task to a successor, or end it without one."""
    steward = get_object_or_404(_visible(request).select_related("agency__region"), pk=pk)
    house = steward.agency
    others = people.possible_stewards(house).exclude(pk=steward.person_id)
    return answer(
        request,
        forms.HandOverForm(request.POST or None, people=others),
        act=lambda data: _hand(request, steward, **data),
        done=lambda made: _done(request, house, _says(made)),
        template=FORM,
        context={
            "title": f"Serah terima pamong: {house.name}",
            "lead": f"Dari {steward.person}, bertugas sejak {steward.starts_on:%d-%m-%Y}.",
            "submit": "Serahkan tugas",
            "back": reverse("agencies:detail", args=[request.region.slug, house.slug]),
            "back_label": str(house),
        },
        permit=policies.can_change_steward(request.user, steward),
    )


def _hand(request: RegionRequest, steward: Steward, *, to: User | None, on: date, note: str) -> Steward:
    if to is None:
        return actions.end(steward, by=request.user, on=on, note=note)
    return actions.hand_over(steward, by=request.user, to=to, on=on, note=note)


def _says(steward: Steward) -> str:
    if steward.ends_on:
        return f"Tugas {steward.person} sebagai pamong diakhiri."
    return f"Tugas pamong diserahkan kepada {steward.person}."


def _visible(request: RegionRequest) -> QuerySet[Steward]:
    return people.stewards_visible_to(request.user, request.region)


def _done(request: RegionRequest, house: Agency, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("agencies:detail", request.region.slug, house.slug)
