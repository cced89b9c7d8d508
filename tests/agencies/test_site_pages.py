"""The installation's own pages: for its administrators, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pamong.agencies.actions import regions
from pamong.agencies.models import Invitation, Region
from pamong.notifications import actions
from tests.agencies import build
from tests.build import People

Login = Callable[[object], Client]
PAGES = [
    "regions", "regions_export", "region_add", "region_import", "people", "people_export", "invitations", "invite", "trail",
    "trail_export", "outbox", "outbox_export",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_only_administrators_of_the_site_find_them(name: str, people: People, login: Login) -> None:
    url = reverse(f"site:{name}")
    assert login(people.site_admin).get(url).status_code == 200
    for who in (people.region_admin, people.nation_reader, people.operator, people.stranger):
        assert login(who).get(url).status_code == 404
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_the_same_however_long(
    rows: int, region: Region, people: People, login: Login, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        build.invitation(people.region_admin, region, email=f"baru{number}@contoh.test")
        actions.post(f"baru{number}@contoh.test", "Halo", "Isi", region=region)
        regions.add_region(by=people.site_admin, code=f"99.0{number}", name=f"Kota {number}", kind="kota")
    browser = login(people.site_admin)
    for name, queries in {"regions": 5, "people": 6, "invitations": 5, "outbox": 6, "trail": 7}.items():
        with django_assert_num_queries(queries):
            assert browser.get(reverse(f"site:{name}")).status_code == 200, name


def test_a_region_is_added_corrected_and_switched(people: People, login: Login) -> None:
    browser = login(people.site_admin)
    sent = {"code": "33.08", "name": "Kabupaten Uji", "kind": "kabupaten", "province_code": "33", "latitude": "-7.5"}
    assert browser.post(reverse("site:region_add"), sent).status_code == 302
    assert browser.post(reverse("site:region_add"), sent).status_code == 409
    slug = "kabupaten-uji"
    assert browser.get(reverse("site:region_edit", args=[slug])).status_code == 200
    assert browser.post(reverse("site:region_edit", args=[slug]), sent | {"population": "9"}).status_code == 302
    assert browser.post(reverse("site:region_switch", args=[slug]), {"to": "on"}).status_code == 302
    made = Region.objects.get(slug=slug)
    assert (made.population, made.latitude, made.is_active) == (9, -7.5, True)
    browser.post(reverse("site:region_switch", args=[slug]), {"to": "off"})
    made.refresh_from_db()
    assert not made.is_active


def test_a_list_of_regions_is_imported(people: People, login: Login) -> None:
    browser = login(people.site_admin)

    def send(text: str) -> int:
        return browser.post(
            reverse("site:region_import"), {"file": SimpleUploadedFile("d.csv", text.encode())}
        ).status_code

    assert send("code,name,kind\n33.08,Kabupaten Uji,desa\n") == 422
    assert not Region.objects.filter(code="33.08").exists()
    assert send("code,name,kind\n33.08,Kabupaten Uji,kabupaten\n") == 302
    assert Region.objects.get(code="33.08").name == "Kabupaten Uji"


def test_a_region_gets_its_administrator_by_invitation(region: Region, people: People, login: Login) -> None:
    browser = login(people.site_admin)
    sent = {"name": "Adi", "email": "adi@contoh.test", "role": "region-admin", "region": region.pk}
    assert browser.post(reverse("site:invite"), sent | {"region": ""}).status_code == 409
    assert browser.post(reverse("site:invite"), sent | {"role": "verifier"}).status_code == 422
    page = browser.post(reverse("site:invite"), sent, follow=True).content.decode()
    held = Invitation.objects.get()
    assert (held.region, held.role) == (region, "region-admin")
    assert held.token in page
    assert held.token not in browser.get(reverse("site:invitations")).content.decode()
    assert browser.post(reverse("site:revoke", args=[held.pk])).status_code == 302


def test_an_account_is_switched_off_and_on(people: People, login: Login) -> None:
    browser, pk = login(people.site_admin), people.operator.pk
    assert browser.get(reverse("site:person", args=[pk])).status_code == 200
    assert browser.post(reverse("site:person_switch", args=[pk]), {"to": "off"}).status_code == 302
    people.operator.refresh_from_db()
    assert not people.operator.is_active
    browser.post(reverse("site:person_switch", args=[pk]), {"to": "on"})
    people.operator.refresh_from_db()
    assert people.operator.is_active
    assert browser.post(reverse("site:person_switch", args=[people.site_admin.pk]), {"to": "off"}).status_code == 409


def test_whoever_is_switched_off_is_out_at_once(region: Region, people: People) -> None:
    theirs, mine = Client(), Client()
    theirs.force_login(people.operator)
    mine.force_login(people.site_admin)
    url = reverse("agencies:list", args=[region.slug])
    assert theirs.get(url).status_code == 200
    mine.post(reverse("site:person_switch", args=[people.operator.pk]), {"to": "off"})
    assert theirs.get(url).status_code == 302


def test_the_site_administrator_ends_only_roles_of_the_site_and_region_administrators(
    people: People, login: Login
) -> None:
    browser = login(people.site_admin)
    assert browser.get(reverse("site:end", args=[people.nation_reader.memberships.get().pk])).status_code == 200
    assert browser.get(reverse("site:end", args=[people.operator.memberships.get().pk])).status_code == 409
    assert (
        browser.post(reverse("site:end", args=[people.nation_reader.memberships.get().pk]), {"when": "now"}).status_code
        == 302
    )
    assert people.nation_reader.memberships.get().stopped_at is not None
