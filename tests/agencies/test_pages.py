"""The pages of agencies, people, stewards and settings, as their readers meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pamong.accounts.roles import Role
from pamong.agencies.models import Agency, Invitation, Membership, Region, Steward, Target
from tests import build as site
from tests import sheets
from tests.agencies import build
from tests.build import People

Login = Callable[[object], Client]


def _url(name: str, region: Region, *args: object) -> str:
    return reverse(f"agencies:{name}", args=[region.slug, *args])


READ = ["list", "export", "stewards", "stewards_export"]
RUN = ["people", "people_export", "invitations", "manage"]
RULE = ["add", "settings", "targets"]


@pytest.mark.parametrize("name", READ + RUN + RULE)
def test_a_stranger_finds_nothing(name: str, region: Region, people: People, login: Login) -> None:
    assert login(people.stranger).get(_url(name, region)).status_code == 404
    assert Client().get(_url(name, region)).status_code == 302


@pytest.mark.parametrize("name", READ)
def test_whoever_reads_or_works_in_the_region_sees_its_agencies(
    name: str, region: Region, people: People, login: Login
) -> None:
    for who in (people.region_admin, people.operator, people.verifier, people.nation_reader):
        assert login(who).get(_url(name, region)).status_code == 200
    for who in (people.citizen, people.juror):
        assert login(who).get(_url(name, region)).status_code == 404


@pytest.mark.parametrize(("name", "others"), [*((n, 404) for n in RUN if n != "manage"), *((n, 409) for n in RULE)])
def test_running_the_region_is_its_administrators(
    name: str, others: int, region: Region, people: People, login: Login
) -> None:
    assert login(people.region_admin).get(_url(name, region)).status_code == 200
    for who in (people.operator, people.verifier, people.region_head, people.citizen):
        assert login(who).get(_url(name, region)).status_code == others


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_the_same_however_long(
    rows: int, region: Region, people: People, login: Login, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        house = build.agency(region, people.region_admin, f"Dinas {number}")
        person = site.person(f"Orang {number}")
        build.granted(person, Role.OPERATOR, people.region_admin, region, house)
        build.steward(house, person, people.region_admin)
        build.invitation(people.region_admin, region, email=f"baru{number}@contoh.test")
    browser = login(people.region_admin)
    # Session, person, region, standing, and: tree keys and names, rows / people, roles, choices / invitations / stewards.
    for name, queries in {"list": 7, "people": 8, "invitations": 6, "stewards": 8}.items():
        with django_assert_num_queries(queries):
            assert browser.get(_url(name, region)).status_code == 200, name


def test_a_page_number_out_of_reach_is_the_last_page(region: Region, people: People, login: Login) -> None:
    browser = login(people.region_admin)
    for name in ("list", "people", "invitations", "stewards"):
        assert browser.get(_url(name, region), {"page": "9" * 30, "cari": "\x00'%"}).status_code == 200


def test_an_agency_is_added_and_shown(region: Region, people: People, agency: Agency, login: Login) -> None:
    browser = login(people.region_admin)
    sent = {"name": "UPTD Air", "short_name": "", "kind": "uptd", "parent": agency.pk}
    answer = browser.post(_url("add", region), sent, follow=True)
    assert answer.redirect_chain == [(_url("detail", region, "uptd-air"), 302)]
    assert "UPTD Air" in answer.content.decode()
    again = browser.post(_url("add", region), sent)
    assert (again.status_code, Agency.objects.filter(name="UPTD Air").count()) == (409, 1)
    assert 'value="UPTD Air"' in again.content.decode()


def test_an_ill_formed_agency_is_shown_again(region: Region, people: People, login: Login) -> None:
    answer = login(people.region_admin).post(_url("add", region), {"name": "", "kind": "kantor"})
    assert (answer.status_code, Agency.objects.count()) == (422, 2)


@pytest.mark.parametrize("name", ["edit", "rename", "move", "merge", "close"])
def test_each_change_has_its_page_for_the_administrator_alone(
    name: str, region: Region, people: People, agency: Agency, login: Login
) -> None:
    assert login(people.region_admin).get(_url(name, region, agency.slug)).status_code == 200
    assert login(people.operator).get(_url(name, region, agency.slug)).status_code == 409
    assert login(people.stranger).get(_url(name, region, agency.slug)).status_code == 404


def test_an_agency_is_renamed_moved_merged_and_closed_from_its_page(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser, today = login(people.region_admin), timezone.localdate().isoformat()
    other = people.other_agency
    steps = [
        ("rename", {"name": "Dinas Pengganti", "short_name": "DP", "on": today, "basis": "Perda 4/2026"}),
        ("move", {"parent": other.pk}),
        ("merge", {"into": other.pk, "keep_people": "1", "on": today, "basis": ""}),
    ]
    for name, sent in steps:
        assert browser.post(_url(name, region, agency.slug), sent).status_code == 302, name
    assert browser.post(_url("close", region, other.slug), {"on": today, "basis": ""}).status_code == 302
    page = browser.get(_url("detail", region, agency.slug)).content.decode()
    assert "Digabung ke dalam" in page
    assert "Dinas Contoh" in page
    assert browser.get(_url("close", region, agency.slug)).status_code == 409


def test_a_neighbour_sees_the_agency_but_not_its_people(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    page = login(people.neighbour).get(_url("detail", region, agency.slug)).content.decode()
    assert people.operator.name not in page
    assert people.operator.name in login(people.agency_head).get(_url("detail", region, agency.slug)).content.decode()


def test_a_head_knows_the_people_of_the_own_house_only(region: Region, people: People, login: Login) -> None:
    browser = login(people.agency_head)
    page = browser.get(_url("people", region)).content.decode()
    assert people.operator.email in page
    assert people.neighbour.email not in page
    assert browser.get(_url("person", region, people.operator.pk)).status_code == 200
    assert browser.get(_url("person", region, people.neighbour.pk)).status_code == 404
    assert browser.get(_url("end", region, people.neighbour.memberships.get().pk)).status_code == 404


def test_people_are_found_by_role_agency_and_state(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser = login(people.region_admin)

    def found(**asked: str) -> set[str]:
        return {p.name for p in browser.get(_url("people", region), asked).context["page"]}

    assert found(peran="operator") == {"Operator", "Nia Tetangga"}
    assert found(instansi=agency.slug) == {"Operator", "Agency Head"}
    assert found(cari="VERIFIER@") == {"Verifier"}
    browser.post(_url("end", region, people.verifier.memberships.get().pk), {"when": "now"})
    assert found(keadaan="past") == {"Verifier"}
    assert found(peran="verifier") == set()


def test_a_role_is_given_and_ended_on_the_persons_page(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser, today = login(people.region_admin), timezone.localdate().isoformat()
    url = _url("grant", region, people.citizen.pk)
    assert browser.post(url, {"role": "operator", "starts_on": today}).status_code == 422
    assert browser.post(url, {"role": "site-admin", "starts_on": today}).status_code == 422
    assert browser.post(url, {"role": "operator", "agency": agency.pk, "starts_on": today}).status_code == 302
    seat = people.citizen.memberships.get(role="operator")
    end = _url("end", region, seat.pk)
    assert browser.get(end).status_code == 200
    assert browser.post(end, {"when": "day"}).status_code == 422
    assert browser.post(end, {"when": "day", "on": "2020-01-01"}).status_code == 409
    assert browser.post(end, {"when": "day", "on": today}).status_code == 302
    seat.refresh_from_db()
    assert (seat.ends_on, seat.stopped_at) == (timezone.localdate(), None)


def test_the_last_administrator_is_told_why_not(region: Region, people: People, login: Login) -> None:
    seat = people.region_admin.memberships.get()
    answer = login(people.region_admin).post(_url("end", region, seat.pk), {"when": "now"})
    assert answer.status_code == 409
    assert "Undang penggantinya" in answer.content.decode()
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_stewards_are_appointed_and_handed_over_from_the_pages(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser, today = login(people.agency_head), timezone.localdate().isoformat()
    assert (
        browser.post(
            _url("appoint", region, agency.slug), {"person": people.operator.pk, "starts_on": today}
        ).status_code
        == 302
    )
    steward = Steward.objects.get()
    assert browser.get(_url("hand_over", region, steward.pk)).status_code == 200
    assert (
        browser.post(
            _url("hand_over", region, steward.pk), {"to": people.agency_head.pk, "on": today, "note": "ya"}
        ).status_code
        == 302
    )
    assert (
        browser.post(
            _url("hand_over", region, Steward.objects.get(ends_on=None).pk), {"to": "", "on": today}
        ).status_code
        == 302
    )
    assert Steward.objects.filter(ends_on=None).count() == 0
    assert login(people.neighbour).post(_url("appoint", region, agency.slug)).status_code == 409


def test_settings_and_targets_are_saved(region: Region, people: People, login: Login) -> None:
    browser = login(people.region_admin)
    assert browser.post(_url("settings", region), {"verification_days": "500"}).status_code == 422
    assert browser.post(_url("settings", region), {"verification_days": "10"}).status_code == 302
    region.refresh_from_db()
    assert (region.endorsement_required, region.verification_days) == (False, 10)
    assert (
        browser.post(_url("targets", region, 2026), {"minimum_opd": "1", "basis_opd": "SE 5/2025"}).status_code == 302
    )
    assert Target.objects.get().year == 2026
    assert "SE 5/2025" in browser.get(_url("targets", region, 2026)).content.decode()
    assert browser.get(_url("targets", region, 999999)).status_code == 200


def test_an_exported_list_holds_what_the_page_shows(region: Region, people: People, login: Login) -> None:
    import io

    from python_calamine import CalamineWorkbook

    answer = login(people.region_admin).get(_url("people_export", region), {"peran": "verifier"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows] == [["Nama", "Surel"], ["Verifier", people.verifier.email]]


def test_an_invitation_is_withdrawn_from_the_list(region: Region, people: People, login: Login) -> None:
    held = build.invitation(people.region_admin, region)
    url = _url("revoke", region, held.pk)
    assert login(people.agency_head).post(url).status_code == 404
    assert login(people.region_admin).get(url).status_code == 405
    assert login(people.region_admin).post(url).status_code == 302
    assert Invitation.objects.get().revoked_at is not None
    assert Membership.objects.filter(person__email=held.email).count() == 0


def test_open_invitations_leave_as_a_workbook_without_their_links(region: Region, people: People, login: Login) -> None:
    held = build.invitation(people.region_admin, region)
    for who, url in (
        (people.region_admin, _url("invitations_export", region)),
        (people.site_admin, reverse("site:invitations_export")),
    ):
        answer = login(who).get(url)
        (heading, line) = sheets.rows(answer)
        assert (heading[1], line[1], line[4], line[8]) == ("Surel", held.email, str(region), "ya")
        assert held.token.encode() not in b"".join(str(cell).encode() for cell in line)
