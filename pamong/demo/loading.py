"""Loading the demonstration, once, into an empty database."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import regions
from pamong.agencies.actions.boundaries import bring_boundaries
from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.demo import results, stage
from pamong.demo.cast import DOMAIN, Account, Cast
from pamong.demo.magelang import Magelang
from pamong.demo.magetan import Magetan
from pamong.engine import boundaries
from pamong.notifications.models import Message

BEGAN = 90  # days ago the regions came in


def is_loaded() -> bool:
    return User.objects.filter(email=f"situs@{DOMAIN}").exists()


def load(*, force: bool = False) -> list[Account]:
    """Make both regions, or nothing. Raises ``Refused`` if the database holds others' work and ``force`` is not given."""
    if is_loaded():
        return []
    if settings.PRODUCTION and not force:
        raise Refused(
            "Peragaan memakai kata sandi yang diketahui umum; pada profil production pakai --force-demo bila sungguh perlu."
        )
    if (User.objects.exists() or Region.objects.exists()) and not force:
        raise Refused("Basis data tidak kosong. Peragaan hanya dimuat ke basis data kosong, atau dengan --force-demo.")
    with transaction.atomic():
        results.bring()
        results.bring_examples()
        accounts = _site() + _story("kota-magelang", Magelang, "") + _story("kabupaten-magetan", Magetan, ".magetan")
        accounts += _nation()
        _hush()
    return accounts


def _site() -> list[Account]:
    province = _region(code="33", name="Provinsi Jawa Tengah", kind="provinsi")
    cast = Cast(province)
    cast.person("situs", Role.SITE_ADMIN, "Administrator situs")
    cast.person("provinsi", Role.NATION_READER, "Pembaca provinsi", region=province)
    return cast.accounts


def _nation() -> list[Account]:
    """Who reads both regions, and may compare them."""
    cast = Cast(Region.objects.get(code="33"))
    cast.person("nasional", Role.NATION_READER, "Pembaca nasional")
    return cast.accounts


def _story(name: str, story: type[Magelang] | type[Magetan], suffix: str) -> list[Account]:
    facts: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))
    place = {key: value for key, value in facts["region"].items() if key not in {"slug", "notice"}}
    with stage.days_ago(BEGAN):
        region = regions.activate(_region(**place), by=None)
        _map(region)
        cast = Cast(region, suffix)
        admin = cast.person("admin", Role.REGION_ADMIN, "Kepala bidang riset dan inovasi", region=region)
    return story(facts, region, admin, cast).tell()


def _region(**place: Any) -> Region:
    """The region of that code, which the list of regions may have brought already."""
    return Region.objects.filter(code=place["code"]).first() or regions.add_region(by=None, **place)


def _map(region: Region) -> None:
    """The boundary of ``region``, from the file that names its source and licence."""
    found = boundaries.read((Path(__file__).parent / "data" / "batas.json").read_bytes())
    shapes = {region.code: found.shapes[region.code]}
    bring_boundaries(shapes, by=None, source=found.source, licence=found.licence)


def _hush() -> None:
    """The story tells its people hundreds of things at once; the terminal would print them all over the accounts."""
    Message.objects.filter(person__email__endswith=f"@{DOMAIN}").delete()


def accounts() -> list[Account]:
    """The accounts of the demonstration, one for each role first."""
    from pamong.accounts.roles import ROLES
    from pamong.agencies.models import Membership

    seats = (
        Membership.objects.filter(person__email__endswith=f"@{DOMAIN}")
        .select_related("person", "region", "agency")
        .order_by("pk")
    )
    return [
        Account(seat.person.email, seat.person.name, str(ROLES[Role(seat.role)].label), str(seat.agency.name if seat.agency else seat.region or "seluruh pemasangan"))
        for seat in seats
    ]  # fmt: skip
