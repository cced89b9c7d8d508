"""The page of a document shows what the machine saw, and offers it without saving anything."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from pamong.evidence.models import Document
from pamong.reading import actions
from pamong.reading.facts import Facts
from tests.evidence.build import document
from tests.reading import build


@pytest.fixture
def decree(region, agency, people):
    return document(region, agency, people.operator, instrument="lain", number="", dated=None)


@pytest.fixture
def address(region, decree):
    return lambda name: reverse(f"documents:{name}", args=[region.slug, decree.code])


def test_a_document_not_read_yet_says_so(decree, people, login, address) -> None:
    answer = login(people.operator).get(address("detail"))
    assert "Belum dibaca" in answer.text


def test_while_it_is_read_the_page_renews_itself(decree, people, login, address) -> None:
    reading = actions.begin(actions.queue(decree.versions.get()).pk)
    actions.progress(reading, 3, 8)
    page = login(people.operator).get(address("detail")).text
    assert "3 dari 8 halaman terbaca" in page
    assert "data-watch" in page
    assert "Perbarui</a></p></noscript>" in page


def test_once_it_is_read_the_page_stands_still(decree, people, login, address) -> None:
    build.read(decree)
    page = login(people.operator).get(address("detail")).text
    assert "data-watch" not in page
    assert "Perbarui" not in page


def test_a_finding_leads_to_its_page(decree, people, login, address) -> None:
    build.read(decree, Facts(kind="pdf", pages=build.FACTS.pages, blank_pages=(2,), text_source="asli"))
    browser = login(people.operator)
    page = browser.get(address("detail")).text
    assert "Ada halaman kosong: 2" in page
    assert "?versi=1&amp;halaman=2#pratinjau" in page
    assert "berkas/1/#page=2&amp;" in browser.get(address("detail") + "?versi=1&halaman=2").text


@pytest.mark.parametrize("asked", ["0", "-1", "x", "99999", "1;2"])
def test_a_page_that_cannot_be_is_ignored(decree, people, login, address, asked: str) -> None:
    answer = login(people.operator).get(address("detail"), {"halaman": asked})
    assert (answer.status_code, "#page=" in answer.text) == (200, False)


def test_what_was_read_is_offered_but_not_saved(decree, people, login, address) -> None:
    build.read(decree)
    browser = login(people.operator)
    page = browser.get(address("detail")).text
    assert "Isikan ke formulir, lalu periksa" in page
    form = browser.get(address("fill")).context["form"]
    assert (form["number"].value(), form["dated"].value(), form["instrument"].value(), form["subject"].value()) == (
        "188.45/7/2025", date(2025, 3, 4), "sk-kdh", decree.subject,
    )  # fmt: skip
    decree.refresh_from_db()
    assert (decree.number, decree.dated) == ("", None)


def test_a_person_confirms_and_only_then_it_is_written(decree, people, login, address) -> None:
    build.read(decree)
    browser = login(people.operator)
    form = browser.get(address("fill")).context["form"]
    sent = {
        "base": form["base"].value(),
        "instrument": "sk-kdh",
        "subject": "Tim",
        "number": "188.45/7/2025",
        "dated": "2025-03-04",
    }
    answer = browser.post(address("fill"), sent)
    assert (answer.status_code, answer.url) == (302, address("detail"))
    assert Document.objects.values_list("number", "dated", "subject").get() == (
        "188.45/7/2025",
        date(2025, 3, 4),
        "Tim",
    )
    assert "Isikan ke formulir" not in browser.get(address("detail")).text.split("Penerbit")[0]


def test_a_form_filled_wrongly_keeps_what_was_typed(decree, people, login, address) -> None:
    build.read(decree)
    answer = login(people.operator).post(address("fill"), {"subject": "", "number": "12", "instrument": "sk-kdh"})
    assert (answer.status_code, answer.context["form"]["number"].value()) == (422, "12")
    decree.refresh_from_db()
    assert decree.number == ""


def test_what_contradicts_the_paper_is_shown_beside_it(region, agency, people, login) -> None:
    wrong = document(region, agency, people.operator, number="188.45/9/2025", instrument="perda")
    build.read(wrong)
    page = login(people.operator).get(reverse("documents:detail", args=[region.slug, wrong.code])).text
    assert "Tertulis: 188.45/9/2025" in page
    assert "Tertulis: Peraturan Daerah" in page


def test_read_again_is_asked_from_the_page(decree, people, login, address) -> None:
    build.read(decree)
    answer = login(people.verifier).post(address("read_again"), follow=True)
    assert "Dokumen masuk antrean pembacaan." in answer.text


@pytest.mark.parametrize("name", ["detail", "fill", "read_again"])
def test_strangers_find_nothing(decree, people, login, address, name: str) -> None:
    browser = login(people.neighbour)
    answer = browser.post(address(name)) if name == "read_again" else browser.get(address(name))
    assert answer.status_code == 404
