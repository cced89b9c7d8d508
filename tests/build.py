"""Builders: they bring things into being as the product does, through its actions."""

from __future__ import annotations

from datetime import date
from itertools import count

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role, Scope
from pamong.agencies.models import Agency, Membership, Region

LONG_AGO = date(2020, 1, 1)
_number = count(1)


def region(name: str = "Kota Contoh", code: str = "33.71", **fields: object) -> Region:
    slug = name.lower().replace(" ", "-")
    return Region.objects.create(
        name=name, code=code, slug=slug, kind="kota", province_code=code[:2], is_active=True, **fields
    )


def agency(region: Region, name: str = "Dinas Contoh", parent: Agency | None = None, **fields: object) -> Agency:
    made = Agency(region=region, name=name, slug=name.lower().replace(" ", "-"), parent=parent, path="", **fields)
    made.save()
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def person(name: str = "Budi Contoh", email: str = "") -> User:
    return User.objects.create_user(email or f"orang{next(_number)}@contoh.test", "kata-sandi-uji", name=name)


def seat(person: User, role: Role, region: Region | None = None, agency: Agency | None = None) -> Membership:
    return Membership.objects.create(person=person, role=role, region=region, agency=agency, starts_on=LONG_AGO)


class People:
    """``people.operator``, ``people.verifier``, …: one person per role, plus ``neighbour`` and ``stranger``."""

    def __init__(self, region: Region, agency: Agency) -> None:
        self.region, self.agency = region, agency
        for role in Role:
            setattr(self, role.name.lower(), self._one(role))
        self.neighbour = person("Nia Tetangga")
        self.other_agency = agency_ = build_agency(region, "Dinas Tetangga")
        seat(self.neighbour, Role.OPERATOR, region, agency_)
        self.stranger = person("Sari Asing")
        self.other_region = Region.objects.create(
            name="Kabupaten Lain",
            code="35.20",
            slug="kabupaten-lain",
            kind="kabupaten",
            province_code="35",
            is_active=True,
        )
        seat(self.stranger, Role.REGION_ADMIN, self.other_region)

    def _one(self, role: Role) -> User:
        who = person(f"{role.name.replace('_', ' ').title()}", f"{role.value}@contoh.test")
        scope = ROLES[role].scope
        seat(
            who,
            role,
            self.region if scope in (Scope.REGION, Scope.AGENCY) else None,
            self.agency if scope is Scope.AGENCY else None,
        )
        return who

    def __getattr__(self, name: str) -> User:
        raise AttributeError(name)


build_agency = agency
