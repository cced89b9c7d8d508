"""Bringing what exists: columns by name, a dry run in plain words, twice changes nothing twice."""

import io
from datetime import date, timedelta

import pytest
import time_machine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from pamong.agencies.models import AgencyChange
from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.innovations import actions, queries
from pamong.innovations.models import Draft, ImportFile, ImportMapping, Innovation, LifeEvent
from pamong.innovations.states import Stage
from pamong.innovations.tables.plan import Outcome
from tests import sheets
from tests.build import People, agency
from tests.innovations import build

URL = "/kota-contoh/inovasi/impor/"
HEAD = ["Nama Inovasi", "OPD", "Urusan", "Tahapan", "Tgl Penerapan", "Jenis", "Tujuan"]
GOOD = [
    ["SIPPUT", "Dinas Contoh", "Kesehatan", "Penerapan", date(2025, 6, 2), "Non Digital", "Antre lebih singkat"],
    ["Hemat Listrik", "dinas contoh", "PUPR", "Inisiatif", "", "", ""],
    ["Pak Waris", "Dinas Tetangga", "Adminduk", "Penerapan", "3 Mei 2025", "digital", "Akta seketika"],
]


def xlsx(rows: list[list[object]], title: list[list[object]] | None = None) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([*(title or []), *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                else:
                    sheet.write(at, column, cell)
    return memory.getvalue()


def brought(people: People, rows: list[list[object]], head: list[str] = HEAD, **by: object) -> ImportFile:
    who = by.get("by", people.region_admin)
    content = xlsx([head, *rows])
    return actions.bring(region=people.region, by=who, content=content, name="data.xlsx")  # type: ignore[arg-type]


def taken(people: People, table: ImportFile, **options: object) -> ImportFile:
    who = options.pop("by", people.region_admin)
    digest = actions.planned_for(table, who).digest  # type: ignore[arg-type]
    return actions.take_over(table, by=who, digest=digest, **options)  # type: ignore[arg-type]


def outcomes(people: People, table: ImportFile) -> list[tuple[str, str]]:
    return [(row.name, row.outcome.value) for row in actions.planned_for(table, people.region_admin).rows]


def told(people: People, *row: object, head: list[str] = HEAD, **by: object) -> str:
    """Everything the dry run says about one row."""
    table = brought(people, [list(row)], head, **by)
    planned = actions.planned_for(table, by.get("by", people.region_admin)).rows[0]  # type: ignore[arg-type]
    return " ".join((planned.outcome, *planned.errors, *planned.notes, *planned.changes))


# -- taking over ------------------------------------------------------------------------------------------------------


def test_columns_are_understood_by_their_names(people: People) -> None:
    assert brought(people, GOOD).columns == ["name", "agency", "affair", "stage", "applied_on", "kind", "purpose"]


def test_good_rows_become_innovations(people: People) -> None:
    table = taken(people, brought(people, GOOD))
    assert table.report == {"new": 3, "change": 0, "same": 0, "error": 0}
    rows = Innovation.objects.order_by("name").values_list(
        "name", "agency__name", "stage", "applied_on", "affair", "kind"
    )
    assert list(rows) == [
        ("Hemat Listrik", "Dinas Contoh", "idea", None, "pekerjaan-umum", ""),
        ("Pak Waris", "Dinas Tetangga", "implemented", date(2025, 5, 3), "kependudukan", "digital"),
        ("SIPPUT", "Dinas Contoh", "implemented", date(2025, 6, 2), "kesehatan", "non-digital"),
    ]
    assert LifeEvent.objects.filter(step="record_existing").count() == 2
    assert str(Event.objects.first()) == "Region Admin mengimpor inovasi dari data.xlsx: 3 baru, 0 diperbarui"


def test_importing_twice_changes_nothing_twice(people: People) -> None:
    taken(people, brought(people, GOOD))
    before = list(Innovation.objects.values_list("pk", "version"))
    again = brought(people, GOOD)
    assert outcomes(people, again) == [("SIPPUT", "same"), ("Hemat Listrik", "same"), ("Pak Waris", "same")]
    assert taken(people, again).report == {"new": 0, "change": 0, "same": 3, "error": 0}
    assert list(Innovation.objects.values_list("pk", "version")) == before


def test_pressing_the_button_twice_takes_the_rows_once(people: People) -> None:
    table = brought(people, GOOD)
    digest = actions.planned_for(table, people.region_admin).digest
    for _ in range(2):
        actions.take_over(table, by=people.region_admin, digest=digest)
    assert (Innovation.objects.count(), Event.objects.filter(act="innovations.imported").count()) == (3, 1)


def test_the_exported_list_comes_back_unchanged(people: People, login) -> None:
    build.innovation(
        people.agency, people.operator, "SIPPUT", running=True, affair="ketenteraman", theme="asta-cita-4",
        programme="kesehatan", other_affairs=["ketenteraman", "sosial"], purpose="Satu\n\nDua", kind="digital",
        form="lainnya", initiator="asn", classification="desa-kelurahan", problem="=1+1", trial_on=date(2025, 5, 1),
    )  # fmt: skip
    build.innovation(people.other_agency, people.neighbour, "Pak Waris")
    content = login(people.region_admin).get("/kota-contoh/inovasi/ekspor/").content
    table = actions.bring(region=people.region, by=people.region_admin, content=content, name="inovasi.xlsx")
    planned = actions.planned_for(table, people.region_admin)
    assert "" not in table.columns
    assert [(row.name, row.outcome, row.errors, row.notes) for row in planned.rows] == [
        ("Pak Waris", Outcome.SAME, (), ()),
        ("SIPPUT", Outcome.SAME, (), ()),
    ]


def test_a_changed_row_says_what_it_changes_and_keeps_the_rest(people: People) -> None:
    made = build.innovation(people.agency, people.operator, "SIPPUT", running=True, purpose="Lama", benefit="Tetap")
    table = brought(people, [["sipput", "", "", "", date(2025, 6, 2), "", "Baru"]])
    (row,) = actions.planned_for(table, people.region_admin).rows
    assert (row.outcome, row.changes) == (
        Outcome.CHANGE,
        ("Nama inovasi: SIPPUT → sipput", "Waktu penerapan: 01/06/2025 → 02/06/2025", "Tujuan inovasi: Lama → Baru"),
    )
    taken(people, table)
    made.refresh_from_db()
    assert (made.purpose, made.benefit, made.applied_on) == ("Baru", "Tetap", date(2025, 6, 2))


def test_an_idea_said_to_run_takes_the_step(people: People) -> None:
    build.innovation(people.agency, people.operator, "SIPPUT")
    taken(people, brought(people, [["SIPPUT", "", "", "Penerapan", "2025-06-02", "", ""]]))
    made = Innovation.objects.get()
    assert (made.stage, made.applied_on, made.life.get().step) == (
        Stage.IMPLEMENTED,
        date(2025, 6, 2),
        "record_existing",
    )


def test_a_code_column_finds_the_innovation_even_when_renamed(people: People) -> None:
    made = build.innovation(people.agency, people.operator, "SIPPUT")
    taken(people, brought(people, [[made.code.lower(), "SIPPUT Plus"]], ["Kode", "Nama"]))
    made.refresh_from_db()
    assert made.name == "SIPPUT Plus"


def test_import_leaves_what_people_are_typing_alone(people: People) -> None:
    made = build.innovation(people.agency, people.operator, "SIPPUT")
    actions.save_draft(region=people.region, by=people.region_admin, data={"name": "A"})
    actions.save_draft(
        region=people.region, by=people.region_admin, data={"purpose": "B"}, innovation=made, base_version=1
    )
    taken(
        people,
        brought(people, [["SIPPUT", "", "Sosial", "", "", "", ""], ["Lain", "Dinas Contoh", "", "", "", "", ""]]),
    )
    assert Draft.objects.count() == 2


# -- what the dry run says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "Dinas Contoh", "", "", "", "", "x"], "error Nama inovasi kosong"),
        (["A", "", "", "", "", "", ""], "error Perangkat daerah kosong"),
        (["A", "Dinas Antah", "", "", "", "", ""], "error Perangkat daerah “Dinas Antah” tidak dikenal"),
        (["A", "Dinas Contoh", "Kesehattan", "", "", "", ""], "error Urusan pemerintahan utama: “Kesehattan” tidak dikenal. Mungkin maksudnya “Kesehatan”?"),
        (["A", "Dinas Contoh", "", "Melayang", "", "", ""], "error Tahapan “Melayang” tidak dikenal"),
        (["A", "Dinas Contoh", "", "", "31/02/2025", "", ""], "error Waktu penerapan: “31/02/2025” tidak ada di kalender"),
        (["A", "Dinas Contoh", "", "", "1/1/2099", "", ""], "error Waktu penerapan: tanggal 01/01/2099 belum terjadi"),
        (["A", "Dinas Contoh", "", "Penerapan", "", "", ""], "error Tahapan “Penerapan” memerlukan waktu penerapan"),
        (["A" * 201, "Dinas Contoh", "", "", "", "", ""], "error Nama inovasi: Lebih panjang dari 200 huruf"),
        (["A", "Dinas Contoh", "", "Uji coba", "", "", ""], "new Dicatat sebagai gagasan"),
        (["A", "Dinas Contoh", "", "Inisiatif", "2025-06-01", "", ""], "new Waktu penerapan dan pengembangan tidak diambil"),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_remedy(people: People, row: list[object], words: str) -> None:
    assert told(people, *row).startswith(words)


def test_the_second_row_of_the_same_name_is_an_error(people: People) -> None:
    table = brought(people, [["A", "Dinas Contoh"], ["a ", "Dinas Contoh"]], ["Nama", "OPD"])
    first, second = actions.planned_for(table, people.region_admin).rows
    assert (first.outcome, second.outcome, second.errors) == (
        Outcome.NEW,
        Outcome.ERROR,
        ("Inovasi yang sama sudah ada pada baris 2. Hapus salah satunya.",),
    )


def test_agencies_are_known_by_short_and_old_names_and_with_the_region(people: People) -> None:
    people.agency.short_name = "Dincon"
    people.agency.save()
    old = agency(people.region, "Kantor Lama", closed_on=date(2024, 1, 1), successor=people.agency)
    AgencyChange.objects.create(
        region=people.region, agency=people.agency, kind="renamed", on=date(2023, 1, 1), old_name="Badan Contoh",
        new_name="Dinas Contoh", by=people.region_admin,
    )  # fmt: skip
    for number, name in enumerate(["DINCON", "Badan Contoh", old.name, "Dinas Contoh Kota Contoh"]):
        assert told(people, f"Inovasi {number}", name, head=["Nama", "OPD"]) == "new"


def test_an_operator_needs_no_agency_column_and_reaches_no_other_agency(people: People) -> None:
    build.innovation(people.other_agency, people.neighbour, "Pak Waris")
    by = {"by": people.operator}
    assert told(people, "Baru", head=["Nama Inovasi", "Ket"], **by) == "new"
    assert "tidak mengelola" in told(people, "Baru", "Dinas Tetangga", head=["Nama", "OPD"], **by)
    assert "perangkat daerah lain" in told(people, "pak waris", head=["Nama", "Ket"], **by)


def test_the_code_of_anothers_innovation_is_unknown(people: People) -> None:
    other = build.innovation(people.other_agency, people.neighbour, "Pak Waris")
    said = told(people, other.code, "Diambil", head=["Kode", "Nama"], by=people.operator)
    assert said.startswith(f"error Kode {other.code} tidak dikenal")


def test_dates_as_excel_numbers_and_words(people: People) -> None:
    rows = [["A", "Dinas Contoh", 45809], ["B", "Dinas Contoh", "Juni 2025"], ["C", "Dinas Contoh", "01/06/2025"]]
    taken(people, brought(people, rows, ["Nama", "OPD", "Tanggal Penerapan"]))
    assert set(Innovation.objects.values_list("applied_on", flat=True)) == {date(2025, 6, 1)}


# -- all, or only the good --------------------------------------------------------------------------------------------

MIXED = [*GOOD, ["Salah", "Dinas Antah", "", "", "", "", ""]]


def test_with_faults_nothing_is_taken_unless_only_the_good_is_chosen(people: People) -> None:
    table = brought(people, MIXED)
    with pytest.raises(Refused):
        taken(people, table)
    assert (Innovation.objects.count(), Event.objects.count()) == (0, 0)
    assert taken(people, table, only_good=True).report == {"new": 3, "change": 0, "same": 0, "error": 1}
    assert Innovation.objects.count() == 3


def test_a_plan_that_is_no_longer_true_is_overtaken(people: People) -> None:
    table = brought(people, GOOD)
    digest = actions.planned_for(table, people.region_admin).digest
    build.innovation(people.agency, people.operator, "SIPPUT", purpose="Sudah ada")
    with pytest.raises(Overtaken):
        actions.take_over(table, by=people.region_admin, digest=digest)
    assert Innovation.objects.count() == 1


@pytest.mark.parametrize("who", ["verifier", "region_head", "agency_head", "citizen", "nation_reader", "stranger"])
def test_import_refuses_those_without_a_seat(people: People, who: str) -> None:
    with pytest.raises(Refused):
        brought(people, GOOD, by=getattr(people, who))
    assert ImportFile.objects.count() == 0


# -- columns are remembered -------------------------------------------------------------------------------------------


def test_corrected_columns_are_remembered_for_the_region(people: People) -> None:
    head = ["Nama", "OPD", "Keterangan bebas"]
    table = brought(people, [["A", "Dinas Contoh", "Dahulu antre"]], head)
    assert table.columns == ["name", "agency", ""]
    actions.name_columns(table, ["name", "agency", "changed"], by=people.region_admin)
    assert brought(people, [["B", "Dinas Contoh", "x"]], head).columns == ["name", "agency", "changed"]
    actions.name_columns(table, ["name", "agency", ""], by=people.region_admin)
    assert brought(people, [["C", "Dinas Contoh", "x"]], head).columns == ["name", "agency", ""]
    assert ImportMapping.objects.filter(header="keterangan bebas").count() == 1


@pytest.mark.parametrize(
    "fields",
    [["name", "name"], ["agency", ""], ["name", "tak-ada"], ["name"]],
    ids=["twice", "no name", "unknown", "short"],
)
def test_columns_that_cannot_be_are_refused(people: People, fields: list[str]) -> None:
    table = brought(people, [["A", "Dinas Contoh"]], ["Nama", "OPD"])
    with pytest.raises(Refused):
        actions.name_columns(table, fields, by=people.region_admin)
    table.refresh_from_db()
    assert (table.columns, ImportMapping.objects.count()) == (["name", "agency"], 0)


# -- the pages --------------------------------------------------------------------------------------------------------


def test_the_whole_way_by_pages_without_javascript(people: People, login) -> None:
    browser = login(people.region_admin)
    upload = SimpleUploadedFile("inovasi kantor.xlsx", xlsx([HEAD, *MIXED], title=[["DAFTAR INOVASI 2025"], []]))
    answer = browser.post(URL, {"file": upload})
    table = ImportFile.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}{table.code}/kolom/")
    assert "Tgl Penerapan" in browser.get(answer["Location"]).content.decode()
    fields = {f"kolom-{at}": field for at, field in enumerate(table.columns)}
    answer = browser.post(f"{URL}{table.code}/kolom/", fields)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}{table.code}/")
    page = browser.get(f"{URL}{table.code}/").content.decode()
    assert "Ambil 3 baris yang baik saja" in page
    assert "tidak dikenal" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    assert browser.post(f"{URL}{table.code}/", {"digest": "lama", "ambil": "baik"}).status_code == 409
    assert browser.post(f"{URL}{table.code}/", {"digest": digest, "ambil": "semua"}).status_code == 409
    assert browser.post(f"{URL}{table.code}/", {"digest": digest, "ambil": "baik"}).status_code == 302
    assert "Impor selesai" in browser.get(f"{URL}{table.code}/").content.decode()
    assert Innovation.objects.count() == 3


def test_a_table_is_its_bringers_alone(people: People, login) -> None:
    table = brought(people, GOOD)
    for who in (people.operator, people.neighbour, people.verifier):
        browser = login(who)
        for door in ("", "kolom/", "buang/"):
            assert browser.post(f"{URL}{table.code}/{door}", {"digest": "x"}).status_code == 404
    assert ImportFile.objects.count() == 1
    with pytest.raises(ImportFile.DoesNotExist):
        actions.take_over(table, by=people.operator, digest="x")


def test_tables_are_forgotten_when_dropped_and_after_a_week(people: People, login) -> None:
    table = brought(people, GOOD)
    login(people.region_admin).post(f"{URL}{table.code}/buang/")
    assert ImportFile.objects.count() == 0
    brought(people, GOOD)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        kept = brought(people, GOOD)
        assert list(ImportFile.objects.all()) == [kept]
    for _ in range(7):
        brought(people, GOOD)
    assert queries.imports_of(people.region_admin, people.region).count() == 5


def test_the_sample_table_is_understood_in_full(people: People, login) -> None:
    content = login(people.operator).get(f"{URL}contoh/").content
    table = actions.bring(region=people.region, by=people.operator, content=content, name="contoh.xlsx")
    assert "" not in table.columns
    (row,) = actions.planned_for(table, people.operator).rows
    assert (row.outcome, row.errors) == (Outcome.NEW, ())


def test_the_dry_run_leaves_as_a_workbook_until_the_rows_are_taken(people: People, login) -> None:
    content = xlsx([HEAD, GOOD[0], ["", "Dinas Contoh", "", "", "", "", ""]])
    table = actions.bring(region=people.region, by=people.operator, content=content, name="data.xlsx")
    client, url = login(people.operator), f"{URL}{table.code}/"
    heading, first, second = sheets.rows(client.get(f"{url}unduh/"))
    assert (heading[0], first[0], first[3]) == ("Baris", 3.0, "Perlu diperbaiki")
    assert (second[1], second[3]) == ("SIPPUT", "Baru")
    assert login(people.region_admin).get(f"{url}unduh/").status_code == 404
    actions.take_over(
        table, by=people.operator, digest=actions.planned_for(table, people.operator).digest, only_good=True
    )
    assert client.get(f"{url}unduh/").status_code == 404
