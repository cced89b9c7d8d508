from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from pamong.evidence import actions, policies, queries
from pamong.evidence.forms import DocumentForm, LibraryFilter, VersionForm
from pamong.evidence.models import Document, Version
from tests import build as people_build
from tests.build import People
from tests.evidence import build

SEES_ALL = ("region_admin", "region_head", "verifier", "quality_controller", "nation_reader")
SEES_AGENCY = ("operator", "agency_head")
SEES_REGION_WIDE = ("juror", "consultant", "assessor", "citizen", "neighbour")


def url(name: str, people: People, *args: object) -> str:
    return reverse(f"documents:{name}", args=[people.region.slug, *args])


@pytest.fixture
def library(people: People) -> dict[str, Document]:
    """One document of the region, one of the agency, one of a unit under it, one of the neighbour."""
    unit = people_build.agency(people.region, "UPTD Contoh", parent=people.agency)
    return {
        "region": build.document(people.region, None, people.region_admin, "Perda Inovasi", instrument="perda", number="5/2024", dated=date(2024, 5, 3)),
        "agency": build.document(people.region, people.agency, people.operator, "Tim SIPPUT", number="188/45", dated=date(2026, 1, 5), issuer="Wali Kota"),
        "unit": build.document(people.region, unit, people.operator, "Foto kegiatan", instrument="gambar", content=build.png_bytes(), name="layar.png"),
        "neighbour": build.document(people.region, people.other_agency, people.neighbour, "Video profil", instrument="video", link="https://youtu.be/a"),
    }  # fmt: skip


# -- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        *((who, {"region", "agency", "unit", "neighbour"}) for who in SEES_ALL),
        *((who, {"region", "agency", "unit"}) for who in SEES_AGENCY),
        *((who, {"region"}) for who in SEES_REGION_WIDE if who != "neighbour"),
        ("neighbour", {"region", "neighbour"}),
        ("stranger", set()),
        ("site_admin", set()),
    ],
)
def test_each_person_sees_their_part_of_the_library(
    people: People, library: dict[str, Document], who: str, seen: set[str]
) -> None:
    found = queries.visible_to(getattr(people, who), people.region)
    assert {name for name, document in library.items() if document in found} == seen
    assert found.count() == len(seen)
    readable = {name for name, document in library.items() if policies.can_read(getattr(people, who), document)}
    assert readable == seen


@pytest.mark.parametrize("who", ["stranger", "site_admin"])
def test_who_has_no_seat_finds_no_door(people: People, library: dict[str, Document], login: Any, who: str) -> None:
    browser = login(getattr(people, who))
    document = library["region"]
    for address in (
        url("list", people), url("add", people), url("export", people), url("detail", people, document.code),
        url("correct", people, document.code), url("file", people, document.code, 1),
    ):  # fmt: skip
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code in (404, 405)


@pytest.mark.parametrize("name", ["detail", "correct", "file"])
def test_a_document_of_another_agency_or_region_does_not_exist(
    people: People, library: dict[str, Document], login: Any, name: str
) -> None:
    more = [1] if name == "file" else []
    with scope(region=people.other_region):
        far = people_build.agency(people.other_region, "Dinas Jauh")
        there = build.document(people.other_region, far, people.stranger, "Rahasia")
    for code in (library["agency"].code, there.code, "XXXXXXXXXX"):
        assert login(people.neighbour).get(url(name, people, code, *more)).status_code == 404
    assert login(people.region_admin).get(url(name, people, there.code, *more)).status_code == 404


def test_who_is_not_signed_in_is_asked_to(people: People, client: Client) -> None:
    answer = client.get(url("list", people))
    assert (answer.status_code, answer["Location"]) == (302, "/akun/login/?next=/kota-contoh/dokumen/")


# -- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"region", "agency", "unit", "neighbour"}),
        ({"q": "sipput"}, {"agency"}),
        ({"q": "188/45"}, {"agency"}),
        ({"q": "wali tim"}, {"agency"}),
        ({"q": "layar.png"}, {"unit"}),
        ({"q": "tidak ada"}, set()),
        ({"q": "%"}, set()),
        ({"jenis": "perda"}, {"region"}),
        ({"tahun": "2026"}, {"agency"}),
        ({"instansi": "dinas-contoh"}, {"agency", "unit"}),
        ({"bentuk": "gambar"}, {"unit"}),
        ({"bentuk": "tautan"}, {"neighbour"}),
        ({"bentuk": "pdf"}, {"region", "agency"}),
        (
            {"jenis": "palsu", "tahun": "99999999999999999999", "instansi": "x", "bentuk": "y"},
            {"region", "agency", "unit", "neighbour"},
        ),
    ],
)
def test_the_library_is_searched(
    people: People, library: dict[str, Document], login: Any, asked: dict[str, str], found: set[str]
) -> None:
    answer = login(people.verifier).get(url("list", people), asked)
    assert {document.pk for document in answer.context["page"]} == {library[name].pk for name in found}
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "9" * 25, "x", "\x00"])
def test_no_page_number_breaks_the_library(people: People, library: dict[str, Document], login: Any, page: str) -> None:
    assert login(people.verifier).get(url("list", people), {"page": page, "q": "\x00"}).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_library_asks_the_same_number_of_questions_for_one_and_three(people: People, login: Any, many: int) -> None:
    for n in range(many):
        build.document(people.region, people.agency, people.operator, f"Dokumen {n}")
    browser = login(people.verifier)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = browser.get(url("list", people))
    assert len(answer.context["page"].object_list) == many
    # session, person, region, seats; count, documents, current versions, grave findings, agencies of the filter
    assert len(asked) == 9, [query["sql"] for query in asked]


@pytest.mark.parametrize("many", [1, 3])
def test_a_documents_page_asks_the_same_for_one_and_three_versions(people: People, login: Any, many: int) -> None:
    document = build.document(people.region, people.agency, people.operator)
    for n in range(many - 1):
        actions.add_version(document, by=people.operator, file=build.upload(build.pdf_bytes(f"v{n}")))
    browser = login(people.verifier)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(url("detail", people, document.code))
    assert [version.number for version in answer.context["versions"]] == list(range(many, 0, -1))
    # session, person, region, seats; document, current version, versions; what was read; where it would serve too; what is like it
    assert len(asked) == 10, [query["sql"] for query in asked]


def test_the_library_leaves_as_a_workbook_without_formulas(
    people: People, library: dict[str, Document], login: Any
) -> None:
    from python_calamine import CalamineWorkbook

    build.document(people.region, people.agency, people.operator, "=1+1", number='=HYPERLINK("http://jahat")')
    answer = login(people.operator).get(url("export", people))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in sheet[1:]] == ["=1+1", "Foto kegiatan", "Tim SIPPUT", "Perda Inovasi"]
    assert sheet[1][3] == '=HYPERLINK("http://jahat")'
    assert b"<f>" not in answer.content


# -- adding -----------------------------------------------------------------------------------------------------------


def form_data(**more: Any) -> dict[str, Any]:
    return {
        "instrument": "sk-kdh",
        "subject": "Tim SIPPUT",
        "number": "188/45",
        "dated": "2026-01-05",
        "issuer": "Wali Kota",
        **more,
    }


def test_an_operator_adds_a_document_and_lands_on_its_page(people: People, login: Any) -> None:
    browser = login(people.operator)
    assert browser.get(url("add", people)).context["form"].initial["agency"] == people.agency
    data = form_data(agency=people.agency.pk, file=build.upload(build.pdf_bytes(), "sk.pdf"))
    answer = browser.post(url("add", people), data)
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, url("detail", people, document.code))
    assert (document.agency, document.dated, document.created_by) == (people.agency, date(2026, 1, 5), people.operator)
    page = browser.get(answer["Location"]).content.decode()
    assert queries.current_version(document).sha256 in page  # type: ignore[union-attr]
    assert (
        f'<iframe class="preview-frame border rounded w-100" height="640" src="{url("file", people, document.code, 1)}#navpanes=0&amp;view=FitH"'
        in page
    )


def test_a_second_click_is_told_so(people: People, login: Any) -> None:
    browser = login(people.operator)
    for _ in range(2):
        data = form_data(agency=people.agency.pk, file=build.upload(build.pdf_bytes(), "sk.pdf"))
        answer = browser.post(url("add", people), data, follow=True)
    assert Document.objects.count() == 1
    assert "tidak ditambahkan dua kali" in answer.content.decode()


def test_the_administrator_may_add_for_the_whole_region_and_an_operator_may_not(people: People, login: Any) -> None:
    data = form_data(agency="", link="https://jdih.contoh.go.id/5")
    assert login(people.operator).post(url("add", people), data).status_code == 422
    assert Document.objects.count() == 0
    assert login(people.region_admin).post(url("add", people), data).status_code == 302
    assert Document.objects.get().agency is None


def test_an_operator_cannot_add_for_a_neighbour(people: People, login: Any) -> None:
    data = form_data(agency=people.other_agency.pk, link="https://contoh.go.id/5")
    assert login(people.operator).post(url("add", people), data).status_code == 422
    assert Document.objects.count() == 0


@pytest.mark.parametrize("who", ["verifier", "agency_head", "citizen", "region_head"])
def test_who_may_not_add_is_told_whom_to_ask(people: People, login: Any, who: str) -> None:
    answer = login(getattr(people, who)).get(url("add", people))
    assert answer.status_code == 409
    assert "operator perangkat daerah atau administrator daerah" in answer.content.decode()
    assert "Tambah dokumen" not in login(getattr(people, who)).get(url("list", people)).content.decode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "sk.pdf"),
        (b"<svg onload=alert(1)>", "a.png"),
        (b"MZ\x90\x00aaaa", "a.pdf.exe"),
    ],
)
def test_a_refused_file_keeps_what_was_typed(people: People, login: Any, content: bytes, name: str) -> None:
    data = form_data(agency=people.agency.pk, file=build.upload(content, name))
    answer = login(people.operator).post(url("add", people), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Tim SIPPUT"' in page
    assert 'value="2026-01-05"' in page
    assert "apa pun nama berkasnya" in page
    assert (Document.objects.count(), Version.objects.count()) == (0, 0)


def test_a_file_the_region_has_is_offered_with_a_link_and_a_way_on(people: People, login: Any) -> None:
    first = build.document(people.region, people.agency, people.operator)
    content = build.pdf_bytes("Tim Pelaksana Inovasi")
    browser = login(people.operator)
    data = form_data(agency=people.agency.pk, file=build.upload(content, "lagi.pdf"))
    answer = browser.post(url("add", people), data)
    assert answer.status_code == 409
    assert url("detail", people, first.code) in answer.content.decode()
    assert 'name="anyway"' in answer.content.decode()
    data = form_data(agency=people.agency.pk, file=build.upload(content, "lagi.pdf"), anyway="on")
    assert browser.post(url("add", people), data).status_code == 302
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    "more",
    [
        {}, {"link": "javascript:alert(1)"}, {"link": "http://10.0.0.1/"}, {"link": "https://contoh.id/a", "subject": ""},
        {"link": "https://contoh.id/a", "valid_from": "2026-02-01", "valid_until": "2026-01-01"},
        {"link": "https://contoh.id/a", "instrument": "palsu"}, {"link": "https://contoh.id/a", "dated": "31/31/2026"},
        {"link": "https://contoh.id/a", "file": build.upload(b"%PDF-", "a.pdf")},
        {"file": build.upload(b"", "a.pdf")}, {"link": "https://contoh.id/a", "subject": "x" * 251},
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_shown_at_its_field(people: People, login: Any, more: dict[str, Any]) -> None:
    answer = login(people.operator).post(url("add", people), form_data(agency=people.agency.pk, **more))
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Document.objects.count() == 0


def test_a_form_for_an_indicator_names_its_kinds_and_size() -> None:
    form = DocumentForm(allowed=["pdf", "jpg"], max_bytes=2 * 1024 * 1024, link_allowed=False)
    assert form.fields["file"].help_text == "PDF, gambar JPG; paling besar 2 MB."
    assert form.fields["file"].widget.attrs == {"data-max-bytes": 2097152, "accept": ".pdf,.jpg,.jpeg"}
    assert form.limits == {"allowed": ["jpg", "pdf"], "max_bytes": 2097152, "max_seconds": None}
    assert "link" not in form.fields
    large = build.upload(b"%PDF-" + b"x" * 2 * 1024 * 1024, "a.pdf")
    assert (
        VersionForm({}, {"file": large}, max_bytes=2 * 1024 * 1024)
        .errors["file"][0]
        .startswith("Ukuran berkas melebihi batas 2 MB")
    )


def test_the_filters_understand_nothing_but_what_they_offer(people: People) -> None:
    form = LibraryFilter({"jenis": "x"}, agencies=people.agency.__class__.objects.none())
    assert form.wanted() == {"words": "", "instrument": "", "year": None, "agency": None, "family": ""}


# -- correcting -------------------------------------------------------------------------------------------------------


def correction(people: People, document: Document, **more: Any) -> dict[str, Any]:
    return {
        "instrument": document.instrument,
        "subject": document.subject,
        "base": actions.fingerprint(document),
        **more,
    }


def test_a_correction_is_saved(people: People, login: Any) -> None:
    document = build.document(people.region, people.agency, people.operator)
    browser = login(people.operator)
    assert 'value="Tim Pelaksana Inovasi"' in browser.get(url("correct", people, document.code)).content.decode()
    answer = browser.post(url("correct", people, document.code), correction(people, document, number="7"))
    document.refresh_from_db()
    assert (answer.status_code, document.number) == (302, "7")


def test_a_correction_overtaken_by_another_shows_both_and_can_be_repeated(people: People, login: Any) -> None:
    document = build.document(people.region, people.agency, people.operator)
    mine = correction(people, document, subject="Tim Lain", number="11")
    actions.correct(document, by=people.region_admin, number="10-dari-admin")
    browser = login(people.operator)
    answer = browser.post(url("correct", people, document.code), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "10-dari-admin" in page
    assert 'value="Tim Lain"' in page
    document.refresh_from_db()
    assert document.subject == "Tim Pelaksana Inovasi"
    again = {**mine, "base": answer.context["form"]["base"].value()}
    assert browser.post(url("correct", people, document.code), again).status_code == 302
    document.refresh_from_db()
    assert (document.subject, document.number) == ("Tim Lain", "11")


def test_a_reader_sees_no_button_and_is_refused_at_the_address(people: People, login: Any) -> None:
    document = build.document(people.region, people.agency, people.operator)
    browser = login(people.verifier)
    assert "Koreksi data" not in browser.get(url("detail", people, document.code)).content.decode()
    assert (
        browser.post(url("correct", people, document.code), correction(people, document, number="7")).status_code == 409
    )
    document.refresh_from_db()
    assert document.number == ""


def test_a_correction_that_is_not_well_formed_is_shown_at_its_field(people: People, login: Any) -> None:
    document = build.document(people.region, people.agency, people.operator)
    data = correction(people, document, valid_from="2026-02-01", valid_until="2026-01-01")
    assert login(people.operator).post(url("correct", people, document.code), data).status_code == 422


# -- looking ----------------------------------------------------------------------------------------------------------


def test_a_link_opens_elsewhere_without_telling_where_from(
    people: People, library: dict[str, Document], login: Any
) -> None:
    page = login(people.neighbour).get(url("detail", people, library["neighbour"].code)).content.decode()
    assert '<a href="https://youtu.be/a" rel="noopener noreferrer nofollow" target="_blank">' in page


def test_an_old_version_can_still_be_looked_at(people: People, login: Any) -> None:
    document = build.document(people.region, people.agency, people.operator)
    actions.add_version(document, by=people.operator, file=build.upload(build.pdf_bytes("baru")))
    browser = login(people.operator)
    for asked, shown in (("", 2), ("?versi=1", 1), ("?versi=99", 2), ("?versi=x", 2)):
        answer = browser.get(url("detail", people, document.code) + asked)
        assert answer.context["version"].number == shown
    assert "tidak lagi berlaku" in browser.get(url("detail", people, document.code) + "?versi=1").content.decode()


def test_what_people_typed_is_never_markup(people: People, login: Any) -> None:
    document = build.document(
        people.region, people.agency, people.operator, '"><script>alert(1)</script>', name='"><svg onload=alert(1)>.pdf'
    )
    for address in (url("list", people), url("detail", people, document.code), url("correct", people, document.code)):
        page = login(people.operator).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<svg onload" not in page
