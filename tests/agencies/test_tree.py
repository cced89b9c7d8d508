"""The tree of agencies keeps its shape and its past, whatever is done to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pamong.accounts.roles import Permission, Role
from pamong.agencies import queries
from pamong.agencies.actions import structure
from pamong.agencies.models import Agency, AgencyChange, Membership, Region
from pamong.agencies.queries import tree
from pamong.agencies.standing import standing
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from tests import build as site
from tests.agencies import build
from tests.build import People

TODAY = timezone.localdate


def _rows() -> list[Any]:
    return [
        list(Agency.objects.order_by("pk").values_list("pk", "name", "path", "parent", "closed_on", "successor")),
        AgencyChange.objects.count(),
        list(Membership.objects.order_by("pk").values_list("pk", "agency", "ends_on")),
        Event.objects.count(),
    ]


@pytest.fixture
def branch(region: Region, people: People) -> list[Agency]:
    """Dinas Kesehatan > Puskesmas Utara > Pustu Kali."""
    admin = people.region_admin
    top = build.agency(region, admin, "Dinas Kesehatan", short_name="Dinkes")
    middle = build.agency(region, admin, "Puskesmas Utara", top, kind="puskesmas")
    return [top, middle, build.agency(region, admin, "Pustu Kali", middle, kind="uptd")]


def test_a_new_agency_stands_under_its_parent(branch: list[Agency]) -> None:
    top, middle, low = branch
    assert (top.path, middle.path, low.path) == (
        f"/{top.pk}/",
        f"/{top.pk}/{middle.pk}/",
        f"/{top.pk}/{middle.pk}/{low.pk}/",
    )
    assert low.slug == "pustu-kali"
    assert str(Event.objects.latest("number")) == "Region Admin menambahkan instansi Pustu Kali"


def test_the_same_name_under_the_same_parent_is_refused_and_elsewhere_gets_its_own_address(
    region: Region, people: People, branch: list[Agency]
) -> None:
    before = _rows()
    with pytest.raises(Overtaken):
        build.agency(region, people.region_admin, "dinas kesehatan")
    assert _rows() == before
    assert build.agency(region, people.region_admin, "Pustu Kali").slug == "pustu-kali-2"


def test_an_agency_never_takes_the_address_of_another_page(region: Region, people: People) -> None:
    assert build.agency(region, people.region_admin, "Tambah").slug == "tambah-2"


@pytest.mark.parametrize(
    "who", ["operator", "agency_head", "verifier", "region_head", "stranger", "site_admin", "citizen"]
)
def test_only_the_region_administrator_changes_the_tree(
    who: str, region: Region, people: People, branch: list[Agency]
) -> None:
    top, middle, low = branch
    by, before = getattr(people, who), _rows()
    tries = [
        lambda: structure.add(region, by=by, name="Lain"),
        lambda: structure.edit(top, by=by, name="Lain", short_name="", kind="opd"),
        lambda: structure.rename(top, by=by, name="Lain", short_name="", on=TODAY()),
        lambda: structure.move(middle, by=by, parent=None),
        lambda: structure.merge(low, by=by, into=top, on=TODAY()),
        lambda: structure.close(low, by=by, on=TODAY()),
    ]
    for one in tries:
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_a_correction_leaves_no_old_name_and_twice_is_once(people: People, branch: list[Agency]) -> None:
    for _ in range(2):
        structure.edit(branch[0], by=people.region_admin, name="Dinas Kesehatan Kota", short_name="Dinkes", kind="opd")
    assert AgencyChange.objects.count() == 0
    event = Event.objects.get(act="agency.edited")
    assert event.data == {"changed": {"name": ["Dinas Kesehatan", "Dinas Kesehatan Kota"]}}


def test_a_renamed_agency_keeps_its_address_and_is_found_by_its_old_name(
    region: Region, people: People, branch: list[Agency]
) -> None:
    renamed = structure.rename(
        branch[0],
        by=people.region_admin,
        name="Dinas Kesehatan dan KB",
        short_name="DKKB",
        on=TODAY(),
        basis="Perda 4/2026",
    )
    assert (renamed.name, renamed.short_name, renamed.slug) == ("Dinas Kesehatan dan KB", "DKKB", "dinas-kesehatan")
    change = AgencyChange.objects.get()
    assert (change.old_name, change.new_name, change.basis, change.by) == (
        "Dinas Kesehatan", "Dinas Kesehatan dan KB", "Perda 4/2026", people.region_admin,
    )  # fmt: skip
    structure.rename(branch[0], by=people.region_admin, name="Dinas Sehat", short_name="", on=TODAY())
    found = tree.search(tree.visible_to(people.operator, region), "kesehatan dan")
    assert [a.name for a in found] == ["Dinas Sehat"]


def test_renaming_twice_by_a_double_click_renames_once(people: People, branch: list[Agency]) -> None:
    structure.rename(branch[0], by=people.region_admin, name="Dinas Sehat", short_name="", on=TODAY())
    with pytest.raises(Overtaken):
        structure.rename(branch[0], by=people.region_admin, name="Dinas Sehat", short_name="", on=TODAY())
    assert AgencyChange.objects.count() == 1


def test_a_change_is_not_written_down_before_its_day(people: People, branch: list[Agency]) -> None:
    before, ahead = _rows(), TODAY() + timedelta(days=1)
    for one in (
        lambda: structure.rename(branch[0], by=people.region_admin, name="X", short_name="", on=ahead),
        lambda: structure.merge(branch[2], by=people.region_admin, into=branch[0], on=ahead),
        lambda: structure.close(branch[2], by=people.region_admin, on=ahead),
    ):
        with pytest.raises(Refused):
            one()
    assert _rows() == before


def test_a_moved_agency_takes_everything_under_it_along(people: People, agency: Agency, branch: list[Agency]) -> None:
    top, middle, low = branch
    structure.move(middle, by=people.region_admin, parent=agency)
    for one in branch:
        one.refresh_from_db()
    assert (middle.parent, middle.path, low.path) == (
        agency,
        f"/{agency.pk}/{middle.pk}/",
        f"/{agency.pk}/{middle.pk}/{low.pk}/",
    )
    assert top.path == f"/{top.pk}/"
    assert standing(people.operator).may_for(Permission.CLAIM, low)


def test_an_agency_cannot_be_hung_below_itself(people: People, branch: list[Agency]) -> None:
    top, _, low = branch
    before = _rows()
    for parent in (top, low):
        with pytest.raises(Refused):
            structure.move(top, by=people.region_admin, parent=parent)
    assert _rows() == before


def test_an_agency_cannot_be_moved_into_another_region(people: People, branch: list[Agency]) -> None:
    foreign, before = site.agency(people.other_region, "Dinas Asing"), _rows()
    with pytest.raises(Refused):
        structure.move(branch[1], by=people.region_admin, parent=foreign)
    with pytest.raises(Refused):
        structure.merge(branch[1], by=people.region_admin, into=foreign, on=TODAY())
    assert _rows() == before


def test_a_tree_does_not_grow_deeper_than_its_paths_hold(region: Region, people: People) -> None:
    low, other = _deep(region, people, "Lapis", structure.DEEPEST), _deep(region, people, "Lain", 3)
    before = _rows()
    with pytest.raises(Refused):
        build.agency(region, people.region_admin, "Terlalu dalam", low)
    with pytest.raises(Refused):
        structure.move(Agency.objects.get(name="Lapis 0"), by=people.region_admin, parent=other)
    assert _rows() == before


def _deep(region: Region, people: People, name: str, depth: int) -> Agency:
    last = build.agency(region, people.region_admin, f"{name} 0")
    for number in range(1, depth):
        last = build.agency(region, people.region_admin, f"{name} {number}", last)
    return last


def test_the_successor_stands_over_what_the_merged_agency_left(
    region: Region, people: People, agency: Agency, branch: list[Agency]
) -> None:
    top, middle, _ = branch
    build.merged(top, agency, people.region_admin)
    for one in (top, middle):
        one.refresh_from_db()
    assert (top.closed_on, top.successor, top.path) == (TODAY(), agency, f"/{agency.pk}/{top.pk}/")
    assert (middle.parent, middle.path) == (agency, f"/{agency.pk}/{middle.pk}/")
    who = standing(people.operator)
    assert who.may_for(Permission.CLAIM, top)
    assert who.works_at(top)
    assert not standing(people.neighbour).may_for(Permission.CLAIM, top)
    assert top not in queries.agencies_for(people.operator, region, Permission.CLAIM)
    assert AgencyChange.objects.get(agency=top, kind="merged").new_name == agency.name


def test_a_merged_agency_merged_again_ends_up_with_the_last_successor(
    region: Region, people: People, agency: Agency
) -> None:
    first, second = (build.agency(region, people.region_admin, name) for name in ("Dinas Satu", "Dinas Dua"))
    build.merged(first, second, people.region_admin)
    build.merged(second, agency, people.region_admin)
    first.refresh_from_db()
    assert (first.successor, first.path) == (second, f"/{agency.pk}/{first.pk}/")
    assert standing(people.operator).may_for(Permission.CLAIM, first)


def test_people_and_stewards_go_along_when_they_should(region: Region, people: People, agency: Agency) -> None:
    successor = build.agency(region, people.region_admin, "Dinas Penerus")
    build.steward(agency, people.operator, people.region_admin)
    held = build.invitation(people.region_admin, region, Role.OPERATOR, agency=agency)
    build.merged(agency, successor, people.region_admin, keep_people=True)
    old, new = people.operator.memberships.order_by("pk")
    assert (old.agency, old.ends_on, bool(old.stopped_at)) == (agency, TODAY(), True)
    assert (new.agency, new.role, new.starts_on, new.ends_on) == (successor, Role.OPERATOR, TODAY(), None)
    first, second = people.operator.stewardships.order_by("pk")
    assert (first.ends_on, first.handed_to, second.agency, second.ends_on) == (TODAY(), second, successor, None)
    held.refresh_from_db()
    assert held.revoked_at is not None


def test_people_and_stewards_stop_when_they_should(region: Region, people: People, agency: Agency) -> None:
    successor = build.agency(region, people.region_admin, "Dinas Penerus")
    build.steward(agency, people.operator, people.region_admin)
    build.merged(agency, successor, people.region_admin, keep_people=False)
    assert [m.agency for m in people.operator.memberships.all()] == [agency]
    assert standing(site.User.objects.get(pk=people.operator.pk)).seats == ()
    assert people.operator.stewardships.get().ends_on == TODAY()


def test_a_verifier_of_the_merged_office_stays_verifier_and_tied_to_the_successor(
    region: Region, people: People, agency: Agency
) -> None:
    verifier = site.person("Vera", "vera@contoh.test")
    site.seat(verifier, Role.VERIFIER, region, agency)
    successor = build.agency(region, people.region_admin, "Dinas Penerus")
    build.merged(agency, successor, people.region_admin, keep_people=True)
    who = standing(verifier)
    assert who.may_in(Permission.VERIFY, region)
    assert who.works_at(successor)
    assert who.works_at(Agency.objects.get(pk=agency.pk))


def test_merging_into_what_stands_below_or_is_closed_is_refused(
    people: People, agency: Agency, branch: list[Agency]
) -> None:
    top, _, low = branch
    build.closed(low, people.region_admin)
    before = _rows()
    for one, into in ((top, branch[1]), (top, top), (agency, low)):
        with pytest.raises(Refused):
            build.merged(one, into, people.region_admin)
    assert _rows() == before


def test_a_second_click_on_merge_changes_nothing_more(people: People, agency: Agency, branch: list[Agency]) -> None:
    build.merged(branch[2], agency, people.region_admin)
    before = _rows()
    with pytest.raises(Refused):
        build.merged(branch[2], agency, people.region_admin)
    assert _rows() == before


def test_an_agency_with_others_under_it_is_not_closed(people: People, branch: list[Agency]) -> None:
    before = _rows()
    with pytest.raises(Refused):
        build.closed(branch[0], people.region_admin)
    assert _rows() == before


def test_closing_ends_the_roles_and_keeps_the_name(region: Region, people: People, agency: Agency) -> None:
    build.closed(agency, people.region_admin)
    assert not people.operator.memberships.filter(stopped_at__isnull=True).exists()
    assert AgencyChange.objects.get().kind == "closed"
    assert list(tree.search(tree.visible_to(people.region_admin, region), "contoh", state="closed")) == [agency]


def test_the_tree_reads_parents_before_children_and_siblings_by_name(
    region: Region, people: People, branch: list[Agency]
) -> None:
    build.agency(region, people.region_admin, "Puskesmas Barat", branch[0])
    visible = tree.visible_to(people.operator, region)
    rows = tree.rows(tree.in_tree_order(visible, region), visible)
    assert [(a.depth, a.name) for a in rows] == [
        (0, "Dinas Contoh"), (0, "Dinas Kesehatan"), (1, "Puskesmas Barat"), (1, "Puskesmas Utara"), (2, "Pustu Kali"),
        (0, "Dinas Tetangga"),
    ]  # fmt: skip
    assert {a.name: a.operators for a in rows}["Dinas Contoh"] == 1


def test_who_may_act_where(region: Region, people: People, agency: Agency, branch: list[Agency]) -> None:
    unit = build.agency(region, people.region_admin, "UPTD Contoh", agency)

    def names(who: Any, permission: Permission) -> set[str]:
        return {a.name for a in queries.agencies_for(who, region, permission)}

    everything = {"Dinas Contoh", "UPTD Contoh", "Dinas Tetangga", "Dinas Kesehatan", "Puskesmas Utara", "Pustu Kali"}
    assert names(people.region_admin, Permission.CLAIM) == everything
    assert names(people.operator, Permission.CLAIM) == {agency.name, unit.name}
    assert names(people.neighbour, Permission.CLAIM) == {"Dinas Tetangga"}
    assert names(people.verifier, Permission.CLAIM) == names(people.stranger, Permission.CLAIM) == set()


def test_the_people_to_tell_are_those_who_may(region: Region, people: People, agency: Agency) -> None:
    unit = build.agency(region, people.region_admin, "UPTD Contoh", agency)

    def told(permission: Permission, where: Agency | None = None, **more: bool) -> set[str]:
        return {p.name for p in queries.people_with(permission, region, where, **more)}

    assert told(Permission.VERIFY) == {"Verifier"}
    assert told(Permission.ENDORSE, unit) == {"Agency Head"}
    assert told(Permission.CLAIM, unit) == {"Operator", "Region Admin"}
    assert told(Permission.CLAIM, unit, region_wide=False) == {"Operator"}
    assert told(Permission.CLAIM) == {"Operator", "Nia Tetangga", "Region Admin"}
    people.verifier.is_active = False
    people.verifier.save()
    assert told(Permission.VERIFY) == set()
