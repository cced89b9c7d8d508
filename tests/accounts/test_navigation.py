"""Who is led where."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from pamong.accounts.roles import Role
from pamong.agencies import context
from pamong.agencies.models import Region
from tests import build
from tests.build import People

READS = ["Beranda daerah", "Inovasi", "Penilaian", "Dokumen", "Kepatuhan"]
EXPECTED = {
    "region_admin": [
        "Beranda daerah", "Inovasi", "Penilaian", "Verifikasi", "Dokumen", "Kepatuhan", "Kelola", "Jejak", "Pesan keluar",
    ],
    "region_head": READS,
    "verifier": ["Beranda daerah", "Inovasi", "Penilaian", "Verifikasi", "Dokumen", "Kepatuhan"],
    "quality_controller": ["Beranda daerah", "Inovasi", "Penilaian", "Verifikasi", "Dokumen", "Kepatuhan"],
    "nation_reader": READS,
    "agency_head": [*READS, "Kelola"],
    "operator": READS,
    "juror": [],
    "consultant": [],
    "assessor": [],
    "citizen": [],
}  # fmt: skip


@pytest.fixture(autouse=True)
def every_page_exists(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    settings.ROOT_URLCONF = "tests.accounts.places"
    context._pattern.cache_clear()
    yield
    context._pattern.cache_clear()


def side(html: str) -> list[str]:
    found = re.search(r'<nav class="side".*?</nav>', html, re.S)
    return re.findall(r"</svg>([^<]+)</a>", found[0]) if found else []


@pytest.mark.parametrize("role", sorted(EXPECTED))
def test_each_role_sees_its_own_way(client: Client, people: People, role: str) -> None:
    client.force_login(getattr(people, role))
    page = client.get("/kota-contoh/")
    assert page.status_code == 200
    assert side(page.text) == EXPECTED[role]


def test_the_same_links_are_in_the_menu_of_a_phone(client: Client, people: People) -> None:
    client.force_login(people.operator)
    html = client.get("/kota-contoh/").text
    drawer = re.search(r'<details class="menu drawer">.*?</details>', html, re.S)
    assert drawer
    assert re.findall(r"</svg>([^<]+)</a>", drawer[0]) == READS


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("", "Beranda daerah"),
        ("inovasi/", "Inovasi"),
        ("inovasi/satu/", "Inovasi"),
        ("kepatuhan/", "Kepatuhan"),
        ("hasil/2026/telusur/", "Penilaian"),
    ],
)
def test_the_page_one_is_on_is_marked(client: Client, people: People, path: str, here: str) -> None:
    client.force_login(people.operator)
    html = client.get(f"/kota-contoh/{path}").text
    marked = re.findall(r'aria-current="page"><svg.*?</svg>([^<]+)</a>', html)
    assert marked == [here, here]


def test_a_page_that_does_not_exist_is_left_out(client: Client, people: People, settings) -> None:  # type: ignore[no-untyped-def]
    assert context._pattern("nowhere:list", True) == ""
    assert context._address(("nowhere:list", "innovations:list"), "kota-contoh") == "/kota-contoh/inovasi/"


def test_navigation_costs_one_question_to_the_database(
    client: Client, people: People, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client.force_login(people.region_admin)
    with django_assert_num_queries(4):  # session, person, region, standing
        client.get("/kota-contoh/")
    for number in range(3):
        build.seat(people.region_admin, Role.OPERATOR, people.region, build.agency(people.region, f"Dinas {number}"))
    with django_assert_num_queries(4):
        client.get("/kota-contoh/")


def test_a_stranger_is_shown_what_pamong_is(client: Client, db: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        page = client.get("/")
    assert "<h1>Setiap inovasi daerah, tercatat dan terbukti.</h1>" in page.text
    assert page.text.count('class="has"') == 16
    assert page.text.count('class="has-not"') == 16


def test_someone_with_one_region_is_led_there(client: Client, people: People, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client.force_login(people.operator)
    with django_assert_num_queries(4):  # session, person, standing, regions
        assert client.get("/")["Location"] == "/kota-contoh/"
    assert "Pilih tempat bekerja" in client.get("/?pilih=1").text


def test_someone_with_several_places_chooses(client: Client, people: People) -> None:
    build.seat(people.site_admin, Role.VERIFIER, people.other_region)
    client.force_login(people.site_admin)
    page = client.get("/").text
    assert re.findall(r'<a class="card" href="([^"]+)"', page) == ["/kabupaten-lain/", "/situs/"]


def test_a_site_administrator_is_led_to_the_site(client: Client, people: People) -> None:
    client.force_login(people.site_admin)
    assert client.get("/")["Location"] == "/situs/"
    assert side(client.get("/situs/").text) == ["Situs"]


def test_a_national_reader_chooses_among_all_regions_in_use(client: Client, people: People) -> None:
    Region.objects.filter(pk=people.other_region.pk).update(is_active=False)
    client.force_login(people.nation_reader)
    assert client.get("/")["Location"] == "/kota-contoh/"


def test_a_provincial_reader_chooses_among_the_regions_of_the_province(client: Client, people: People) -> None:
    province = Region.objects.create(
        name="Provinsi Contoh", code="33", slug="provinsi-contoh", kind="provinsi", province_code="33", is_active=True
    )
    reader = build.person("Rina")
    build.seat(reader, Role.NATION_READER, province)
    client.force_login(reader)
    assert re.findall(r'<a class="card" href="([^"]+)"', client.get("/").text) == ["/kota-contoh/", "/provinsi-contoh/"]


def test_someone_without_any_role_is_told_what_to_do(client: Client, db: None) -> None:
    client.force_login(build.person("Tanpa", "tanpa@contoh.test"))
    page = client.get("/").text
    assert "<h1>Anda belum punya peran</h1>" in page
    assert "tanpa@contoh.test" in page
