"""Many files at once: which indicators of which innovation each proves."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from pamong.assessments.models import Claim, Entry, Proof
from pamong.assessments.pairing import guess
from pamong.evidence.models import Arrival, Document
from pamong.evidence.states import Reception
from pamong.reading import actions
from pamong.reading.bounded import Seen
from pamong.reading.facts import Facts, Page
from tests.assessments import build
from tests.assessments.state import everything
from tests.build import People
from tests.evidence import build as library
from tests.reading import build as reading

CODES = ("16", "17", "22", "23", "24")


def address(people: People) -> str:
    return reverse("assessments:pair", args=[people.region.slug, 2026])


def sent(people: People, name: str, content: bytes | None = None) -> Arrival:
    return library.checked(people.region, people.operator, name, content)


def row(arrival: Arrival, entry: Entry | None, indicators: str = "17", **more: str) -> dict[str, str]:
    told = {
        "entry": entry.code if entry else "",
        "indicators": indicators,
        "instrument": "sk-kdh",
        "subject": arrival.name,
        **more,
    }
    return {f"{arrival.code}-{name}": value for name, value in told.items()}


@pytest.fixture
def two(people: People) -> tuple[Entry, Entry]:
    return build.entry(people, levels={}, name="SIPPUT"), build.entry(people, levels={}, name="Kampung Organik Bersih")


@pytest.mark.parametrize(
    ("name", "whose", "indicators"),
    [
        ("17 SK tim SIPPUT.pdf", 0, ("17",)),
        ("ind 16, 22 kampung-organik bersih.pdf", 1, ("16", "22")),
        ("indikator_24_foto.pdf", None, ("24",)),
        ("99 lain.pdf", None, ()),
        ("scan0001.pdf", None, ()),
    ],
)
def test_the_name_of_a_file_tells_whose_it_is(
    people: People, two: tuple[Entry, Entry], name: str, whose: int | None, indicators: tuple[str, ...]
) -> None:
    made = guess(Arrival(name=name), two, two[0].assessment.edition, CODES)
    assert (made.entry, made.indicators) == ("" if whose is None else two[whose].code, indicators)


def test_one_innovation_alone_needs_no_telling(people: People, two: tuple[Entry, Entry]) -> None:
    assert guess(Arrival(name="scan.pdf"), two[:1], two[0].assessment.edition, CODES).entry == two[0].code


def test_the_table_comes_with_guesses_filled_in(people: People, login: Any, two: tuple[Entry, Entry]) -> None:
    arrival = sent(people, "17 SK tim SIPPUT 188.4-45-2026.pdf")
    page = login(people.operator).get(address(people)).content.decode()
    assert f'<option value="{two[0].code}" selected>' in page
    assert f'name="{arrival.code}-indicators" value="17"' in page
    assert f'name="{arrival.code}-number" value="188.4/45/2026"' in page


def test_what_is_right_is_kept_and_what_is_not_stays_with_its_reason(
    people: People, login: Any, two: tuple[Entry, Entry]
) -> None:
    good, two_proofs, wrong, unknown, left = (
        sent(people, "a.pdf"), sent(people, "b.pdf"), sent(people, "c.docx", library.docx_bytes()), sent(people, "d.pdf"), sent(people, "e.pdf"),
    )  # fmt: skip
    data = (
        row(good, two[0])
        | row(two_proofs, two[1], "16, 17")
        | row(wrong, two[0])
        | row(unknown, two[0], "99")
        | row(left, None)
    )
    answer = login(people.operator).post(address(people), data)
    page = answer.content.decode()
    assert (answer.status_code, "2 berkas dilampirkan sebagai bukti." in page) == (422, True)
    assert ("Isi berkas ini Word (DOCX)" in page, "Tidak ada indikator 99" in page) == (True, True)
    proofs = Proof.objects.values_list("claim__entry__innovation__name", "claim__indicator", "document__subject")
    assert set(proofs) == {
        ("SIPPUT", "17", "a.pdf"), ("Kampung Organik Bersih", "16", "b.pdf"), ("Kampung Organik Bersih", "17", "b.pdf"),
    }  # fmt: skip
    states = dict(Arrival.objects.values_list("name", "state"))
    assert states == {"a.pdf": "filed", "b.pdf": "filed", "c.docx": "ready", "d.pdf": "ready", "e.pdf": "ready"}
    assert Document.objects.count() == 2


def test_all_done_leads_back_to_what_is_left(people: People, login: Any, two: tuple[Entry, Entry]) -> None:
    answer = login(people.operator).post(address(people), row(sent(people, "a.pdf"), two[0]))
    assert (answer.status_code, answer["Location"]) == (302, address(people))


def test_a_file_known_to_the_library_is_attached_and_not_kept_twice(
    people: People, login: Any, two: tuple[Entry, Entry]
) -> None:
    content = library.pdf_bytes("sama")
    known = library.document(people.region, people.agency, people.operator, "Perwal", content=content)
    arrival = sent(people, "a.pdf", content)
    browser = login(people.operator)
    assert "Sudah ada di pustaka" in browser.get(address(people)).content.decode()
    browser.post(address(people), row(arrival, two[0]))
    arrival.refresh_from_db()
    assert (Proof.objects.get().document, Document.objects.count()) == (known, 1)
    assert (arrival.state, arrival.document) == (Reception.FILED, known)


def test_nobody_pairs_with_an_innovation_of_another_house(people: People, login: Any, two: tuple[Entry, Entry]) -> None:
    arrival = library.checked(people.region, people.neighbour, "a.pdf")
    before = everything()
    answer = login(people.neighbour).post(address(people), row(arrival, two[0]))
    assert (answer.status_code, everything()) == (422, before)
    assert "SIPPUT" not in answer.content.decode()


def test_a_file_in_anothers_inbox_is_not_touched(people: People, login: Any, two: tuple[Entry, Entry]) -> None:
    arrival = sent(people, "a.pdf")
    login(people.region_admin).post(address(people), row(arrival, two[0]))
    assert (Arrival.objects.get().state, Claim.objects.count()) == (Reception.READY, 0)


def read(arrival: Arrival, *lines: str) -> None:
    """``arrival`` as if the machine had read these lines in it, and the usual number and date."""
    text = "\n".join(lines)
    facts = Facts(kind="pdf", pages=(Page(1, text),), text_source="asli", fields=reading.FIELDS)
    actions.finish(actions.queue_arrival(arrival), Seen(facts))


def test_what_was_read_tells_what_the_name_does_not(people: People, login: Any, two: tuple[Entry, Entry]) -> None:
    arrival = sent(people, "scan0001.pdf")
    before = login(people.operator).get(address(people)).content.decode()
    assert f'<option value="{two[1].code}" selected>' not in before
    read(arrival, "KEPUTUSAN WALI KOTA CONTOH", "tim pelaksana KAMPUNG ORGANIK BERSIH")
    page = login(people.operator).get(address(people)).content.decode()
    assert f'<option value="{two[1].code}" selected>' in page
    assert f'name="{arrival.code}-number" value="188.45/7/2025"' in page
    assert f'name="{arrival.code}-dated" value="2025-03-04"' in page
    assert "Ditebak: inovasinya disebut di dalamnya." in page
    assert (Claim.objects.count(), Document.objects.count()) == (0, 0)


def test_a_document_that_names_two_innovations_tells_of_neither(people: People, two: tuple[Entry, Entry]) -> None:
    facts = Facts(kind="pdf", pages=(Page(1, "SIPPUT dan Kampung Organik Bersih"),))
    made = guess(Arrival(name="scan.pdf"), two, two[0].assessment.edition, CODES, facts)
    assert (made.entry, made.because) == ("", "")


def test_a_row_nobody_filled_in_stays_without_a_word(people: People, login: Any) -> None:
    only = build.entry(people, levels={}, name="SIPPUT")
    arrival = sent(people, "scan.pdf")
    client = login(people.operator)
    assert f'<option value="{only.code}" selected>' in client.get(address(people)).content.decode()
    answer = client.post(address(people), row(arrival, only, indicators=""))
    assert (answer.status_code, Claim.objects.count(), Arrival.objects.get().state) == (302, 0, Reception.READY)


def test_an_innovation_chosen_without_an_indicator_asks_for_one(
    people: People, login: Any, two: tuple[Entry, Entry]
) -> None:
    arrival = sent(people, "scan.pdf")
    answer = login(people.operator).post(address(people), row(arrival, two[0], indicators=""))
    assert answer.status_code == 422
    assert "Tulis nomor indikator yang dibuktikan berkas ini" in answer.content.decode()


def test_the_name_a_person_gave_goes_before_what_was_read(people: People, two: tuple[Entry, Entry]) -> None:
    facts = Facts(kind="pdf", pages=(Page(1, "Kampung Organik Bersih"),))
    made = guess(Arrival(name="17 SK tim SIPPUT.pdf"), two, two[0].assessment.edition, CODES, facts)
    assert (made.entry, made.indicators) == (two[0].code, ("17",))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_of_files_read_asks_a_fixed_number_too(
    people: People, login: Any, two: tuple[Entry, Entry], rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        read(sent(people, f"{number}.pdf"), "SIPPUT")
    browser = login(people.operator)
    with django_assert_num_queries(11):
        browser.get(address(people))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_asks_a_fixed_number_of_questions(
    people: People, login: Any, two: tuple[Entry, Entry], rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        sent(people, f"{number}.pdf")
    browser = login(people.operator)
    with django_assert_num_queries(10):
        browser.get(address(people))
