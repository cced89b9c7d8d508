"""Regions come in by list, are switched on and off, and set their own rules."""

from __future__ import annotations

from typing import Any

import pytest

from pamong.agencies.actions import regions as actions
from pamong.agencies.forms.regions import read_regions
from pamong.agencies.models import Region, Target
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from tests.build import People

ROWS = [
    {"code": "33", "name": "Jawa Tengah", "kind": "provinsi", "province_code": "33"},
    {"code": "33.71", "name": "Kota Contoh", "kind": "kota", "province_code": "33"},
    {"code": "33.08", "name": "Magelang", "kind": "kabupaten", "province_code": "33", "population": 1_300_000},
]


def _rows() -> list[Any]:
    return [list(Region.objects.order_by("pk").values_list()), Target.objects.count(), Event.objects.count()]


def test_an_import_adds_and_corrects_and_twice_changes_nothing_twice(people: People) -> None:
    done = actions.bring(ROWS, by=people.site_admin)
    assert (done.added, done.changed, done.same) == (2, 0, 1)
    before = _rows()
    done = actions.bring(ROWS, by=people.site_admin)
    assert (done.added, done.changed, done.same) == (0, 0, 3)
    assert _rows() == before
    assert not Region.objects.get(code="33.08").is_active


def test_two_regions_of_one_name_have_two_addresses(people: People) -> None:
    actions.add_region(by=people.site_admin, code="33.08", name="Magelang", kind="kabupaten")
    second = actions.add_region(by=people.site_admin, code="33.09", name="Magelang", kind="kota")
    assert second.slug == "magelang-2"
    assert actions.add_region(by=people.site_admin, code="33.10", name="Situs", kind="kota").slug == "situs-2"


def test_a_code_is_used_once(people: People) -> None:
    before = _rows()
    with pytest.raises(Overtaken):
        actions.add_region(by=people.site_admin, code="33.71", name="Lain", kind="kota")
    assert _rows() == before


def test_switching_twice_is_once(region: Region, people: People) -> None:
    for _ in range(2):
        actions.deactivate(region, by=people.site_admin)
    assert Event.objects.filter(act="region.deactivated").count() == 1
    assert actions.activate(region, by=people.site_admin).is_active


@pytest.mark.parametrize("who", ["region_admin", "operator", "nation_reader", "stranger"])
def test_only_the_site_administrator_decides_about_regions(who: str, region: Region, people: People) -> None:
    by, before = getattr(people, who), _rows()
    for one in (
        lambda: actions.add_region(by=by, code="99.99", name="Baru", kind="kota"),
        lambda: actions.edit_region(region, by=by, name="Lain"),
        lambda: actions.activate(region, by=by),
        lambda: actions.deactivate(region, by=by),
        lambda: actions.bring(ROWS, by=by),
    ):
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_the_region_sets_its_own_rules_and_targets(region: Region, people: People) -> None:
    actions.set_rules(region, by=people.region_admin, endorsement_required=False, verification_days=7)
    region.refresh_from_db()
    assert (region.endorsement_required, region.verification_days) == (False, 7)
    for _ in range(2):
        actions.set_targets(region, 2026, by=people.region_admin, targets={"opd": (1, "SE 5/2025"), "bumd": (2, "")})
    actions.set_targets(region, 2026, by=people.region_admin, targets={"opd": (1, "SE 5/2025")})
    assert list(Target.objects.values_list("kind", "minimum", "basis")) == [("opd", 1, "SE 5/2025")]
    assert Event.objects.filter(act="targets.set").count() == 2


@pytest.mark.parametrize("who", ["site_admin", "operator", "verifier", "stranger"])
def test_nobody_else_sets_them(who: str, region: Region, people: People) -> None:
    by, before = getattr(people, who), _rows()
    for one in (
        lambda: actions.set_rules(region, by=by, endorsement_required=False, verification_days=7),
        lambda: actions.set_targets(region, 2026, by=by, targets={"opd": (1, "")}),
    ):
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_a_list_is_read_with_commas_or_semicolons() -> None:
    for mark in ",;":
        text = f"code{mark}name{mark}kind{mark}population\n33.71{mark}Kota Magelang{mark}kota{mark}121000\n"
        rows, faults = read_regions(text.encode("utf-8-sig"))
        assert (faults, rows[0]["population"], rows[0]["province_code"]) == ([], 121000, "33")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("name,kind\nA,kota\n", "Kolom code"),
        ("code,name,kind\n3371,A,kota\n", "Baris 2: kode"),
        ("code,name,kind\n33.71,,kota\n", "Baris 2: nama"),
        ("code,name,kind\n33.71,A,desa\n", "Baris 2: jenis"),
        ("code,name,kind\n33.71,A,kota\n33.71,B,kota\n", "Baris 3: kode wilayah muncul dua kali"),
        ("code,name,kind,latitude\n33.71,A,kota,NaN\n", "Baris 2: latitude"),
        ("code,name,kind,extra\n33.71,A,kota,1,2,3\n", ""),
    ],
)
def test_a_faulty_list_names_line_and_remedy(text: str, wrong: str) -> None:
    _, faults = read_regions(text.encode())
    assert ([fault for fault in faults if fault.startswith(wrong)] != []) is bool(wrong)
    assert read_regions(b"\xff\xfe")[1] != []
