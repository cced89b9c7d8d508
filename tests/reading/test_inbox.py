"""Files read while they still lie in somebody's inbox, and what is offered from that."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pamong.evidence import actions as library
from pamong.evidence.actions import arriving
from pamong.evidence.models import Arrival, Document
from pamong.reading import actions, bounded, queries, searching, tasks
from pamong.reading.facts import Facts
from pamong.reading.models import Finding, Key, Print, Reading
from pamong.reading.states import State
from tests.build import People
from tests.evidence import build as files
from tests.reading import build

PRINTS = (("page", 1, "00ff00ff00ff00ff", "00" * 64),)


@pytest.fixture
def arrival(people: People) -> Arrival:
    return files.checked(people.region, people.operator, "scan0001.pdf", files.pdf_bytes("Isi apa saja"))


def read(arrival: Arrival, facts: Facts = build.FACTS) -> Reading:
    made = actions.finish(actions.queue_arrival(arrival), bounded.Seen(facts, PRINTS))
    assert made is not None
    return made


def filed(arrival: Arrival, people: People, subject: str = "SK tim") -> Document:
    return library.add_document(
        region=people.region,
        agency=people.agency,
        by=people.operator,
        instrument="sk-kdh",
        subject=subject,
        file=arrival,
    )


def address(people: People, arrival: Arrival) -> str:
    return reverse("documents:seen_in", args=[people.region.slug, arrival.code])


def test_a_file_is_read_as_soon_as_it_is_ready(
    people: People, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS_ON_RECEPTION = ("pamong.reading.tasks.received",)
    with django_capture_on_commit_callbacks(execute=True):
        sent = files.checked(people.region, people.operator, "a.pdf", files.pdf_bytes("KEPUTUSAN WALI KOTA CONTOH"))
    reading = Reading.objects.get()
    assert (reading.arrival, reading.version, reading.state) == (sent, None, State.DONE)
    assert reading.seen.fields.instrument is not None
    assert reading.seen.fields.instrument.value == "sk-kdh"


def test_the_sweep_finds_a_file_nobody_asked_to_read(arrival: Arrival) -> None:
    assert tasks.sweep() == 1
    assert Reading.objects.get().arrival == arrival
    assert tasks.sweep() == 1


def test_what_was_read_goes_along_when_the_file_becomes_a_document(
    arrival: Arrival,
    people: People,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.TASKS_ON_ARRIVAL = ("pamong.reading.tasks.arrived",)
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(tasks.bounded, "read", lambda *_, **__: pytest.fail("read a second time"))
    before = read(arrival, Facts(**{**_fields(build.FACTS), "blank_pages": (2,)}))
    assert (Print.objects.count(), Key.objects.count()) == (0, 0)
    found = list(Finding.objects.values_list("code", flat=True))
    assert found
    monkeypatch.setattr(actions, "async_task", lambda *asked, **_: told.append(asked))
    settings.TASKS_AFTER_READING = ("somebody.above",)
    with django_capture_on_commit_callbacks(execute=True):
        document = filed(arrival, people)
    reading = Reading.objects.get()
    version = document.versions.get()
    assert (reading.pk, reading.version, reading.arrival, reading.prints) == (before.pk, version, None, [])
    assert (reading.state, reading.attempts) == (State.DONE, 0)
    assert list(reading.findings.values_list("code", flat=True)) == found
    assert [(one.kind, one.page, one.hash) for one in Print.objects.all()] == [PRINTS[0][:3]]
    assert Key.objects.filter(version=version).exists()
    assert list(searching.search(Document.objects.all(), words="SIPPUT")) == [document]
    assert told == [("somebody.above", version.pk)]


def _fields(facts: Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def test_a_reading_that_waits_goes_along_and_is_done_once(arrival: Arrival, people: People) -> None:
    waiting = actions.queue_arrival(arrival)
    version = filed(arrival, people).versions.get()
    assert actions.queue(version) == actions.queue(version) == waiting
    assert tasks.read(waiting.pk) == "done"
    reading = Reading.objects.get()
    assert (reading.version, reading.attempts, reading.text.strip()) == (version, 1, "Isi apa saja")


def test_a_reading_under_way_ends_with_the_document(arrival: Arrival, people: People) -> None:
    begun = actions.begin(actions.queue_arrival(arrival).pk)
    assert begun is not None
    version = filed(arrival, people).versions.get()
    actions.queue(version)
    actions.finish(begun, bounded.Seen(build.FACTS, PRINTS))
    assert [(one.version, one.state) for one in Reading.objects.all()] == [(version, State.DONE)]
    assert Print.objects.filter(version=version).count() == 1


@pytest.mark.parametrize("end", ["finish", "put_back"])
def test_a_file_taken_back_while_it_is_read_leaves_nothing(arrival: Arrival, people: People, end: str) -> None:
    begun = actions.begin(actions.queue_arrival(arrival).pk)
    assert begun is not None
    arriving.discard(arrival, by=people.operator)
    assert (actions.finish(begun, bounded.Seen(build.FACTS)) if end == "finish" else actions.put_back(begun)) is None
    assert (Reading.objects.count(), Finding.objects.count()) == (0, 0)


def test_a_reading_of_a_file_the_library_had_already_is_thrown_away(arrival: Arrival, people: People) -> None:
    document = filed(arrival, people)
    read(arrival)
    build.read(document)
    again = files.checked(people.region, people.operator, "lagi.pdf", files.pdf_bytes("Isi apa saja"))
    read(again)
    Arrival.objects.filter(pk=again.pk).update(state="filed", document=document)
    tasks.sweep()
    assert [one.version for one in Reading.objects.all()] == [document.versions.get()]


# -- what is offered --------------------------------------------------------------------------------------------------


def test_the_form_of_a_new_document_is_filled_in_and_nothing_is_saved(
    arrival: Arrival, people: People, login: Any
) -> None:
    read(arrival)
    page = login(people.operator).get(reverse("documents:add", args=[people.region.slug]), {"kiriman": arrival.code})
    form = page.context["form"]
    shown = {name: str(form[name].value()) for name in ("instrument", "number", "dated", "issuer", "subject")}
    assert shown == {
        "instrument": "sk-kdh", "number": "188.45/7/2025", "dated": "2025-03-04", "issuer": "Wali Kota Contoh", "subject": "scan0001",
    }  # fmt: skip
    said = page.content.decode()
    assert "Dibaca mesin di halaman 2: “pada tanggal 4 Maret 2025”. Periksa." in said
    assert "Ditebak dari nama berkasnya. Periksa." in said
    assert Document.objects.count() == 0


def test_what_a_person_typed_stands_however_the_machine_read(arrival: Arrival, people: People, login: Any) -> None:
    read(arrival)
    typed = {
        "agency": people.agency.pk,
        "instrument": "laporan",
        "subject": "",
        "number": "12/2026",
        "arrival": arrival.code,
    }
    page = login(people.operator).post(
        reverse("documents:add", args=[people.region.slug]) + f"?kiriman={arrival.code}", typed
    )
    form = page.context["form"]
    assert (page.status_code, form["number"].value(), form["instrument"].value()) == (422, "12/2026", "laporan")


def test_an_open_form_is_told_what_was_read(arrival: Arrival, people: People, login: Any) -> None:
    client: Client = login(people.operator)
    assert client.get(address(people, arrival)).json() == {
        "is_done": False,
        "fields": {"subject": {"value": "scan0001", "hint": "Ditebak dari nama berkasnya. Periksa."}},
    }
    read(arrival)
    told = client.get(address(people, arrival)).json()
    assert told["is_done"] is True
    assert told["fields"]["dated"]["value"] == "2025-03-04"


def test_nobody_hears_of_a_file_in_anothers_inbox(arrival: Arrival, people: People, login: Any) -> None:
    read(arrival)
    for other in (people.region_admin, people.neighbour, people.verifier):
        assert login(other).get(address(people, arrival)).status_code == 404


def test_the_inbox_says_what_each_file_is_and_what_is_wrong(arrival: Arrival, people: People, login: Any) -> None:
    url = reverse("documents:inbox", args=[people.region.slug])
    actions.queue_arrival(arrival)
    client = login(people.operator)
    waiting = client.get(url).content.decode()
    assert "Isinya sedang dibaca mesin." in waiting
    assert "every 3s" in waiting
    read(arrival, Facts(kind="pdf", pages=build.FACTS.pages, fields=build.FIELDS, blank_pages=(1, 2), text_source="tanpa-teks", ocr_available=True))  # fmt: skip
    done = client.get(url).content.decode()
    assert "SK Kepala Daerah · 188.45/7/2025 · 4/3/2025" in done
    assert Finding.objects.get().title in done
    assert "every 3s" not in done


@pytest.mark.parametrize("number", [1, 4])
def test_the_inbox_asks_a_fixed_number_of_questions(
    people: People, login: Any, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        read(files.checked(people.region, people.operator, f"{n}.pdf", files.pdf_bytes(f"Isi {n}")))
    client = login(people.operator)
    with django_assert_num_queries(14) as asked:
        client.get(reverse("documents:inbox", args=[people.region.slug]))
    # It is asked again every three seconds while something is read: the texts stay where they are.
    assert not any('"reading_reading"."text"' in each["sql"] for each in asked.captured_queries)


def test_readings_of_the_inbox_stand_behind_no_other_door(arrival: Arrival, people: People) -> None:
    read(arrival)
    assert not queries.visible_to(people.region_admin, people.region).exists()
    assert not queries.visible_to(people.operator, people.region).exists()
