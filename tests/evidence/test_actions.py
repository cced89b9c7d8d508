from __future__ import annotations

import os
import tempfile
import tracemalloc
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scope

from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.evidence import actions, queries, storage
from pamong.evidence.actions import library
from pamong.evidence.models import Document, Version
from tests import build as people_build
from tests.build import People
from tests.evidence import build
from tests.evidence.conftest import kept
from tests.evidence.test_inspection import REFUSED
from tests.together import together


def rows() -> tuple[int, int, int]:
    return Document.objects.count(), Version.objects.count(), Event.objects.count()


# -- adding -----------------------------------------------------------------------------------------------------------


def test_a_document_remembers_what_it_is_and_its_file(people: People, files: Path) -> None:
    document = build.document(
        people.region, people.agency, people.operator, "  Tim SIPPUT ", number=" 188/45 ", dated=date(2026, 1, 5),
        issuer="Wali Kota", valid_from=date(2026, 1, 5), valid_until=date(2026, 12, 31), name="../SK tim.PDF",
    )  # fmt: skip
    document.refresh_from_db()
    assert (document.subject, document.number, document.created_by) == ("Tim SIPPUT", "188/45", people.operator)
    version = queries.current_version(document)
    assert version is not None
    assert (version.number, version.is_current, version.media_type, version.pages) == (1, True, "application/pdf", 1)
    assert (version.original_name, version.by, version.region) == ("SK tim.pdf", people.operator, people.region)
    assert kept(files) == [version.storage_name]
    assert build.content_of(version) == build.pdf_bytes("  Tim SIPPUT ")
    event = Event.objects.get()
    assert str(event) == f"{people.operator} menambahkan dokumen “Tim SIPPUT” nomor 188/45"
    assert event.data == {"version": 1, "sha256": version.sha256, "link": ""}


def test_kept_files_are_readable_by_the_server_alone(people: People, files: Path) -> None:
    build.document(people.region, people.agency, people.operator)
    (name,) = kept(files)
    assert oct((files / name).stat().st_mode)[-3:] == "600"


def test_a_link_is_a_document_too(people: People, files: Path) -> None:
    document = build.document(people.region, people.agency, people.operator, link="https://youtu.be/abc")
    version = queries.current_version(document)
    assert version is not None
    assert (version.link, version.sha256, version.kind) == ("https://youtu.be/abc", "", "link")
    assert kept(files) == []


def test_a_photograph_keeps_the_hash_of_what_was_uploaded(people: People) -> None:
    document = build.document(
        people.region, people.agency, people.operator, content=build.located_jpg_bytes(), name="a.jpg"
    )
    version = queries.current_version(document)
    assert version is not None
    assert len({version.sha256, version.source_sha256}) == 2


@pytest.mark.parametrize("who", ["agency_head", "verifier", "region_head", "juror", "citizen", "neighbour", "stranger"])
def test_only_the_agencys_operators_and_the_regions_administrator_add(people: People, files: Path, who: str) -> None:
    before = rows()
    with pytest.raises(Refused, match="Hanya operator"):
        build.document(people.region, people.agency, getattr(people, who))
    assert (rows(), kept(files)) == (before, [])


def test_a_document_of_the_whole_region_is_added_by_its_administrator_only(people: People, files: Path) -> None:
    with pytest.raises(Refused, match="administrator daerah"):
        build.document(people.region, None, people.operator)
    assert (rows(), kept(files)) == ((0, 0, 0), [])
    assert build.document(people.region, None, people.region_admin).agency is None


def test_an_agency_of_another_region_or_one_that_closed_gets_no_document(people: People, files: Path) -> None:
    with scope(region=people.other_region):
        far = people_build.agency(people.other_region, "Dinas Jauh")
    with pytest.raises(Refused):
        build.document(people.region, far, people.region_admin)
    people.agency.closed_on = timezone.localdate()
    people.agency.save()
    with pytest.raises(Refused, match="tidak aktif"):
        build.document(people.region, people.agency, people.operator)
    assert (rows(), kept(files)) == ((0, 0, 0), [])


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_changes_nothing(people: People, files: Path, case: str) -> None:
    content, name, reason = REFUSED[case]
    with pytest.raises(Refused) as refused:
        build.document(
            people.region,
            people.agency,
            people.operator,
            content=content,
            name=name,
            allowed=["pdf", "jpg", "png", "webp", "mp4", "docx"],
        )
    assert reason in str(refused.value)
    assert (rows(), kept(files)) == ((0, 0, 0), [])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"link": "http://127.0.0.1/a"}, "jaringan tertentu"),
        ({"link": "https://contoh.id/a", "file": build.upload(build.pdf_bytes())}, actions.ONE_OF_TWO),
        ({}, actions.ONE_OF_TWO),
        ({"link": "https://contoh.id/a", "subject": "  "}, "tentang"),
        ({"link": "https://contoh.id/a", "instrument": "palsu"}, "jenis dokumen"),
        ({"link": "https://contoh.id/a", "subject": "x" * 251}, "“tentang” terlalu panjang"),
        ({"link": "https://contoh.id/a", "number": "x" * 121}, "“nomor” terlalu panjang"),
        ({"link": "https://contoh.id/a", "issuer": "x" * 161}, "“penerbit” terlalu panjang"),
        ({"link": "https://contoh.id/a", "valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, "lebih awal"),
        ({"file": build.upload(build.png_bytes(), "a.png"), "allowed": ["pdf"]}, "yang diterima di sini: PDF"),
        ({"file": build.upload(build.pdf_bytes()), "max_bytes": 100}, "melebihi batas"),
        ({"file": build.upload(build.mp4_bytes(301), "a.mp4"), "max_seconds": 300}, "paling lama 5 menit"),
    ],
)  # fmt: skip
def test_what_is_not_acceptable_is_refused_and_changes_nothing(
    people: People, files: Path, fields: dict[str, Any], reason: str
) -> None:
    wanted: dict[str, Any] = {"instrument": "lain", "subject": "Apa saja", **fields}
    with pytest.raises(Refused, match=reason):
        actions.add_document(region=people.region, agency=people.agency, by=people.operator, **wanted)
    assert (rows(), kept(files)) == ((0, 0, 0), [])


# -- the same again ---------------------------------------------------------------------------------------------------


def test_a_double_click_adds_one_document_and_says_so(people: People, files: Path) -> None:
    first = build.document(people.region, people.agency, people.operator)
    second = build.document(people.region, people.agency, people.operator)
    assert (second, second.repeated, first.repeated) == (first, True, False)
    assert (rows(), len(kept(files))) == ((1, 1, 1), 1)
    link = build.document(people.region, people.agency, people.operator, link="https://contoh.id/a")
    assert build.document(people.region, people.agency, people.operator, link="https://contoh.id/a") == link


def test_the_same_file_later_is_offered_for_reuse(people: People, files: Path) -> None:
    first = build.document(people.region, people.agency, people.operator, number="188/45")
    before = rows()
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False),
        pytest.raises(actions.AlreadyHere) as refused,
    ):
        build.document(people.region, people.agency, people.operator)
    assert refused.value.document == first
    assert "“Tim Pelaksana Inovasi” (nomor 188/45)" in str(refused.value)
    assert (rows(), len(kept(files))) == (before, 1)


def test_the_same_photograph_is_known_again_before_and_after_it_was_cleaned(people: People) -> None:
    source = build.located_jpg_bytes()
    first = build.document(people.region, people.agency, people.operator, "Foto", content=source, name="a.jpg")
    version = queries.current_version(first)
    assert version is not None
    for content in (source, build.content_of(version)):
        with pytest.raises(actions.AlreadyHere):
            build.document(people.region, people.agency, people.operator, "Foto lain", content=content, name="b.jpg")


def test_another_document_in_the_same_file_is_possible_and_the_bytes_lie_once(people: People, files: Path) -> None:
    one = build.pdf_bytes("Dua keputusan dalam satu pindaian")
    build.document(people.region, people.agency, people.operator, "Keputusan satu", content=one)
    build.document(people.region, people.agency, people.operator, "Keputusan dua", content=one, anyway=True)
    assert (rows(), len(kept(files))) == ((2, 2, 2), 1)


def test_a_neighbours_same_file_is_neither_mentioned_nor_stored_twice(people: People, files: Path) -> None:
    build.document(people.region, people.agency, people.operator)
    build.document(people.region, people.other_agency, people.neighbour)
    assert (rows(), len(kept(files))) == ((2, 2, 2), 1)


def test_a_file_of_the_whole_region_is_offered_to_everyone_in_it(people: People) -> None:
    perda = build.document(people.region, None, people.region_admin)
    with pytest.raises(actions.AlreadyHere) as refused:
        build.document(people.region, people.other_agency, people.neighbour)
    assert refused.value.document == perda


# -- versions ---------------------------------------------------------------------------------------------------------


def test_a_new_version_takes_the_place_and_the_old_one_stays(people: People, files: Path) -> None:
    document = build.document(people.region, people.agency, people.operator)
    version = actions.add_version(document, by=people.region_admin, file=build.upload(build.pdf_bytes("baru")))
    told = list(queries.versions(document).values_list("number", "is_current", "by"))
    assert told == [(2, True, people.region_admin.pk), (1, False, people.operator.pk)]
    assert len(kept(files)) == 2
    assert build.content_of(document.versions.get(number=1)) == build.pdf_bytes("Tim Pelaksana Inovasi")
    assert Event.objects.first().says.endswith("menjadi versi 2")  # type: ignore[union-attr]
    back = actions.add_version(document, by=people.operator, link="https://contoh.id/a")
    assert (back.number, queries.current_version(document), version.number) == (3, back, 2)


def test_a_double_click_on_replace_makes_one_version(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator)
    new = build.pdf_bytes("baru")
    first = actions.add_version(document, by=people.operator, file=build.upload(new))
    assert actions.add_version(document, by=people.operator, file=build.upload(new)) == first
    assert rows() == (1, 2, 2)


def test_the_same_file_as_the_current_one_is_nothing_to_replace(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator)
    before = rows()
    with pytest.raises(Refused, match="sama persis dengan versi 1"):
        actions.add_version(
            document, by=people.region_admin, file=build.upload(build.pdf_bytes("Tim Pelaksana Inovasi"))
        )
    assert rows() == before


@pytest.mark.parametrize("who", ["agency_head", "verifier", "neighbour", "stranger", "citizen"])
def test_others_neither_replace_nor_correct_and_nothing_changes(people: People, files: Path, who: str) -> None:
    document = build.document(people.region, people.agency, people.operator)
    before = rows()
    with pytest.raises(Refused):
        actions.add_version(document, by=getattr(people, who), file=build.upload(build.pdf_bytes("baru")))
    with pytest.raises(Refused):
        actions.correct(document, by=getattr(people, who), subject="Diganti")
    document.refresh_from_db()
    assert (rows(), len(kept(files)), document.subject) == (before, 1, "Tim Pelaksana Inovasi")


def test_a_file_received_beforehand_is_not_inspected_again(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    document = build.document(people.region, people.agency, people.operator)
    received = actions.receive(build.upload(build.pdf_bytes("baru")), allowed=["pdf"])
    monkeypatch.setattr(library, "inspect", None)
    with transaction.atomic():
        assert actions.add_version(document, by=people.operator, file=received).number == 2


# -- correcting -------------------------------------------------------------------------------------------------------


def test_a_correction_is_traced_with_before_and_after(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator, number="1")
    actions.correct(document, by=people.operator, number=" 2 ", dated=date(2026, 3, 1), subject="Tim Pelaksana Inovasi")
    document.refresh_from_db()
    assert (document.number, document.dated) == ("2", date(2026, 3, 1))
    event = Event.objects.filter(act="document.corrected").get()
    assert event.data == {"changes": {"number": ["1", "2"], "dated": [None, "2026-03-01"]}}


def test_a_correction_that_changes_nothing_leaves_no_trace(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator)
    before = rows()
    actions.correct(document, by=people.operator, base="lama", subject="Tim Pelaksana Inovasi")
    assert rows() == before


def test_a_correction_of_something_corrected_meanwhile_is_overtaken(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator)
    seen = actions.fingerprint(document)
    actions.correct(document, by=people.region_admin, base=seen, number="10")
    before = rows()
    with pytest.raises(Overtaken, match="diubah orang lain"):
        actions.correct(document, by=people.operator, base=seen, number="11")
    document.refresh_from_db()
    assert (document.number, rows()) == ("10", before)


@pytest.mark.parametrize(
    "fields", [{"subject": " "}, {"instrument": "x"}, {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}]
)
def test_a_correction_that_makes_no_sense_is_refused(people: People, fields: dict[str, Any]) -> None:
    document = build.document(people.region, people.agency, people.operator)
    before = rows()
    with pytest.raises(Refused):
        actions.correct(document, by=people.operator, **fields)
    document.refresh_from_db()
    assert (document.subject, document.valid_from, rows()) == ("Tim Pelaksana Inovasi", None, before)


def test_only_what_is_written_about_a_document_can_be_corrected(people: People) -> None:
    document = build.document(people.region, people.agency, people.operator)
    with pytest.raises(TypeError):
        actions.correct(document, by=people.operator, agency=people.other_agency)


# -- when the machine fails -------------------------------------------------------------------------------------------


def test_a_full_disk_is_said_plainly_and_changes_nothing(
    people: People, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="penuh"):
        build.document(people.region, people.agency, people.operator)
    assert (rows(), kept(files)) == ((0, 0, 0), [])
    monkeypatch.undo()
    build.document(people.region, people.agency, people.operator)
    assert len(kept(files)) == 1


def test_a_transaction_that_fails_leaves_at_worst_a_file_nobody_speaks_of(
    people: People, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: object, **more: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(library, "record", failing)
    with pytest.raises(RuntimeError):
        build.document(people.region, people.agency, people.operator)
    assert (rows(), len(kept(files))) == ((0, 0, 0), 1)
    monkeypatch.undo()
    build.document(people.region, people.agency, people.operator)
    assert (rows(), len(kept(files))) == ((1, 1, 1), 1)


def test_a_file_left_half_written_by_an_older_crash_is_written_again(people: People, files: Path) -> None:
    content = build.pdf_bytes("Tim Pelaksana Inovasi")
    received = actions.receive(build.upload(content))
    (files / storage.name_of(received.sha256)).write_bytes(content[:10])
    actions.receive(build.upload(content))
    with storage.fetch(received.sha256) as file:
        assert file.read() == content


def test_a_store_that_is_not_a_folder_of_this_machine_works_too(people: People, settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    document = build.document(people.region, people.agency, people.operator)
    version = queries.current_version(document)
    assert version is not None
    assert build.content_of(version) == build.pdf_bytes("Tim Pelaksana Inovasi")


def test_memory_stays_flat_while_sixty_megabytes_go_through(people: People) -> None:
    size = 60 * 1024 * 1024
    build.document(people.region, people.agency, people.operator)  # everything is loaded
    with tempfile.NamedTemporaryFile(suffix=".mp4") as large:
        film = build.mp4_bytes(60, filling=b"")[:-8]
        large.write(film + build.struct.pack(">I4s", 8 + size, b"mdat"))
        for n in range(60):
            large.write(bytes([n]) * 1024 * 1024)
        large.flush()
        most = _peak()
        tracemalloc.start()
        document = actions.add_document(
            region=people.region, agency=people.agency, by=people.operator, instrument="video", subject="Video", file=File(large, name="video.mp4")
        )  # fmt: skip
        python_peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    version = queries.current_version(document)
    assert version is not None
    assert (version.size, version.seconds) == (len(film) + 8 + size, 60)
    assert python_peak < 8 * 1024 * 1024
    assert most is None or (_peak() or 0) - most < 24 * 1024 * 1024


def _peak() -> int | None:
    """The most memory this process has held, in bytes, where the system tells."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), None)


# -- real concurrency -------------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def only_on_postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite writes one after the other")

    def test_eight_versions_at_once_are_all_kept_under_their_own_numbers(self, people: People) -> None:
        document = build.document(people.region, people.agency, people.operator)

        def act(n: int) -> Any:
            return lambda: actions.add_version(
                document, by=people.operator, file=build.upload(build.pdf_bytes(f"v{n}"))
            )

        results = together(people.region, *[act(n) for n in range(8)])
        assert sorted(version.number for version in results) == list(range(2, 10))
        assert list(document.versions.values_list("number", flat=True)) == list(range(9, 0, -1))
        assert [version.number for version in document.versions.filter(is_current=True)] == [9]

    def test_two_clicks_at_once_add_one_document(self, people: People) -> None:
        def act() -> Document:
            return build.document(people.region, people.agency, people.operator)

        first, second = together(people.region, act, act)
        assert (first, sorted((first.repeated, second.repeated))) == (second, [False, True])
        assert rows() == (1, 1, 1)

    def test_one_file_by_two_agencies_at_once_lies_there_once(self, people: People, files: Path) -> None:
        together(
            people.region,
            lambda: build.document(people.region, people.agency, people.operator),
            lambda: build.document(people.region, people.other_agency, people.neighbour),
        )
        assert (rows(), len(kept(files))) == ((2, 2, 2), 1)
