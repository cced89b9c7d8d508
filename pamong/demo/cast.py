"""Invented people, one account for each role and office the story needs. No name is that of a real official."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle

from django.contrib.auth.hashers import make_password

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role
from pamong.agencies.actions.people import grant
from pamong.agencies.models import Agency, Region

PASSWORD = "inovasi-magelang"  # noqa: S105 — known to everybody on purpose
DOMAIN = "contoh.id"
FIRST = (
    "Ratna", "Bagus", "Dian", "Hendra", "Lestari", "Yoga", "Mega", "Arif", "Putri", "Teguh", "Wening", "Rizal", "Kartika",
    "Anton", "Sekar", "Fajar", "Nurul", "Galih", "Intan", "Dimas",
)  # fmt: skip
LAST = (
    "Wulandari", "Prakoso", "Permatasari", "Gunawan", "Ningsih", "Pradana", "Safitri", "Nugraha", "Anjani", "Santosa", "Astuti",
    "Fahmi", "Dewi", "Wijaya", "Larasati", "Hidayat", "Aini", "Saputra", "Maharani", "Aditya",
)  # fmt: skip


def _names() -> Iterator[str]:
    """Four hundred, none of them twice."""
    for turn in range(len(LAST)):
        yield from map("{} {}".format, FIRST, LAST[turn:] + LAST[:turn])


NAMES = cycle(_names())


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the list printed on the terminal."""

    email: str
    name: str
    role: str
    place: str


@cache
def _hashed() -> str:
    """One password, hashed once: hashing is slow on purpose."""
    return make_password(PASSWORD)


class Cast:
    """The people of one region, made when first called for."""

    def __init__(self, region: Region, suffix: str = "") -> None:
        self.region, self.suffix = region, suffix
        self.accounts: list[Account] = []

    def person(
        self, local: str, role: Role, position: str, agency: Agency | None = None, region: Region | None = None
    ) -> User:
        """The person at ``local@…`` with ``role``; made on the first call."""
        email = f"{local}{self.suffix}@{DOMAIN}"
        known = User.objects.filter(email=email).first()
        if known:
            return known
        made = User.objects.create(email=email, password=_hashed(), name=next(NAMES), position=position)
        grant(made, role, by=None, region=region, agency=agency)
        place = agency.name if agency else region.name if region else "seluruh pemasangan"
        self.accounts.append(Account(email, made.name, str(ROLES[role].label), place))
        return made

    def operator(self, agency: Agency) -> User:
        return self.person(f"operator.{_short(agency)}", Role.OPERATOR, "Pamong inovasi", agency, self.region)

    def head(self, agency: Agency) -> User:
        return self.person(f"kepala.{_short(agency)}", Role.AGENCY_HEAD, f"Kepala {agency}", agency, self.region)


def _short(agency: Agency) -> str:
    return str(agency).lower().replace(" ", "-").replace(",", "")
