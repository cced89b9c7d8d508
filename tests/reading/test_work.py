"""Reading in the background: once, again when asked, and nothing lost when a worker dies."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.evidence import actions as library
from pamong.evidence import storage
from pamong.evidence.models import Version
from pamong.reading import actions, queries, tasks
from pamong.reading.facts import Facts, LinkFacts
from pamong.reading.models import Finding, Reading
from pamong.reading.reader import VERSION
from pamong.reading.states import State
from tests.evidence.build import document, pdf_bytes, upload
from tests.reading import build


@pytest.fixture
def decree(region, agency, people):
    return document(region, agency, people.operator)


def _state() -> list[tuple[str, int, int]]:
    return [(one.state, one.attempts, one.findings.count()) for one in Reading.objects.order_by("pk")]


def test_a_new_version_is_read_when_it_arrives(
    region, agency, people, settings, django_capture_on_commit_callbacks
) -> None:
    settings.TASKS_ON_ARRIVAL = ("pamong.reading.tasks.arrived",)
    with django_capture_on_commit_callbacks(execute=True):
        made = document(region, agency, people.operator, content=pdf_bytes("KEPUTUSAN WALI KOTA CONTOH"))
    reading = Reading.objects.get(version__document=made)
    assert (reading.state, reading.text.strip(), reading.attempts) == (State.DONE, "KEPUTUSAN WALI KOTA CONTOH", 1)
    assert reading.seen.fields.instrument.value == "sk-kdh"


def test_queued_twice_it_is_read_once(decree) -> None:
    version = decree.versions.get()
    assert actions.queue(version) == actions.queue(version)
    assert Reading.objects.count() == 1


def test_many_arrivals_ask_for_one_turn(
    region, agency, people, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(actions, "async_task", lambda task, **_: asked.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            actions.queue(
                document(region, agency, people.operator, content=pdf_bytes(f"Surat {number}")).versions.get()
            )
    assert asked == [actions.TASK]
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.read_next() == "done"
    assert asked == [actions.TASK] * 2
    actions.turn_begins()


def test_read_twice_nothing_is_doubled(decree) -> None:
    blank = Facts(kind="pdf", pages=build.FACTS.pages, blank_pages=(1, 2), text_source="tanpa-teks", ocr_available=True)
    reading = build.read(decree, blank)
    actions.finish(reading, build.bounded.Seen(blank))
    assert _state() == [("done", 1, 1)]
    assert tasks.read(reading.pk) == "nothing"
    assert _state() == [("done", 1, 1)]


def test_two_workers_do_not_read_the_same_file_at_once(decree) -> None:
    reading = actions.queue(decree.versions.get())
    assert actions.begin(reading.pk) == reading
    assert actions.begin(reading.pk) is None


def test_a_killed_worker_loses_nothing(decree) -> None:
    reading = actions.queue(decree.versions.get())
    actions.begin(reading.pk)
    Reading.objects.update(started_at=timezone.now() - actions.LOST_AFTER - timedelta(seconds=1))
    assert tasks.sweep() == 1
    assert tasks.read_next() == "done"
    assert [(one.state, one.attempts) for one in Reading.objects.all()] == [("done", 2)]


def test_the_sweep_leaves_alone_what_is_being_read(decree) -> None:
    actions.begin(actions.queue(decree.versions.get()).pk)
    assert tasks.sweep() == 0


def test_the_sweep_finds_what_nobody_asked_to_read(decree) -> None:
    assert tasks.sweep() == 1
    assert Reading.objects.get().version == decree.versions.get()


def test_storage_gone_for_a_minute_costs_nothing(decree, monkeypatch) -> None:
    reading = actions.queue(decree.versions.get())

    def gone(sha256: str) -> None:
        raise OSError("no route to the store")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "fetch", gone)
        assert tasks.read(reading.pk) == "queued"
        assert _state() == [("queued", 1, 0)]
    assert tasks.read_next() == "nothing"  # not again at once
    Reading.objects.update(due_at=timezone.now())
    assert tasks.read_next() == "done"
    assert Reading.objects.get().seen.fault == ""


def test_after_too_many_attempts_it_is_said_that_the_file_is_gone(region, agency, people) -> None:
    version = document(region, agency, people.operator, content=pdf_bytes("Hanya di sini")).versions.get()
    storage.default_storage.delete(version.storage_name)
    reading = actions.queue(version)
    assert [tasks.read(reading.pk) for _ in range(actions.MOST_ATTEMPTS)] == ["queued"] * actions.MOST_ATTEMPTS
    assert [(one.state, one.facts["fault"]) for one in Reading.objects.all()] == [("failed", "gone")]
    assert list(Finding.objects.values_list("code", "severity")) == [("reader-gone", "warns")]


def test_a_reader_takes_turns_until_nothing_waits(region, agency, people, django_capture_on_commit_callbacks) -> None:
    for n in range(3):
        document(region, agency, people.operator, f"Dokumen {n}")
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep()
    assert [state for state, *_ in _state()] == ["done"] * 3
    assert tasks.read_next() == "nothing"


def test_no_more_readers_start_than_may_be(decree, people, django_capture_on_commit_callbacks) -> None:
    actions.begin(actions.queue(decree.versions.get()).pk)
    with django_capture_on_commit_callbacks() as asked:
        actions.start_readers()
    assert asked == []


def test_a_link_is_looked_at_without_visiting_it(region, agency, people) -> None:
    link = document(region, agency, people.operator, link="https://drive.google.com/file/d/abc")
    assert tasks.read(actions.queue(link.versions.get()).pk) == "done"
    assert Reading.objects.get().seen.link == LinkFacts("drive.google.com", True, True)
    assert list(Finding.objects.values_list("code", flat=True)) == ["link-drive"]


def test_facts_come_from_the_newest_reader_that_finished(decree) -> None:
    version = decree.versions.get()
    assert queries.facts_of([version]) == {}
    old = build.read(decree)
    Reading.objects.filter(pk=old.pk).update(reader=VERSION - 1)
    actions.queue(version)
    assert queries.facts_of([version]) == {version.pk: build.FACTS}


def test_a_person_may_have_it_read_again_and_that_leaves_a_trace(decree, people) -> None:
    build.read(decree)
    version = decree.versions.get()
    actions.read_again(version, by=people.verifier)
    assert _state() == [("queued", 0, 0)]
    assert Event.objects.filter(act="document.read-again").count() == 1


@pytest.mark.parametrize("who", ["neighbour", "agency_head", "region_head"])
def test_read_again_refuses_others_and_changes_nothing(decree, people, who: str) -> None:
    build.read(decree)
    with pytest.raises(Refused):
        actions.read_again(decree.versions.get(), by=getattr(people, who))
    assert (_state(), Event.objects.filter(act="document.read-again").count()) == ([("done", 1, 0)], 0)


def test_read_again_refuses_while_it_is_under_way(decree, people) -> None:
    actions.queue(decree.versions.get())
    with pytest.raises(Refused, match="sedang dibaca"):
        actions.read_again(decree.versions.get(), by=people.operator)
    assert _state() == [("queued", 0, 0)]


def test_the_command_puts_a_region_back_into_the_queue(decree, region) -> None:
    build.read(decree)
    out = StringIO()
    call_command("read_again", "--failed", stdout=out)
    call_command("read_again", "--region", region.slug, stdout=out)
    assert out.getvalue().splitlines() == ["0 dokumen masuk antrean pembacaan.", "1 dokumen masuk antrean pembacaan."]
    assert _state() == [("queued", 0, 0)]


def test_a_replaced_file_is_read_as_a_version_of_its_own(decree, people) -> None:
    build.read(decree)
    library.add_version(decree, by=people.operator, file=upload(pdf_bytes("Lain"), "lain.pdf"))
    newest = Version.objects.get(is_current=True)
    assert list(queries.unread()) == [newest]
    assert queries.of(newest) is None
