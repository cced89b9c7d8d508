"""Who sees which innovations, on every page, and at what price."""

import io
from datetime import date

import pytest
from django.test import Client
from python_calamine import load_workbook

from pamong.innovations import queries
from pamong.innovations.models import Innovation
from pamong.innovations.queries import Filters
from pamong.innovations.states import Stage
from tests.build import People, agency, person, seat
from tests.innovations import build

URL = "/kota-contoh/inovasi/"


@pytest.fixture
def pair(people: People) -> tuple[Innovation, Innovation]:
    """One innovation of the agency, one of its neighbour."""
    return (
        build.innovation(
            people.agency, people.operator, "SIPPUT", running=True, kind="non-digital", affair="kesehatan"
        ),
        build.innovation(people.other_agency, people.neighbour, "Pak Waris"),
    )


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("region_admin", ["Pak Waris", "SIPPUT"]),
        ("region_head", ["Pak Waris", "SIPPUT"]),
        ("verifier", ["Pak Waris", "SIPPUT"]),
        ("quality_controller", ["Pak Waris", "SIPPUT"]),
        ("nation_reader", ["Pak Waris", "SIPPUT"]),
        ("operator", ["SIPPUT"]),
        ("agency_head", ["SIPPUT"]),
        ("neighbour", ["Pak Waris"]),
        ("juror", []),
        ("consultant", []),
        ("assessor", []),
        ("citizen", []),
        ("site_admin", []),
        ("stranger", []),
    ],
)
def test_everyone_sees_what_their_seat_allows(
    people: People, pair: tuple[Innovation, Innovation], who: str, names: list[str]
) -> None:
    assert [each.name for each in queries.visible_to(getattr(people, who), people.region)] == names


def test_a_seat_above_sees_the_agencies_below_it(people: People) -> None:
    from pamong.accounts.roles import Role

    child = agency(people.region, "Puskesmas Contoh", parent=people.agency)
    build.innovation(child, people.operator, "Di bawah")
    below = person("Bawah")
    seat(below, Role.OPERATOR, people.region, child)
    build.innovation(people.agency, people.operator, "Di atas")
    assert [each.name for each in queries.visible_to(people.operator, people.region)] == ["Di atas", "Di bawah"]
    assert [each.name for each in queries.visible_to(below, people.region)] == ["Di bawah"]


DOORS = [
    "",
    "profil/",
    "lampiran/",
    "riwayat/",
    "langkah/usulkan/",
    "profil/ketikan/",
    "profil/ketikan/buang/",
    "lampiran/1/lepas/",
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["neighbour", "stranger", "juror", "citizen", "site_admin"])
def test_every_door_of_an_innovation_is_closed_to_strangers(
    people: People, pair: tuple[Innovation, Innovation], login, who: str, door: str
) -> None:
    browser: Client = login(getattr(people, who))
    url = f"{URL}{pair[0].code}/{door}"
    told = {browser.get(url).status_code, browser.post(url, {"name": "Diambil alih", "base_version": "1"}).status_code}
    assert told - {405} == {404}
    assert Innovation.objects.get(pk=pair[0].pk).name == "SIPPUT"


@pytest.mark.parametrize("door", ["profil/", "lampiran/", "profil/ketikan/", "langkah/kembangkan/"])
@pytest.mark.parametrize("who", ["verifier", "region_head", "agency_head", "nation_reader"])
def test_readers_read_and_change_nothing(
    people: People, pair: tuple[Innovation, Innovation], login, who: str, door: str
) -> None:
    browser: Client = login(getattr(people, who))
    answer = browser.post(
        f"{URL}{pair[0].code}/{door}",
        {
            "name": "Diubah",
            "base_version": "2",
            "on": "2025-09-01",
            "note": "x",
            "slot": "foto",
            "link": "https://a.go.id/x",
        },
    )
    assert answer.status_code in (409, 422)
    stored = Innovation.objects.get(pk=pair[0].pk)
    assert (stored.name, stored.life.count(), stored.attachments.count(), stored.drafts.count()) == ("SIPPUT", 1, 0, 0)


@pytest.mark.parametrize("door", ["", "ekspor/", "catat/", "impor/"])
def test_the_region_is_closed_to_strangers_and_to_the_unknown(
    people: People, pair: tuple[Innovation, Innovation], client: Client, login, door: str
) -> None:
    assert client.get(f"{URL}{door}").status_code == 302
    assert login(people.stranger).get(f"{URL}{door}").status_code == 404


def test_the_list_shows_what_is_visible_only(people: People, pair: tuple[Innovation, Innovation], login) -> None:
    page = login(people.operator).get(URL).content.decode()
    assert ("SIPPUT" in page, "Pak Waris" in page) == (True, False)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), ["Pak Waris", "SIPPUT"]),
        (Filters(text="sipp"), ["SIPPUT"]),
        (Filters(stage=Stage.IDEA), ["Pak Waris"]),
        (Filters(kind="non-digital"), ["SIPPUT"]),
        (Filters(affair="kesehatan"), ["SIPPUT"]),
        (Filters(sort="-nama"), ["SIPPUT", "Pak Waris"]),
        (Filters(sort="instansi"), ["SIPPUT", "Pak Waris"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(
    people: People, pair: tuple[Innovation, Innovation], filters: Filters, names: list[str]
) -> None:
    rows = queries.listed(people.region_admin, people.region, filters)
    assert [each.name for each in rows] == names


def test_an_agency_filter_takes_its_subtree(people: People, pair: tuple[Innovation, Innovation]) -> None:
    child = agency(people.region, "Puskesmas Contoh", parent=people.agency)
    build.innovation(child, people.operator, "Di bawah")
    rows = queries.listed(people.region_admin, people.region, Filters(agency=people.agency.path))
    assert [each.name for each in rows] == ["Di bawah", "SIPPUT"]


@pytest.mark.parametrize(
    "query",
    [
        "page=999999999999999999999",
        "page=x",
        "urut=;drop",
        "instansi=tidak-ada",
        "tahapan=x",
        "q=" + "%00",
        "jenis=%F0%9F%98%80",
    ],
)
def test_nonsense_in_the_address_narrows_nothing_and_never_crashes(
    people: People, pair: tuple[Innovation, Innovation], login, query: str
) -> None:
    assert login(people.region_admin).get(f"{URL}?{query}").status_code == 200


# -- the price --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_seven_questions_whatever_the_rows(
    people: People, login, django_assert_num_queries, rows: int
) -> None:
    for _ in range(rows):
        build.innovation(people.agency, people.operator)
    browser = login(people.operator)
    browser.get(URL)
    # session, user, region, standing; the agencies to filter by, the count, the rows
    with django_assert_num_queries(7):
        browser.get(URL)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_export_asks_five_questions_whatever_the_rows(
    people: People, login, django_assert_num_queries, rows: int
) -> None:
    for _ in range(rows):
        build.innovation(people.agency, people.operator)
    browser = login(people.operator)
    with django_assert_num_queries(5):
        browser.get(f"{URL}ekspor/")


@pytest.mark.parametrize("steps", [1, 3])
def test_the_story_asks_eight_questions_whatever_its_length(
    people: People, login, django_assert_num_queries, steps: int
) -> None:
    from pamong.innovations import actions

    innovation = build.innovation(people.agency, people.operator, running=True)
    for month in range(steps):
        innovation = actions.take_step(
            innovation, "develop", by=people.operator, on=date(2025, 7 + month, 1), note=f"Tambah {month}",
            document=build.document(people.agency, people.operator),
        )  # fmt: skip
    browser = login(people.operator)
    with django_assert_num_queries(8):
        browser.get(f"{URL}{innovation.code}/riwayat/")


def test_the_detail_page_asks_seven_questions(people: People, login, django_assert_num_queries) -> None:
    innovation = build.innovation(people.agency, people.operator, running=True)
    browser = login(people.operator)
    with django_assert_num_queries(7):
        browser.get(f"{URL}{innovation.code}/")


# -- export -----------------------------------------------------------------------------------------------------------


def sheet(content: bytes) -> list[list[object]]:
    return load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_export_holds_the_visible_rows_with_every_field(
    people: People, pair: tuple[Innovation, Innovation], login
) -> None:
    answer = login(people.operator).get(f"{URL}ekspor/")
    head, *rows = sheet(answer.content)
    assert head[:4] == ["Kode", "Perangkat daerah", "Tahapan", "Nama inovasi"]
    assert len(rows) == 1
    row = dict(zip(head, rows[0], strict=True))
    assert (row["Nama inovasi"], row["Tahapan"], row["Jenis inovasi"], row["Urusan pemerintahan utama"]) == (
        "SIPPUT",
        "Penerapan",
        "Non-digital",
        "Kesehatan",
    )
    assert row["Waktu penerapan"] == date(2025, 6, 1)


def test_the_export_follows_the_filter(people: People, pair: tuple[Innovation, Innovation], login) -> None:
    answer = login(people.region_admin).get(f"{URL}ekspor/?q=waris")
    assert [row[3] for row in sheet(answer.content)[1:]] == ["Pak Waris"]


def test_a_formula_as_a_name_stays_text_in_the_export(people: People, login) -> None:
    from zipfile import ZipFile

    name = '=HYPERLINK("http://jahat.test","klik")'
    build.innovation(people.agency, people.operator, name, purpose="@SUM(1+1)")
    content = login(people.operator).get(f"{URL}ekspor/").content
    assert sheet(content)[1][3] == name
    with ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_markup_in_texts_is_shown_as_text(people: People, login) -> None:
    innovation = build.innovation(people.agency, people.operator, "<b>x</b>", purpose="<script>alert(1)</script>")
    browser = login(people.operator)
    for door in ("", f"{innovation.code}/", f"{innovation.code}/profil/", f"{innovation.code}/riwayat/"):
        page = browser.get(f"{URL}{door}").content.decode()
        assert ("<script>alert" in page, "<b>x</b>" in page) == (False, False)
