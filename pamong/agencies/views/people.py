"""The people of a region: who holds which role, given and ended."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Permission, Role, Scope
from pamong.agencies import policies
from pamong.agencies.actions import inviting
from pamong.agencies.actions import people as actions
from pamong.agencies.forms import people as forms
from pamong.agencies.http import RegionRequest, answer, asked
from pamong.agencies.models import Agency, Invitation, Membership
from pamong.agencies.queries import people, tree
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response

FORM = "agencies/form.html"
STATES = [("now", "Berlaku sekarang"), ("past", "Sudah berakhir"), ("all", "Semua")]


def persons(request: RegionRequest) -> HttpResponse:
    """Who works with Pamong in this region."""
    context = {
        "page": page_of(_found(request), request),
        "asked": _asked(request),
        "roles": [
            (role.value, ROLES[role].label) for role in Role if ROLES[role].scope in (Scope.REGION, Scope.AGENCY)
        ],
        "agencies": tree.open_in(request.region),
        "states": STATES,
        "may_invite": policies.can_invite(request.user, request.region),
        "may_manage": policies.can_manage_region(request.user, request.region),
    }
    return render(request, "agencies/people.html", context)


def export(request: RegionRequest) -> HttpResponse:
    """The same list as a workbook, one line per role."""
    headers = ("Nama", "Surel", "Jabatan", "Telepon", "Peran", "Instansi", "Mulai", "Sampai", "Akun aktif")
    lines = (
        (p.name, p.email, p.position, p.phone, s.get_role_display(), s.agency.name if s.agency else "", s.starts_on, s.ends_on, p.is_active)
        for p in _found(request)
        for s in p.seats  # type: ignore[attr-defined]
    )  # fmt: skip
    return xlsx_response(f"orang-{request.region.slug}", headers, lines)


def _asked(request: RegionRequest) -> dict[str, str]:
    return {
        "words": asked(request, "cari"),
        "role": asked(request, "peran"),
        "agency": asked(request, "instansi"),
        "state": asked(request, "keadaan") or "now",
    }


def _found(request: RegionRequest) -> QuerySet[User]:
    _open(request)
    wanted = _asked(request)
    slug = wanted["agency"]
    agency = tree.visible_to(request.user, request.region).filter(slug=slug).first() if slug else None
    seats = people.seats_visible_to(request.user, request.region)
    who = people.visible_to(request.user, request.region)
    return people.search(who, seats, words=wanted["words"], role=wanted["role"], agency=agency, state=wanted["state"])


def _open(request: RegionRequest) -> None:
    """These pages exist for those who manage people, and for heads of agencies."""
    if not policies.can_invite(request.user, request.region):
        raise Http404


def person(request: RegionRequest, pk: int) -> HttpResponse:
    """One person: what they may do here, and did."""
    who = _person(request, pk)
    roles = _roles(request)
    seats = [(seat, policies.can_end(request.user, seat)) for seat in who.seats]  # type: ignore[attr-defined]
    context = {
        "person": who,
        "seats": seats,
        "stewardships": people.stewards_visible_to(request.user, request.region).filter(person=who),
        "may_grant": bool(roles),
    }
    return render(request, "agencies/person.html", context)


def grant(request: RegionRequest, pk: int) -> HttpResponse:
    """Give a person known here one more role."""
    who = _person(request, pk)
    return answer(
        request,
        forms.GrantForm(request.POST or None, roles=_roles(request), agencies=_agencies(request)),
        act=lambda data: actions.grant(who, by=request.user, region=request.region, **data),
        done=lambda seat: _done(request, who, f"{who} kini {seat}."),
        template=FORM,
        context={
            "title": f"Beri peran: {who}",
            "submit": "Beri peran",
            "back": reverse("agencies:person", args=[request.region.slug, pk]),
            "back_label": who.name,
        },
        permit=policies.can_invite(request.user, request.region),
    )


def end(request: RegionRequest, pk: int) -> HttpResponse:
    """End one role, now or after a day."""
    seats = people.seats_visible_to(request.user, request.region).select_related("region")
    seat = get_object_or_404(seats, pk=pk)
    return answer(
        request,
        forms.EndForm(request.POST or None),
        act=lambda data: actions.end(seat, by=request.user, on=data["on"]),
        done=lambda ended: _ended(request, ended),
        template=FORM,
        context={
            "title": f"Akhiri peran: {seat.person}",
            "lead": f"{seat}. Yang sudah dikerjakan tetap tercatat atas namanya.",
            "submit": "Akhiri peran",
            "danger": True,
            "back": reverse("agencies:person", args=[request.region.slug, seat.person_id]),
            "back_label": seat.person.name,
        },
        permit=policies.can_end(request.user, seat),
    )


def invitations(request: RegionRequest) -> HttpResponse:
    """Who is invited and has not answered yet; the link just made is shown here once."""
    _open(request)
    rows = people.pending(people.invitations_visible_to(request.user, request.region))
    context = {
        "page": page_of(rows, request),
        "shown_link": request.session.pop("invitation", None),
        "may_manage": policies.can_manage_region(request.user, request.region),
    }
    return render(request, "agencies/invitations.html", context)


def invitations_export(request: RegionRequest) -> HttpResponse:
    _open(request)
    return invited(f"undangan-{request.region.slug}", people.invitations_visible_to(request.user, request.region))


def invited(name: str, rows: QuerySet[Invitation]) -> HttpResponse:
    """Invitations still waiting, as a workbook; never their links."""
    headers = (
        "Nama",
        "Surel",
        "Peran",
        "Instansi",
        "Daerah",
        "Diundang oleh",
        "Diundang pada",
        "Berlaku sampai",
        "Masih berlaku",
    )
    lines = (
        (
            each.name, each.email, each.get_role_display(), str(each.agency or ""), str(each.region or ""), str(each.by),
            each.at, each.expires_at, each.is_open,
        )
        for each in people.pending(rows)
    )  # fmt: skip
    return xlsx_response(name, headers, lines)


@require_POST
def revoke(request: RegionRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(people.invitations_visible_to(request.user, request.region), pk=pk)
    inviting.revoke(invitation, by=request.user)
    messages.success(request, f"Undangan untuk {invitation.email} dicabut. Tautannya tidak berlaku lagi.")
    return redirect("agencies:invitations", request.region.slug)


def _person(request: RegionRequest, pk: int) -> User:
    _open(request)
    return get_object_or_404(people.visible_to(request.user, request.region), pk=pk)


def _roles(request: RegionRequest) -> list[Role]:
    return policies.roles_grantable(request.user, request.region)


def _agencies(request: RegionRequest) -> QuerySet[Agency]:
    return tree.agencies_for(request.user, request.region, Permission.MANAGE_PEOPLE) or tree.agencies_for(
        request.user, request.region, Permission.ENDORSE
    )


def _done(request: RegionRequest, who: User, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("agencies:person", request.region.slug, who.pk)


def _ended(request: RegionRequest, seat: Membership) -> HttpResponse:
    when = "berakhir sekarang" if seat.stopped_at else f"berlaku sampai {seat.ends_on:%d-%m-%Y}"
    messages.success(request, f"{seat}: {when}.")
    if people.visible_to(request.user, request.region).filter(pk=seat.person_id).exists():
        return redirect("agencies:person", request.region.slug, seat.person_id)
    return redirect("agencies:people", request.region.slug)
