"""What the frame of every page needs to know: the region it stands in and where its reader may go from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from pamong.accounts.roles import Permission as P
from pamong.agencies.models import Region
from pamong.agencies.standing import Standing, standing

PLACE = "--daerah--"  # stands for the region's slug in remembered addresses


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the navigation. ``apart``: a rule above it begins another group."""

    label: str
    url: str
    icon: str
    current: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    icon: str
    names: tuple[str, ...]
    shown: Callable[[Standing, Region], bool]
    apart: bool = False


def _reads(who: Standing, region: Region) -> bool:
    return who.may_in(P.READ_REGION, region) or bool(who.paths(P.READ_AGENCY, region))


def _may(*permissions: P) -> Callable[[Standing, Region], bool]:
    return lambda who, region: any(who.may_in(one, region) for one in permissions)


def _invites(who: Standing, region: Region) -> bool:
    """Administrators, and heads of agencies, who invite their own operators."""
    return who.may_in(P.MANAGE_PEOPLE, region) or bool(who.paths(P.ENDORSE, region))


REGION_PAGES = (
    _Entry("Beranda daerah", "home", ("dashboards:region",), _reads),
    _Entry("Ringkas", "star", ("dashboards:head",), _may(P.ADOPT, P.MANAGE_ASSESSMENT)),
    _Entry("Inovasi", "innovation", ("innovations:list",), _reads),
    _Entry("Penilaian", "assessment", ("assessments:list",), _reads),
    _Entry("Yang masih kurang", "flag", ("checks:missing",), _reads),
    _Entry("Rencana", "chart", ("planning:list",), _reads),
    _Entry("Verifikasi", "verify", ("verification:queue",), _may(P.VERIFY, P.MANAGE_ASSESSMENT, P.CONTROL_QUALITY)),
    _Entry("Temuan mesin", "shield", ("checks:rules",), _may(P.VERIFY, P.MANAGE_ASSESSMENT, P.CONTROL_QUALITY)),
    _Entry("Dokumen", "documents", ("documents:list",), _reads),
    _Entry("Peringkat", "rank", ("ranking:table",), _reads),
    _Entry("Kepatuhan", "target", ("dashboards:compliance",), _reads),
    _Entry("Kelola", "settings", ("agencies:manage",), _invites, True),
    _Entry("Jejak", "trail", ("audit:list",), _may(P.READ_TRAIL)),
    _Entry("Pesan keluar", "outbox", ("outbox:list",), _may(P.MANAGE_REGION)),
)
SITE_NAMES = ("site:home", "site:regions", "site:list")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The current region, if the page stands in one, and the navigation (worked out only if the page shows it)."""
    return {
        "region": getattr(request, "region", None),
        "nav": SimpleLazyObject(lambda: _items(request)),
    }


def _items(request: HttpRequest) -> list[Item]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    who, region = standing(user), getattr(request, "region", None)
    if region is None:
        found = [("Situs", "site", site_address(), False)] if who.may(P.MANAGE_SITE) else []
    else:
        found = [
            (entry.label, entry.icon, _address(entry.names, region.slug), entry.apart)
            for entry in REGION_PAGES
            if entry.shown(who, region)
        ]
    return _marked([row for row in found if row[2]], _place(request.path, region))


def _place(path: str, region: Region | None) -> str:
    """Where a page belongs in the navigation: a year's figures stand under the assessment they come from."""
    results = f"/{region.slug}/hasil/" if region else ""
    return _address(("assessments:list",), region.slug) if region and path.startswith(results) else path


def _marked(rows: list[tuple[str, str, str, bool]], path: str) -> list[Item]:
    """The items, with the one whose address is the longest beginning of ``path`` marked as current."""
    here = max((url for _, _, url, _ in rows if path.startswith(url)), key=len, default="")
    return [Item(label, url, icon, url == here, apart) for label, icon, url, apart in rows]


def region_address(slug: str, *, leads: bool = False) -> str:
    """Where a region begins, for who leads it at the short page; its list of innovations while there is no better page."""
    first = ("dashboards:head",) if leads else ()
    return _address((*first, "dashboards:region", "innovations:list"), slug)


def site_address() -> str:
    """Where the pages of the whole site begin; empty if there are none."""
    return _address(SITE_NAMES)


def _address(names: tuple[str, ...], slug: str = "") -> str:
    """The address of the first of ``names`` that exists; empty if none does."""
    return next((url for name in names if (url := _pattern(name, bool(slug)))), "").replace(PLACE, slug)


@cache
def _pattern(name: str, in_region: bool) -> str:
    try:
        return reverse(name, args=[PLACE] if in_region else [])
    except NoReverseMatch:
        return ""
