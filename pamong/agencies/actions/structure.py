"""The tree of agencies: added, corrected, renamed, moved, merged, closed.

Every act first locks the region's row: two people rearranging one tree take turns, so that no branch can end up inside itself.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.text import slugify

from pamong.accounts.models import User
from pamong.agencies import policies
from pamong.agencies.actions import people, stewards
from pamong.agencies.models import Agency, AgencyChange, Region
from pamong.agencies.queries import tree
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused

RESERVED = frozenset({"tambah", "unduh"})  # addresses beside those of agencies
DEEPEST = 12  # ``path`` holds at least this many ids, however large they grow


@transaction.atomic
def add(
    region: Region,
    *,
    by: User,
    name: str,
    short_name: str = "",
    kind: str = Agency.Kind.OPD,
    parent: Agency | None = None,
) -> Agency:
    """Add an agency under ``parent`` (or at the root). The same name under the same parent a second time is refused."""
    _turn(region)
    policies.can_manage_region(by, region).require()
    above = _open_parent(region, parent) if parent else None
    name = name.strip()
    twin = tree.open_in(region).filter(name__iexact=name, parent=above).first()
    if twin:
        raise Overtaken(f"{name} sudah ada dalam daftar. Buka instansi itu, atau beri nama yang membedakan.")
    agency = Agency.objects.create(
        region=region, name=name, short_name=short_name.strip(), kind=kind, parent=above, slug=_free_slug(region, name)
    )
    agency.path = f"{above.path if above else '/'}{agency.pk}/"
    agency.save(update_fields=["path"])
    record("agency.added", by=by, on=agency, says=f"menambahkan instansi {agency.name}", name=name, kind=str(kind))
    return agency


@transaction.atomic
def edit(agency: Agency, *, by: User, name: str, short_name: str, kind: str) -> Agency:
    """Correct what was mistyped. A new name by decree is ``rename``: it leaves the old one findable."""
    agency = _taken(agency)
    policies.can_change_agency(by, agency).require()
    new = {"name": name.strip(), "short_name": short_name.strip(), "kind": kind}
    changed = {
        field: [getattr(agency, field), value] for field, value in new.items() if getattr(agency, field) != value
    }
    if not changed:
        return agency
    _set(agency, **new)
    record("agency.edited", by=by, on=agency, says=f"memperbaiki data instansi {agency.name}", changed=changed)
    return agency


@transaction.atomic
def rename(agency: Agency, *, by: User, name: str, short_name: str, on: date, basis: str = "") -> Agency:
    """Give ``agency`` a new name since ``on``; the old one stays in its history and in the search."""
    agency = _taken(agency)
    policies.can_change_agency(by, agency).require()
    _not_ahead(on)
    old, name = agency.name, name.strip()
    if old == name:
        raise Overtaken(f"Namanya sudah {name}. Periksa apakah orang lain baru saja mengubahnya.")
    _set(agency, name=name, short_name=short_name.strip())
    _remember(agency, AgencyChange.Kind.RENAMED, on, by, old_name=old, new_name=name, basis=basis)
    record(
        "agency.renamed", by=by, on=agency, says=f"mengganti nama {old} menjadi {name}", old=old, new=name, basis=basis
    )
    return agency


@transaction.atomic
def move(agency: Agency, *, by: User, parent: Agency | None) -> Agency:
    """Hang ``agency`` with everything under it below ``parent`` (``None``: at the root)."""
    agency = _taken(agency)
    policies.can_change_agency(by, agency).require()
    if agency.parent_id == (parent.pk if parent else None):
        return agency
    above = _open_parent(agency.region, parent) if parent else None
    if above and above.path.startswith(agency.path):
        raise Refused(f"{above} berada di bawah {agency}. Pilih induk di luar cabangnya sendiri.")
    _rehang(agency.path, f"{above.path if above else '/'}{agency.pk}/")
    _set(agency, parent=above)
    agency.refresh_from_db()
    to = f"ke bawah {above.name}" if above else "menjadi instansi induk"
    record("agency.moved", by=by, on=agency, says=f"memindahkan {agency.name} {to}", parent=above.pk if above else None)
    return agency


@transaction.atomic
def merge(agency: Agency, *, by: User, into: Agency, on: date, basis: str = "", keep_people: bool = True) -> Agency:
    """Close ``agency`` since ``on`` with ``into`` as its successor.

    Its branch is hung below the successor's path, so that whoever stands over the successor stands over what the merged
    agency left behind; its innovations keep naming it. Agencies under it become the successor's. Its people and stewards go
    along (``keep_people``) or their roles end.
    """
    agency = _taken(agency)
    policies.can_change_agency(by, agency).require()
    _not_ahead(on)
    into = _open_parent(agency.region, into)
    if into.path.startswith(agency.path):
        raise Refused(f"{into} berada di bawah {agency}. Pindahkan dahulu {into} ke luar, lalu gabungkan.")
    old_path = agency.path
    Agency.objects.filter(parent=agency).update(parent=into)
    _rehang(old_path, into.path)
    Agency.objects.filter(pk=agency.pk).update(path=f"{into.path}{agency.pk}/", parent=into)
    _set(agency, closed_on=on, successor=into)
    agency.refresh_from_db()
    moved = people.follow(agency, into, keep=keep_people)
    stewards.follow(agency, into, keep=keep_people)
    _remember(agency, AgencyChange.Kind.MERGED, on, by, old_name=agency.name, new_name=into.name, basis=basis)
    record(
        "agency.merged",
        by=by,
        on=agency,
        says=f"menggabungkan {agency.name} ke dalam {into.name}",
        into=into.pk,
        people_moved=moved,
        basis=basis,
    )
    return agency


@transaction.atomic
def close(agency: Agency, *, by: User, on: date, basis: str = "") -> Agency:
    """Close ``agency`` since ``on`` without a successor; the roles in it end, its innovations stay readable in the region."""
    agency = _taken(agency)
    policies.can_change_agency(by, agency).require()
    _not_ahead(on)
    if tree.has_open_children(agency):
        raise Refused(f"Masih ada instansi di bawah {agency}. Pindahkan atau tutup dahulu semuanya.")
    _set(agency, closed_on=on)
    people.follow(agency, None, keep=False)
    stewards.follow(agency, None, keep=False)
    _remember(agency, AgencyChange.Kind.CLOSED, on, by, old_name=agency.name, basis=basis)
    record("agency.closed", by=by, on=agency, says=f"menutup instansi {agency.name}", basis=basis)
    return agency


def _turn(region: Region) -> None:
    """Wait for the region's row: its tree changes hands one act at a time."""
    Region.objects.select_for_update().get(pk=region.pk)


def _taken(agency: Agency) -> Agency:
    _turn(agency.region)
    return Agency.objects.select_related("region").get(pk=agency.pk)


def _open_parent(region: Region, parent: Agency) -> Agency:
    found = tree.open_in(region).filter(pk=parent.pk).first()
    if found is None:
        raise Refused(f"{parent} sudah berhenti atau bukan bagian dari daerah ini. Pilih instansi lain.")
    if found.path.count("/") > DEEPEST:
        raise Refused(f"Susunan di bawah {parent} sudah terlalu dalam. Pilih induk yang lebih tinggi.")
    return found


def _rehang(old: str, new: str) -> None:
    """Give the whole subtree at ``old`` its new place in one statement."""
    subtree = Agency.objects.filter(path__startswith=old)
    deepest = max((path.count("/") for path in subtree.values_list("path", flat=True)), default=0)
    if deepest - old.count("/") + new.count("/") > DEEPEST + 1:
        raise Refused("Susunan menjadi terlalu dalam. Pilih induk yang lebih tinggi.")
    subtree.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def _set(agency: Agency, **fields: object) -> None:
    for field, value in fields.items():
        setattr(agency, field, value)
    agency.save(update_fields=list(fields))


def _remember(agency: Agency, kind: str, on: date, by: User, **fields: str) -> None:
    AgencyChange.objects.create(region=agency.region, agency=agency, kind=kind, on=on, by=by, **fields)


def _not_ahead(on: date) -> None:
    if on > timezone.localdate():
        raise Refused("Tanggalnya belum tiba. Catat perubahan ini pada hari berlakunya.")


def _free_slug(region: Region, name: str) -> str:
    base = slugify(name)[:70] or "instansi"
    taken = set(Agency.objects.filter(region=region, slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug
