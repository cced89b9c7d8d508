"""Files on their way: what the inbox keeps, what the check finds, and what survives when something breaks."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.evidence import actions, queries, storage, tasks
from pamong.evidence.actions import arriving, checking
from pamong.evidence.inspection import apart
from pamong.evidence.models import Arrival, Content, Document, Piece, Version
from pamong.evidence.states import Reception
from tests.build import People
from tests.evidence import build
from tests.evidence.conftest import kept


def url(name: str, people: People, *args: object) -> str:
    return reverse(f"documents:{name}", args=[people.region.slug, *args])


def last_act() -> tuple[str, str]:
    event = Event.objects.order_by("-pk")[0]
    return event.act, event.actor


# -- the check --------------------------------------------------------------------------------------------------------


def test_a_file_in_quarantine_is_kept_only_once_it_is_checked(
    people: People, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    arrival = build.arrival(people.region, people.operator)
    assert (arrival.state, kept(files)) == (Reception.WAITING, [])
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.check_waiting() == 1
    arrival.refresh_from_db()
    assert (arrival.state, arrival.media_type, arrival.pages) == (Reception.READY, "application/pdf", 1)
    assert (kept(files), Piece.objects.count()) == ([storage.name_of(arrival.sha256)], 0)
    assert kept(files.parent / "arriving") == []
    assert last_act() == ("arrival.received", str(people.operator))


def test_a_photograph_in_the_inbox_loses_its_place(people: People) -> None:
    arrival = build.checked(people.region, people.operator, "foto.jpg", build.located_jpg_bytes())
    with storage.fetch(arrival.sha256) as file:
        content = file.read()
    assert (arrival.state, b"PonselRahasia" in content, arrival.sha256 != arrival.source_sha256) == (Reception.READY, False, True)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("surat.pdf", b"<html><script>alert(1)</script>", "halaman web (HTML)"),
        ("foto.png", b"MZ" + b"\0" * 200, "program"),
        ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("sk.pdf", build.locked_pdf_bytes(), "terkunci"),
        ("sk.pdf", build.pdf_bytes()[:-40], "rusak"),
        ("besar.png", build.png_claiming(60000, 60000), "tidak wajar"),
    ],
)
def test_a_file_that_may_not_be_kept_says_why_and_leaves_no_bytes(
    people: People, files: Path, name: str, content: bytes, said: str
) -> None:
    arrival = build.checked(people.region, people.operator, name, content)
    assert (arrival.state, said in arrival.reason, kept(files)) == (Reception.REFUSED, True, [])
    assert (Piece.objects.count(), last_act()[0]) == (0, "arrival.refused")


def _fake(module: str, monkeypatch: pytest.MonkeyPatch, **bounds: int) -> None:
    monkeypatch.setattr(apart, "MODULE", f"tests.evidence.{module}")
    for name, value in bounds.items():
        monkeypatch.setattr(apart, name, value)


@pytest.mark.parametrize("how", ["crash", "hang", "babble", "memory"])
def test_a_check_that_breaks_down_is_a_finding_and_no_lost_file(
    people: People, files: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    _fake("breaking", monkeypatch, SECONDS=1)
    arrival = build.checked(people.region, people.operator, f"{how}.pdf")
    assert (arrival.state, arrival.reason, kept(files)) == (Reception.STUCK, apart.UNCHECKED, [])
    assert Piece.objects.count() == 1
    monkeypatch.undo()
    arriving.try_again(arrival, by=people.operator)
    checking.check(arrival)
    arrival.refresh_from_db()
    assert (arrival.state, len(kept(files))) == (Reception.READY, 1)


def test_a_large_file_of_a_plain_form_is_opened_in_a_process_of_its_own(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fake("breaking", monkeypatch)
    large = build.pdf_bytes() + b" " * 1024 * 1024
    with pytest.raises(Refused) as refused:
        actions.receive(build.upload(large, "crash.pdf"))
    assert refused.value.reasons == (apart.UNCHECKED,)
    assert actions.receive(build.upload(build.pdf_bytes(), "crash.pdf")).pages == 1


def test_the_process_that_opens_files_knows_none_of_our_settings(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAMONG_SECRET_KEY", "rahasia")
    _fake("breaking", monkeypatch)
    arrival = build.checked(people.region, people.operator, "environment.pdf")
    assert arrival.reason == "PYTHONDONTWRITEBYTECODE,PYTHONPATH"


def test_a_killed_check_is_begun_again_when_its_lease_is_over(people: People) -> None:
    arrival = build.arrival(people.region, people.operator)
    assert checking._held(arrival)  # and then the process is killed
    checking.check(arrival)
    assert Arrival.objects.get().state == Reception.WAITING
    with time_machine.travel(timezone.now() + checking.LEASE + timedelta(seconds=1)):
        tasks.check_waiting()
    assert Arrival.objects.get().state == Reception.READY


def test_a_check_that_kills_its_worker_is_given_up_after_three_times(people: People) -> None:
    arrival = build.arrival(people.region, people.operator)
    for turn in range(1, 5):
        with time_machine.travel(timezone.now() + turn * (checking.LEASE + timedelta(seconds=1))):
            assert checking._held(arrival) == (turn < 4)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.reason, Piece.objects.count()) == (Reception.STUCK, checking.GIVEN_UP, 1)


def test_a_full_store_puts_the_check_off_and_loses_nothing(
    people: People, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = build.arrival(people.region, people.operator)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        for _ in range(5):
            checking.check(Arrival.objects.get())
            Arrival.objects.update(held_until=None)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.attempts, kept(files)) == (Reception.WAITING, 0, [])
    tasks.check_waiting()
    assert Arrival.objects.get().state == Reception.READY


def test_checked_twice_is_checked_once(people: People) -> None:
    arrival = build.checked(people.region, people.operator)
    acts = Event.objects.count()
    checking.check(arrival)
    assert Event.objects.count() == acts


# -- from the inbox into the library ----------------------------------------------------------------------------------


def test_a_file_of_the_inbox_becomes_a_document_and_leaves_it(people: People) -> None:
    arrival = build.checked(people.region, people.operator)
    document = actions.add_document(
        region=people.region, agency=people.agency, by=people.operator, instrument="laporan", subject="Laporan", file=arrival
    )  # fmt: skip
    arrival.refresh_from_db()
    version = document.versions.get()
    assert (arrival.state, arrival.document, version.sha256) == (Reception.FILED, document, arrival.sha256)
    assert list(queries.arrivals_of(people.operator, people.region)) == []
    with pytest.raises(Refused):
        arriving.discard(arrival, by=people.operator)


def test_a_file_not_checked_yet_is_checked_when_it_is_taken(people: People) -> None:
    arrival = build.arrival(people.region, people.operator)
    assert actions.receive(arrival, by=people.operator).pages == 1
    bad = build.arrival(people.region, people.operator, "a.pdf", b"MZ" + b"\0" * 50)
    with pytest.raises(Refused, match="program"):
        actions.receive(bad, by=people.operator)


def test_nobody_takes_a_file_out_of_anothers_inbox(people: People) -> None:
    arrival = build.checked(people.region, people.operator)
    with pytest.raises(Refused, match="orang lain"):
        actions.receive(arrival, by=people.region_admin)
    with pytest.raises(Refused, match="orang lain"):
        arriving.discard(arrival, by=people.region_admin)
    with pytest.raises(TypeError):
        actions.receive(arrival)
    assert Arrival.objects.get().state == Reception.READY


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"allowed": ["jpg"]}, "Isi berkas ini video"),
        ({"max_bytes": 10}, "melebihi"),
        ({"max_seconds": 2}, "paling lama"),
    ],
)
def test_a_file_of_the_inbox_is_held_against_the_limits_of_its_place(
    people: People, limits: dict[str, Any], said: str
) -> None:
    arrival = build.checked(people.region, people.operator, "a.mp4", build.mp4_bytes(3))
    with pytest.raises(Refused, match=said):
        actions.receive(arrival, by=people.operator, **limits)
    assert Arrival.objects.get().state == Reception.READY


def test_the_form_takes_a_file_of_the_inbox_and_survives_a_refusal(people: People, login: Any) -> None:
    arrival = build.checked(people.region, people.operator)
    data = {"agency": people.agency.pk, "instrument": "laporan", "subject": "", "arrival": arrival.code}
    browser = login(people.operator)
    wrong = browser.post(url("add", people), data)
    assert (wrong.status_code, f'value="{arrival.code}" selected' in wrong.content.decode()) == (422, True)
    right = browser.post(url("add", people), data | {"subject": "Laporan"})
    assert right.status_code == 302
    assert Document.objects.get().versions.get().sha256 == arrival.sha256


def test_a_form_takes_a_new_file_or_one_of_the_inbox_but_not_both(people: People, login: Any) -> None:
    arrival = build.checked(people.region, people.operator)
    data = {
        "agency": people.agency.pk, "instrument": "laporan", "subject": "Laporan", "arrival": arrival.code,
        "file": build.upload(build.pdf_bytes("lain")),
    }  # fmt: skip
    answer = login(people.operator).post(url("add", people), data)
    assert (answer.status_code, "tidak keduanya" in answer.content.decode(), Document.objects.count()) == (422, True, 0)
    stranger = login(people.neighbour).post(url("add", people), data | {"file": "", "agency": people.other_agency.pk})
    assert (stranger.status_code, Document.objects.count()) == (422, 0)


# -- the pages --------------------------------------------------------------------------------------------------------


def test_the_plain_form_brings_many_files_and_names_the_ones_it_cannot(
    people: People, login: Any, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    files = [
        build.upload(build.pdf_bytes("satu"), "satu.pdf"),
        build.upload(b"%PDF" + b"x" * 200_000, "besar.pdf"),
        build.upload(build.png_bytes(), "dua.png"),
    ]
    photo = build.upload(build.jpg_bytes(), "kamera.jpg")
    answer = login(people.operator).post(url("inbox", people), {"chosen": files, "photo": photo})
    page = answer.content.decode()
    assert (answer.status_code, "besar.pdf: Ukuran berkas melebihi" in page, "3 berkas masuk" in page) == (
        409,
        True,
        True,
    )
    assert sorted(Arrival.objects.values_list("name", flat=True)) == ["dua.png", "kamera.jpg", "satu.pdf"]


def test_sending_nothing_is_said(people: People, login: Any) -> None:
    answer = login(people.operator).post(url("inbox", people))
    assert (answer.status_code, "Pilih sedikitnya satu berkas." in answer.content.decode()) == (422, True)


def test_an_inbox_is_seen_by_its_person_alone(people: People, login: Any) -> None:
    arrival = build.checked(people.region, people.operator, "rahasia dinas.pdf")
    assert "rahasia dinas.pdf" in login(people.operator).get(url("inbox", people)).content.decode()
    assert "rahasia dinas.pdf" not in login(people.region_admin).get(url("inbox", people)).content.decode()
    login(people.region_admin).post(url("discard", people, arrival.code))
    assert Arrival.objects.count() == 1
    login(people.operator).post(url("discard", people, arrival.code))
    assert (Arrival.objects.count(), last_act()[0]) == (0, "arrival.discarded")


def test_a_file_known_to_the_library_is_offered_unless_it_may_not_be_read(people: People, login: Any) -> None:
    content = build.pdf_bytes("sama persis")
    build.document(people.region, people.other_agency, people.neighbour, "Milik tetangga", content=content)
    build.checked(people.region, people.operator, "a.pdf", content)
    assert "Berkas yang sama" not in login(people.operator).get(url("inbox", people)).content.decode()
    build.checked(people.region, people.region_admin, "a.pdf", content)
    page = login(people.region_admin).get(url("inbox", people)).content.decode()
    assert ("Berkas yang sama sudah ada" in page, "Milik tetangga" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_asks_a_fixed_number_of_questions(
    people: People, login: Any, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        build.checked(people.region, people.operator, f"{number}.pdf")
    browser = login(people.operator)
    with django_assert_num_queries(13):
        browser.get(url("inbox", people))


def test_a_part_of_the_page_is_enough_to_look_again(people: People, login: Any) -> None:
    build.arrival(people.region, people.operator)
    page = login(people.operator).get(url("inbox", people), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in page, "every 3s" in page) == (False, True)


def test_an_inbox_has_room_for_so_much_and_no_more(people: People, settings: Any) -> None:
    settings.INBOX_MAX_BYTES = 2 * 1024 * 1024
    arriving.begin(region=people.region, by=people.operator, name="a.pdf", length=1024 * 1024)
    with pytest.raises(arriving.TooLarge, match="penuh"):
        arriving.begin(region=people.region, by=people.operator, name="b.pdf", length=1024 * 1024 + 1)
    arriving.begin(region=people.region, by=people.neighbour, name="b.pdf", length=1024 * 1024 + 1)
    assert Arrival.objects.count() == 2


def test_an_empty_file_is_named_and_asks_for_nothing_more(people: People) -> None:
    arrival = arriving.bring(io.BytesIO(b""), "kosong.pdf", 0, region=people.region, by=people.operator)
    assert (arrival.state, "kosong" in arrival.reason) == (Reception.REFUSED, True)


# -- sweeping ---------------------------------------------------------------------------------------------------------


def test_the_sweep_throws_away_what_has_expired_and_nothing_else(
    people: People, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document = build.document(people.region, people.agency, people.operator)
    begun = arriving.begin(region=people.region, by=people.operator, name="separuh.pdf", length=100)
    arriving.receive_pieces(begun, by=people.operator, offset=0, source=[b"x" * 50])
    ready = build.checked(people.region, people.operator, "siap.pdf")
    orphan = actions.receive(build.upload(build.pdf_bytes("yatim")))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep() == actions_swept(0, 0, 0)
    with time_machine.travel(timezone.now() + timedelta(days=8)), django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep() == actions_swept(1, 2, 1)  # of both files: here, what follows a commit comes late
    assert list(Arrival.objects.all()) == [ready]
    assert kept(files) == sorted(storage.name_of(each) for each in (document.versions.get().sha256, ready.sha256))
    assert not storage.has(orphan.sha256)
    with time_machine.travel(timezone.now() + timedelta(days=91)), django_capture_on_commit_callbacks(execute=True):
        assert tasks.sweep() == actions_swept(1, 0, 1)
    assert kept(files) == [storage.name_of(Version.objects.get().sha256)]
    assert (kept(files.parent / "arriving"), Content.objects.count()) == ([], 1)


def actions_swept(arrivals: int, pieces: int, files: int, halves: int = 0) -> Any:
    from pamong.evidence.actions.sweeping import Swept

    return Swept(arrivals, pieces, files, halves)


def test_the_sweep_removes_what_killed_processes_left_behind(people: People, files: Path) -> None:
    piece, half = files.parent / "arriving" / "potongan", files / storage.UNFINISHED / "separuh"
    for path in (piece, half):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert tasks.sweep() == actions_swept(0, 0, 0)
    for path in (piece, half):
        os.utime(path, (0, 0))
    assert tasks.sweep() == actions_swept(0, 1, 0, 1)
    assert (piece.exists(), half.exists()) == (False, False)


def test_bytes_just_kept_again_are_not_swept(people: People, files: Path) -> None:
    content = build.pdf_bytes("muncul lagi")
    received = actions.receive(build.upload(content))
    Content.objects.update(kept_at=timezone.now() - timedelta(days=3))
    actions.receive(build.upload(content))
    assert tasks.sweep() == actions_swept(0, 0, 0)
    assert storage.has(received.sha256)
