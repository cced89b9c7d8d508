"""The installation's own pages: its regions and its accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role
from pamong.agencies import policies
from pamong.agencies.actions import inviting
from pamong.agencies.actions import people as people_actions
from pamong.agencies.actions import regions as actions
from pamong.agencies.actions.boundaries import bring_boundaries
from pamong.agencies.forms import people as people_forms
from pamong.agencies.forms import regions as forms
from pamong.agencies.forms.boundaries import BoundariesForm
from pamong.agencies.http import SiteRequest, answer, asked, for_site
from pamong.agencies.models import Region
from pamong.agencies.queries import people, regions
from pamong.agencies.queries.boundaries import with_boundary
from pamong.agencies.views.people import invited
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response

FORM = "site/form.html"


@for_site
def home(request: SiteRequest) -> HttpResponse:
    return redirect("site:regions")


@for_site
def region_list(request: SiteRequest) -> HttpResponse:
    """Every region of the list, and which of them use Pamong."""
    wanted = _asked(request)
    found = with_boundary(regions.with_figures(regions.search(regions.visible_to(request.user), **wanted)))
    context = {"page": page_of(found, request), "asked": wanted, "kinds": Region.Kind.choices}
    return render(request, "site/regions.html", context)


@for_site
def region_export(request: SiteRequest) -> HttpResponse:
    found = with_boundary(regions.with_figures(regions.search(regions.visible_to(request.user), **_asked(request))))
    headers = (
        "Kode",
        "Nama",
        "Jenis",
        "Kode provinsi",
        "Lintang",
        "Bujur",
        "Penduduk",
        "Memakai Pamong",
        "Batas wilayah",
        "Administrator",
    )
    lines = (
        (r.code, r.name, r.get_kind_display(), r.province_code, r.latitude, r.longitude, r.population, r.is_active, r.has_boundary, r.admins)  # type: ignore[attr-defined]
        for r in found
    )  # fmt: skip
    return xlsx_response("daerah", headers, lines)


def _asked(request: SiteRequest) -> dict[str, str]:
    return {
        "words": asked(request, "cari"),
        "kind": asked(request, "jenis"),
        "state": asked(request, "keadaan") or "all",
    }


@for_site
def region_add(request: SiteRequest) -> HttpResponse:
    return answer(
        request,
        forms.NewRegionForm(request.POST or None),
        act=lambda data: actions.add_region(by=request.user, **data),
        done=lambda made: _said(
            request, f"{made} ditambahkan. Aktifkan, lalu undang administratornya.", "site:regions"
        ),
        template=FORM,
        context={
            "title": "Tambah daerah",
            "submit": "Tambahkan",
            "back": reverse("site:regions"),
            "back_label": "Daerah",
        },
    )


@for_site
def region_edit(request: SiteRequest, slug: str) -> HttpResponse:
    region = get_object_or_404(regions.visible_to(request.user), slug=slug)
    initial = {field: getattr(region, field) for field in actions.DETAILS}
    return answer(
        request,
        forms.RegionForm(request.POST or None, initial=initial),
        act=lambda data: actions.edit_region(region, by=request.user, **data),
        done=lambda made: _said(request, f"Data {made} disimpan.", "site:regions"),
        template=FORM,
        context={
            "title": f"Perbaiki data: {region}",
            "submit": "Simpan",
            "back": reverse("site:regions"),
            "back_label": "Daerah",
        },
    )


@for_site
def region_import(request: SiteRequest) -> HttpResponse:
    form = forms.RegionsFileForm(request.POST or None, request.FILES or None)
    return answer(
        request,
        form,
        act=lambda _: actions.bring(form.rows, by=request.user),
        done=lambda told: _said(
            request, f"{told.added} daerah baru, {told.changed} diperbaiki, {told.same} sudah sama.", "site:regions"
        ),
        template=FORM,
        context={
            "title": "Impor daftar daerah",
            "lead": "Daerah yang kodenya sudah ada diperbaiki, yang belum ada ditambahkan. Tidak ada yang dihapus.",
            "submit": "Impor",
            "back": reverse("site:regions"),
            "back_label": "Daerah",
        },
    )


@for_site
def boundaries(request: SiteRequest) -> HttpResponse:
    """Boundaries from a GeoJSON, for picking places on a map."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    return answer(
        request,
        form,
        act=lambda data: bring_boundaries(
            form.found.shapes, by=request.user, source=data["source"], licence=data["licence"]
        ),
        done=lambda told: _said(request, str(told), "site:regions"),
        template=FORM,
        context={
            "title": "Impor batas wilayah",
            "lead": "Dengan batas wilayah, orang memilih titik inovasi pada peta. Batas yang sudah ada diganti; tidak ada yang dihapus.",
            "submit": "Impor",
            "back": reverse("site:regions"),
            "back_label": "Daerah",
        },
    )


@for_site
@require_POST
def region_switch(request: SiteRequest, slug: str) -> HttpResponse:
    """Let a region use Pamong, or no longer."""
    region = get_object_or_404(regions.visible_to(request.user), slug=slug)
    if request.POST.get("to") == "on":
        actions.activate(region, by=request.user)
        return _said(request, f"{region} kini memakai Pamong. Undang administratornya bila belum ada.", "site:regions")
    actions.deactivate(region, by=request.user)
    return _said(request, f"Halaman {region} ditutup untuk orang-orangnya. Datanya tetap tersimpan.", "site:regions")


@for_site
def persons(request: SiteRequest) -> HttpResponse:
    """Every account, with its roles."""
    context = {
        "page": page_of(_found(request), request),
        "asked": _people_asked(request),
        "roles": [(role.value, ROLES[role].label) for role in Role],
        "states": [("all", "Semua"), ("now", "Ada peran berlaku"), ("past", "Semua perannya berakhir")],
    }
    return render(request, "site/people.html", context)


@for_site
def people_export(request: SiteRequest) -> HttpResponse:
    headers = ("Nama", "Surel", "Jabatan", "Peran", "Akun aktif", "Masuk terakhir")
    lines = (
        (p.name, p.email, p.position, "; ".join(map(str, p.seats)), p.is_active, p.last_login)  # type: ignore[attr-defined]
        for p in _found(request)
    )
    return xlsx_response("akun", headers, lines)


def _people_asked(request: SiteRequest) -> dict[str, Any]:
    return {
        "words": asked(request, "cari"),
        "role": asked(request, "peran"),
        "state": asked(request, "keadaan") or "all",
    }


def _found(request: SiteRequest) -> QuerySet[User]:
    seats = people.site_seats(request.user)
    return people.search(people.site_visible_to(request.user), seats, **_people_asked(request))


@for_site
def person(request: SiteRequest, pk: int) -> HttpResponse:
    """One account: its roles everywhere, and its switch."""
    who = _person(request, pk)
    context = {
        "person": who,
        "seats": [(seat, policies.can_end(request.user, seat)) for seat in who.seats],  # type: ignore[attr-defined]
        "may_switch": policies.can_deactivate(request.user, who)
        if who.is_active
        else policies.can_change_account(request.user, who),
    }
    return render(request, "site/person.html", context)


@for_site
@require_POST
def person_switch(request: SiteRequest, pk: int) -> HttpResponse:
    """Switch an account off or on."""
    who = _person(request, pk)
    if request.POST.get("to") == "on":
        people_actions.reactivate(who, by=request.user)
        return _said(request, f"Akun {who} aktif kembali.", "site:person", pk)
    people_actions.deactivate(who, by=request.user)
    return _said(request, f"Akun {who} dinonaktifkan. Ia tidak dapat masuk lagi.", "site:person", pk)


@for_site
def end(request: SiteRequest, pk: int) -> HttpResponse:
    """End a role over the site, or a region's administrator's."""
    seat = get_object_or_404(people.site_seats(request.user), pk=pk)
    return answer(
        request,
        people_forms.EndForm(request.POST or None),
        act=lambda data: people_actions.end(seat, by=request.user, on=data["on"]),
        done=lambda ended: _said(request, f"{ended}: peran diakhiri.", "site:person", ended.person_id),
        template=FORM,
        context={
            "title": f"Akhiri peran: {seat.person}",
            "lead": f"{seat}. Yang sudah dikerjakan tetap tercatat atas namanya.",
            "submit": "Akhiri peran",
            "danger": True,
            "back": reverse("site:person", args=[seat.person_id]),
            "back_label": seat.person.name,
        },
        permit=policies.can_end(request.user, seat),
    )


@for_site
def invitations(request: SiteRequest) -> HttpResponse:
    """Every open invitation of the installation; the link just made is shown here once."""
    rows = people.pending(people.invitations_visible_to(request.user, None))
    page = page_of(rows, request)
    shown = [(row, policies.can_revoke(request.user, row)) for row in page]
    context = {"page": page, "rows": shown, "shown_link": request.session.pop("invitation", None)}
    return render(request, "site/invitations.html", context)


@for_site
def invitations_export(request: SiteRequest) -> HttpResponse:
    return invited("undangan", people.invitations_visible_to(request.user, None))


@for_site
@require_POST
def revoke(request: SiteRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(people.invitations_visible_to(request.user, None), pk=pk)
    inviting.revoke(invitation, by=request.user)
    return _said(request, f"Undangan untuk {invitation.email} dicabut.", "site:invitations")


def _person(request: SiteRequest, pk: int) -> User:
    return get_object_or_404(people.site_visible_to(request.user), pk=pk)


def _said(request: SiteRequest, says: str, name: str, *args: object) -> HttpResponse:
    messages.success(request, says)
    return redirect(name, *args)
