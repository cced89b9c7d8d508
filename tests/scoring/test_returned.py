"""The ministry's result: typed, imported after a dry run, once, by the region's administrator."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pamong.agencies.models import Region
from pamong.assessments.actions import ministry
from pamong.assessments.actions import year as years
from pamong.assessments.actions.ministry import Returned
from pamong.assessments.models import Assessment, MinistryMaturity, MinistryResult
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.scoring import tables
from pamong.scoring.actions.closing import close
from tests.assessments.state import everything
from tests.build import People
from tests.verification import build

TOP = Decimal(111)


def at(name: str, region: Region) -> str:
    return reverse(f"scoring:{name}", args=[region.slug, 2026])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def ended(people: People) -> Assessment:
    return years.end_reporting(Assessment.objects.get(), by=people.region_admin)


def index(assessment: Assessment, by: Any, **fields: Any) -> MinistryResult:
    values: dict[str, Any] = {"index": Decimal("59.28"), "rank": 40, "rank_of": 93, "source": "Kepmendagri 1/2026"}
    return ministry.record_index(assessment, by=by, **{**values, **fields})


# -- the region's index ---------------------------------------------------------------------------------------------------------


def test_the_index_is_recorded_once_and_corrected_with_a_trace(people: People) -> None:
    build.accepted(people)
    assessment = ended(people)
    for _ in range(2):
        index(assessment, people.region_admin)
    assert Event.objects.filter(act="returned.index").count() == 1
    index(assessment, people.region_admin, index=Decimal("60.01"))
    assert MinistryResult.objects.get().index == Decimal("60.01")
    assert Event.objects.filter(act="returned.index").order_by("number").last().data["before"]["index"] == "59.28"


@pytest.mark.parametrize(
    "wrong",
    [
        {"index": Decimal("100.01")}, {"index": Decimal("-1")}, {"index": Decimal("1.005")}, {"index": Decimal("NaN")},
        {"source": " "}, {"rank": 0}, {"rank": 94},
    ],
)  # fmt: skip
def test_an_impossible_result_is_refused_and_changes_nothing(people: People, wrong: dict[str, Any]) -> None:
    build.accepted(people)
    assessment = ended(people)
    before = everything()
    with pytest.raises(Refused):
        index(assessment, people.region_admin, **wrong)
    assert everything() == before


def test_it_waits_for_the_end_of_reporting_and_may_come_after_closing(people: People) -> None:
    build.accepted(people)
    assessment = Assessment.objects.get()
    before = everything()
    with pytest.raises(Refused, match="sesudah pelaporan berakhir"):
        index(assessment, people.region_admin)
    assert everything() == before
    close(assessment, by=people.region_admin)
    assert index(assessment, people.region_admin).index == Decimal("59.28")


@pytest.mark.parametrize("role", ["verifier", "operator", "region_head", "stranger"])
def test_only_the_regions_administrator_records(people: People, role: str) -> None:
    entry = build.accepted(people)
    assessment = ended(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        index(assessment, getattr(people, role))
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        ministry.record_maturities(assessment, [Returned(entry.code, Decimal(5))], by=getattr(people, role))
    assert everything() == before


# -- innovations ------------------------------------------------------------------------------------------------------------------


def test_maturities_are_recorded_once_and_only_what_changed_is_traced(people: People) -> None:
    first, second = build.accepted(people), build.rejected(people)
    assessment = ended(people)
    rows = [Returned(first.code, Decimal("12.50")), Returned(second.code, Decimal(0), accepted=False, note="x")]
    assert ministry.record_maturities(assessment, rows, by=people.region_admin) == 2
    assert ministry.record_maturities(assessment, rows, by=people.region_admin) == 0
    changed = [Returned(first.code, Decimal(13)), rows[1]]
    assert ministry.record_maturities(assessment, changed, by=people.region_admin) == 1
    assert list(MinistryMaturity.objects.order_by("entry").values_list("maturity", "accepted")) == [
        (13, True),
        (0, False),
    ]
    assert Event.objects.filter(act="returned.maturities").count() == 2


@pytest.mark.parametrize("wrong", ["unknown", "too much", "twice", "third decimal"])
def test_one_wrong_row_records_none(people: People, wrong: str) -> None:
    entry = build.accepted(people)
    assessment = ended(people)
    good = Returned(entry.code, Decimal(12))
    bad = {
        "unknown": Returned("XXXXXXXXXX", Decimal(1)), "too much": Returned(entry.code, Decimal(112)),
        "twice": good, "third decimal": Returned(entry.code, Decimal("1.005")),
    }[wrong]  # fmt: skip
    before = everything()
    with pytest.raises(Refused):
        ministry.record_maturities(assessment, [good, bad], by=people.region_admin)
    assert everything() == before


# -- tables -----------------------------------------------------------------------------------------------------------------------


KNOWN = [tables.Known("ENTRY1", "INNO1", "SIPPUT"), tables.Known("ENTRY2", "INNO2", "Pak  Waris!")]


def read(content: str) -> list[tuple[int, str, Decimal | None, bool, str]]:
    return [
        (row.number, row.entry, row.maturity, row.accepted, row.fault)
        for row in tables.read(content.encode(), KNOWN, TOP)
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_whatever_separates_its_columns(mark: str) -> None:
    lines = ["Nama Inovasi|Kematangan|Diterima", "sipput|90.5|Ya", "pak waris|0|Tidak"]
    content = "\n".join(lines).replace("|", mark)
    assert read(content) == [(2, "ENTRY1", Decimal("90.5"), True, ""), (3, "ENTRY2", Decimal(0), False, "")]


def test_each_row_says_what_is_wrong_with_it() -> None:
    content = (
        "Kode;Kematangan;Status\nENTRY1;90,25;diterima\ninno2;seratus;\nZZ;1;\nENTRY1;3;\nINNO2;200;\nENTRY2;5;entah"
    )
    assert [(number, fault) for number, *_, fault in read(content)] == [
        (2, ""),
        (3, "Kematangan “seratus” bukan angka 0 sampai 111."),
        (4, "Tidak ada inovasi yang dilaporkan dengan nama atau kode ini."),
        (5, "Sudah disebut pada baris 2."),
        (6, "Kematangan “200” bukan angka 0 sampai 111."),
        (7, "“entah” bukan ya atau tidak."),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"Apa;Saja\n1;2", "Baris pertama harus berisi judul kolom"),
        (b"\x89PNG\0\0", "bukan .xlsx atau .csv"),
        (b"PK\x03\x04rusak", "tidak dapat dibaca sebagai .xlsx"),
        (b"x" * (tables.MAX_BYTES + 1), "lebih dari 5 MB"),
        (b"Kode;Kematangan\n" + b"A;1\n" * 3001, "lebih dari 3000 baris"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        tables.read(content, KNOWN, TOP)


def test_a_workbook_that_unfolds_beyond_measure_is_refused() -> None:
    import zipfile

    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (tables.MAX_UNPACKED + 1))
    with pytest.raises(Refused, match="terlalu besar"):
        tables.read(memory.getvalue(), KNOWN, TOP)


# -- pages ------------------------------------------------------------------------------------------------------------------------


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("hasil.xlsx", memory.getvalue())


def test_an_import_is_reported_row_by_row_first_and_recorded_when_confirmed(people: People, login: Any) -> None:
    entry = build.accepted(people, name="SIPPUT")
    ended(people)
    client = login(people.region_admin)
    before = everything()
    file = workbook(("Nama inovasi", "Kematangan"), ("sipput", 12.5), ("Entah Apa", 3))
    report = client.post(at("returned-import", people.region), {"file": file})
    assert (report.context["good"], report.context["bad"], everything() == before) == (1, 1, True)
    assert "Tidak ada inovasi yang dilaporkan" in text(report)
    rows = report.context["form"]["rows"].value()
    for _ in range(2):
        assert client.post(at("returned-import", people.region), {"rows": rows}).status_code == 302
    assert list(MinistryMaturity.objects.values_list("entry", "maturity")) == [(entry.pk, Decimal("12.50"))]
    assert Event.objects.filter(act="returned.maturities").count() == 1


@pytest.mark.parametrize("rows", ["", "[", '[["X","1",true,""]]', '[["X"]]', '{"a":1}', '[["X","NaN",true,""]]'])
def test_a_confirmation_that_was_tampered_with_records_nothing(people: People, login: Any, rows: str) -> None:
    build.accepted(people)
    ended(people)
    before = everything()
    response = login(people.region_admin).post(at("returned-import", people.region), {"rows": rows})
    assert (response.status_code in (409, 422), everything() == before) == (True, True)


def test_the_downloaded_table_can_be_imported_again(people: People, login: Any) -> None:
    entry = build.accepted(people)
    assessment = ended(people)
    ministry.record_maturities(assessment, [Returned(entry.code, Decimal("12.5"), note="baik")], by=people.region_admin)
    client = login(people.region_admin)
    table = client.get(at("export-returned", people.region)).content
    report = client.post(at("returned-import", people.region), {"file": SimpleUploadedFile("t.xlsx", table)})
    assert [(row.entry, row.maturity, row.note, row.fault) for row in report.context["rows"]] == [
        (entry.code, Decimal("12.5"), "baik", "")
    ]


def test_index_and_maturities_are_typed(people: People, login: Any) -> None:
    entry = build.accepted(people)
    ended(people)
    client = login(people.region_admin)
    client.post(at("returned-index", people.region), {"index": "59,28", "rank": "40", "rank_of": "93", "source": "Kep"})
    client.post(at("returned-innovations", people.region), {f"m{entry.code}": "12,5", f"a{entry.code}": "on"})
    page = text(client.get(at("returned", people.region)))
    assert ("59,28" in page, "peringkat 40 dari 93" in page, "12,50" in page) == (True, True, True)


def test_readers_see_it_and_do_not_type(people: People, login: Any) -> None:
    build.accepted(people)
    ended(people)
    client = login(people.verifier)
    assert client.get(at("returned", people.region)).status_code == 200
    pages = [at(name, people.region) for name in ("returned-index", "returned-innovations", "returned-import")]
    assert [client.get(page).status_code for page in pages] == [404] * 3
