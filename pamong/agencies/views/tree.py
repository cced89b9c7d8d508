"""The tree of agencies, and each agency."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from pamong.agencies import policies
from pamong.agencies.actions import structure
from pamong.agencies.forms import tree as forms
from pamong.agencies.http import RegionRequest, answer, asked
from pamong.agencies.models import Agency
from pamong.agencies.queries import people, tree
from pamong.audit import trail
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response

FORM = "agencies/form.html"


def agencies(request: RegionRequest) -> HttpResponse:
    """Show the tree, or what a search finds of it."""
    found = _found(request)
    page = page_of(tree.in_tree_order(found, request.region), request, per_page=100)
    context = {
        "page": page,
        "agencies": tree.rows(list(page), found),
        "kinds": Agency.Kind.choices,
        "asked": _asked(request),
        "may_invite": policies.can_invite(request.user, request.region),
        "may_manage": policies.can_manage_region(request.user, request.region),
    }
    return render(request, "agencies/list.html", context)


def export(request: RegionRequest) -> HttpResponse:
    """The same list as a workbook."""
    found = _found(request)
    rows = tree.rows(tree.in_tree_order(found, request.region), found)
    names = {agency.pk: agency.name for agency in tree.visible_to(request.user, request.region)}
    headers = ("Nama", "Singkatan", "Jenis", "Induk", "Operator", "Pamong", "Berhenti sejak", "Penerus")
    lines = (
        (a.name, a.short_name, a.get_kind_display(), names.get(a.parent_id or 0, ""), a.operators, a.steward_count, a.closed_on, a.successor.name if a.successor else "")  # type: ignore[attr-defined]
        for a in rows
    )  # fmt: skip
    return xlsx_response(f"instansi-{request.region.slug}", headers, lines)


def _asked(request: RegionRequest) -> dict[str, str]:
    return {
        "words": asked(request, "cari"),
        "kind": asked(request, "jenis"),
        "state": asked(request, "keadaan") or "open",
    }


def _found(request: RegionRequest) -> QuerySet[Agency]:
    if not tree.may_read(request.user, request.region):
        raise Http404
    return tree.search(tree.visible_to(request.user, request.region), **_asked(request))


def agency(request: RegionRequest, slug: str) -> HttpResponse:
    """One agency: where it stands, who works there, what became of it."""
    house = _agency(request, slug)
    staff = people.seats_visible_to(request.user, request.region)
    may_read_trail = policies.can_read_trail(request.user, request.region)
    context = {
        "agency": house,
        "line": tree.line_of(house),
        "children": tree.children_of(house),
        "seats": people.holding(staff, house),
        "may_see_people": people.may_see(request.user, house),
        "stewards": people.stewards_visible_to(request.user, request.region).filter(agency=house),
        "changes": tree.changes_of(house),
        "events": trail.of(house)[:20] if may_read_trail else [],
        "may_change": policies.can_change_agency(request.user, house),
        "may_appoint": policies.can_appoint(request.user, house),
        "may_invite": policies.can_invite(request.user, request.region),
    }
    return render(request, "agencies/detail.html", context)


def add(request: RegionRequest) -> HttpResponse:
    form = forms.NewAgencyForm(
        request.POST or None, parents=tree.open_in(request.region), initial={"parent": _parent(request)}
    )
    return answer(
        request,
        form,
        act=lambda data: structure.add(request.region, by=request.user, **data),
        done=lambda made: _done(request, made, f"{made.name} ditambahkan."),
        template=FORM,
        context=_page("Tambah instansi", "Tambahkan", reverse("agencies:list", args=[request.region.slug])),
        permit=policies.can_manage_region(request.user, request.region),
    )


def edit(request: RegionRequest, slug: str) -> HttpResponse:
    house = _agency(request, slug)
    initial = {"name": house.name, "short_name": house.short_name, "kind": house.kind}
    return answer(
        request,
        forms.AgencyForm(request.POST or None, initial=initial),
        act=lambda data: structure.edit(house, by=request.user, **data),
        done=lambda made: _done(request, made, "Data instansi disimpan."),
        template=FORM,
        context=_about(request, house, "Perbaiki data", "Simpan")
        | {"lead": "Untuk salah ketik dan singkatan. Bila namanya berganti menurut peraturan, gunakan “Ganti nama” agar nama lama tetap dapat dicari."},
        permit=policies.can_change_agency(request.user, house),
    )  # fmt: skip


def rename(request: RegionRequest, slug: str) -> HttpResponse:
    house = _agency(request, slug)
    return answer(
        request,
        forms.RenameForm(request.POST or None, initial={"name": house.name, "short_name": house.short_name}),
        act=lambda data: structure.rename(house, by=request.user, **data),
        done=lambda made: _done(request, made, f"Namanya kini {made.name}. Nama lama tetap dapat dicari."),
        template=FORM,
        context=_about(request, house, "Ganti nama", "Ganti nama"),
        permit=policies.can_change_agency(request.user, house),
    )


def move(request: RegionRequest, slug: str) -> HttpResponse:
    house = _agency(request, slug)
    return answer(
        request,
        forms.MoveForm(request.POST or None, parents=tree.possible_parents(house), initial={"parent": house.parent_id}),
        act=lambda data: structure.move(house, by=request.user, parent=data["parent"]),
        done=lambda made: _done(request, made, f"{made.name} dipindahkan."),
        template=FORM,
        context=_about(request, house, "Pindahkan", "Pindahkan")
        | {
            "lead": "Instansi di bawahnya ikut pindah. Kepala dan operator induk baru langsung dapat melihat inovasinya."
        },
        permit=policies.can_change_agency(request.user, house),
    )


def merge(request: RegionRequest, slug: str) -> HttpResponse:
    house = _agency(request, slug)
    return answer(
        request,
        forms.MergeForm(request.POST or None, successors=tree.possible_parents(house)),
        act=lambda data: structure.merge(house, by=request.user, **data),
        done=lambda made: _done(request, made, f"{made.name} digabung ke dalam {made.successor}."),
        template=FORM,
        context=_about(request, house, "Gabungkan ke instansi lain", "Gabungkan")
        | {"lead": "Instansi ini berhenti. Inovasinya tetap tercatat atas namanya, dan orang di instansi penerus meneruskannya.",
           "danger": True},
        permit=policies.can_change_agency(request.user, house),
    )  # fmt: skip


def close(request: RegionRequest, slug: str) -> HttpResponse:
    house = _agency(request, slug)
    return answer(
        request,
        forms.CloseForm(request.POST or None),
        act=lambda data: structure.close(house, by=request.user, **data),
        done=lambda made: _done(request, made, f"{made.name} ditutup."),
        template=FORM,
        context=_about(request, house, "Tutup instansi", "Tutup instansi")
        | {"lead": "Instansi berhenti tanpa penerus. Peran dan tugas pamong di dalamnya berakhir; inovasinya tetap dapat dibaca administrator. Bila ada penerusnya, gunakan “Gabungkan”.",
           "danger": True},
        permit=policies.can_change_agency(request.user, house),
    )  # fmt: skip


def _agency(request: RegionRequest, slug: str) -> Agency:
    return get_object_or_404(
        tree.visible_to(request.user, request.region).select_related("successor", "region"), slug=slug
    )


def _parent(request: RegionRequest) -> int | None:
    above = tree.open_in(request.region).filter(slug=asked(request, "induk")).first()
    return above.pk if above else None


def _page(title: str, submit: str, back: str) -> dict[str, Any]:
    return {"title": title, "submit": submit, "back": back}


def _about(request: RegionRequest, house: Agency, title: str, submit: str) -> dict[str, Any]:
    back = reverse("agencies:detail", args=[request.region.slug, house.slug])
    return _page(f"{title}: {house.name}", submit, back) | {"agency": house, "back_label": str(house)}


def _done(request: RegionRequest, house: Agency, says: str) -> HttpResponse:
    messages.success(request, says)
    return redirect("agencies:detail", request.region.slug, house.slug)
