"""Regions made, imported, switched on and off, and what each sets for itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from pamong.accounts.models import User
from pamong.agencies import policies
from pamong.agencies.models import Region, Target
from pamong.audit.actions import SITE, record
from pamong.common.permit import Overtaken, Refused

# First words of addresses that belong to the site: a region of that name could never be reached.
RESERVED = frozenset(
    [
        "akun",
        "saya",
        "situs",
        "undangan",
        "static",
        "berkas",
        "api",
        "sehat",
        "health",
        "metrics",
        "unggah",
        "tentang",
        "katalog",
        "lomba",
        "verifikasi-publik",
        "admin",
    ]
)
DETAILS = ("name", "kind", "province_code", "latitude", "longitude", "population")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did."""

    added: int
    changed: int
    same: int


@transaction.atomic
def add_region(*, by: User | None, code: str, name: str, kind: str, province_code: str = "", **details: Any) -> Region:
    """Make a region, not yet in use. ``by=None`` is the operator of the machine."""
    _site(by)
    if Region.objects.filter(code=code).exists():
        raise Overtaken(f"Kode wilayah {code} sudah dipakai. Periksa daftar daerah.")
    fields = {"name": name.strip(), "kind": kind, "province_code": province_code, **details}
    region = Region.objects.create(code=code, slug=_free_slug(name), **fields)
    record("region.added", by=by, on=region, chain=SITE, says=f"menambahkan daerah {region}", code=code)
    return region


@transaction.atomic
def edit_region(region: Region, *, by: User, **details: Any) -> Region:
    """Correct name, kind, province, coordinates or population. Code and address stay: others refer to them."""
    region = _locked(region)
    _site(by)
    changed = _apply(region, details)
    if changed:
        says = f"memperbaiki data daerah {region}"
        record("region.edited", by=by, on=region, chain=SITE, says=says, fields=changed)
    return region


@transaction.atomic
def activate(region: Region, *, by: User | None) -> Region:
    """Let ``region`` use Pamong: its pages open for its people."""
    return _switch(region, True, by)


@transaction.atomic
def deactivate(region: Region, *, by: User) -> Region:
    """Close the pages of ``region`` for its people; nothing in it is lost."""
    return _switch(region, False, by)


@transaction.atomic
def bring(rows: Iterable[Mapping[str, Any]], *, by: User | None) -> Brought:
    """Add and correct regions from a list (``code, name, kind`` and the other ``DETAILS``). Twice changes nothing twice."""
    _site(by)
    known = {region.code: region for region in Region.objects.select_for_update()}
    slugs = {region.slug for region in known.values()}
    new, changed, same = [], 0, 0
    for row in rows:
        region = known.get(row["code"])
        details = {field: row[field] for field in DETAILS if field in row}
        if region is None:
            slug = _free_slug(row["name"], slugs)
            slugs.add(slug)
            new.append(Region(code=row["code"], slug=slug, **details))
        elif _apply(region, details):
            changed += 1
        else:
            same += 1
    Region.objects.bulk_create(new, batch_size=200)
    if new or changed:
        says = f"mengimpor daerah: {len(new)} baru, {changed} diperbaiki"
        record("region.imported", by=by, chain=SITE, says=says, added=len(new), changed=changed)
    return Brought(len(new), changed, same)


@transaction.atomic
def set_rules(
    region: Region, *, by: User, endorsement_required: bool, verification_days: int, notice: str = ""
) -> Region:
    """Whether agency heads endorse before verification, how many days that may take, and what everybody is told."""
    region = _locked(region)
    policies.can_manage_region(by, region).require()
    new = {
        "endorsement_required": endorsement_required,
        "verification_days": verification_days,
        "notice": notice.strip(),
    }
    changed = _apply(region, new)
    if changed:
        record("region.rules_set", by=by, on=region, says="mengubah pengaturan daerah", fields=changed)
    return region


@transaction.atomic
def set_targets(region: Region, year: int, *, by: User, targets: Mapping[str, tuple[int, str]]) -> None:
    """The targets of ``year``: kind of agency → (minimum, legal basis). Kinds left out owe nothing that year."""
    _locked(region)
    policies.can_manage_region(by, region).require()
    before = {t.kind: (t.minimum, t.basis) for t in Target.objects.filter(region=region, year=year)}
    if before == dict(targets):
        return
    Target.objects.filter(region=region, year=year).exclude(kind__in=targets).delete()
    for kind, (minimum, basis) in targets.items():
        Target.objects.update_or_create(
            region=region, year=year, kind=kind, defaults={"minimum": minimum, "basis": basis}
        )
    told = {kind: minimum for kind, (minimum, _) in targets.items()}
    record("targets.set", by=by, on=region, says=f"menetapkan target inovasi tahun {year}", year=year, targets=told)


def _site(by: User | None) -> None:
    if by is not None:
        policies.can_manage_site(by).require()


def _locked(region: Region) -> Region:
    return Region.objects.select_for_update().get(pk=region.pk)


def _switch(region: Region, on: bool, by: User | None) -> Region:
    region = _locked(region)
    _site(by)
    if region.slug in RESERVED:
        raise Refused(f"Alamat {region.slug} milik situs. Ganti alamat daerah ini sebelum diaktifkan.")
    if region.is_active is not on:
        region.is_active = on
        region.save(update_fields=["is_active"])
        act, verb = ("region.activated", "mengaktifkan") if on else ("region.deactivated", "menonaktifkan")
        record(act, by=by, on=region, chain=SITE, says=f"{verb} daerah {region}")
    return region


def _apply(region: Region, fields: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set and save what differs; returns old and new of each."""
    changed = {f: [getattr(region, f), value] for f, value in fields.items() if getattr(region, f) != value}
    for field, (_, value) in changed.items():
        setattr(region, field, value)
    if changed:
        region.save(update_fields=list(changed))
    return changed


def _free_slug(name: str, taken: set[str] | None = None) -> str:
    base = slugify(name)[:70] or "daerah"
    taken = set(Region.objects.filter(slug__startswith=base).values_list("slug", flat=True)) if taken is None else taken
    number, slug = 1, base
    while slug in taken or slug in RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug
