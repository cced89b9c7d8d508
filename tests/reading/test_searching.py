"""The library is searched by what stands in its documents, the same on every database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pamong.evidence import actions as library
from pamong.evidence import queries
from pamong.evidence.models import Document
from pamong.reading.facts import Facts, Page
from pamong.reading.models import Words
from pamong.reading.searching import passages, search
from pamong.reading.stems import bag, stems
from tests.evidence.build import document, pdf_bytes, upload
from tests.reading import build

TEXTS = {
    "Tim Pelaksana SIPPUT": "KEPUTUSAN WALI KOTA\nMemutuskan menetapkan pengelola layanan pengaduan nomor 188.45/7/2025",
    "Laporan Kampung Organik": "Pengomposan dilakukan warga RT 05.\fHalaman dua menyebut e-Posyandu dan Cafés.",
    "Undangan Rapat": "Mengharap kehadiran Saudara pada rapat pengelolaan sampah",
}


def _with_text(text: str) -> Facts:
    pages = tuple(Page(n, one) for n, one in enumerate(text.split("\f"), 1))
    return Facts(kind="pdf", pages=pages, text_source="asli")


@pytest.fixture
def shelf(region, agency, people) -> dict[str, Document]:
    made = {subject: document(region, agency, people.operator, subject) for subject in TEXTS}
    for subject, text in TEXTS.items():
        build.read(made[subject], _with_text(text))
    return made


def _found(people, region, words: str, **narrowed) -> list[str]:
    return [one.subject for one in search(queries.visible_to(people.verifier, region), words=words, **narrowed)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Undangan Rapat", "Laporan Kampung Organik", "Tim Pelaksana SIPPUT"]),
        ("keputusan", ["Tim Pelaksana SIPPUT"]),
        ("diputuskan", ["Tim Pelaksana SIPPUT"]),  # another form of the same stem
        ("kelola", ["Undangan Rapat", "Tim Pelaksana SIPPUT"]),
        ("pengelolaan sampah", ["Undangan Rapat"]),
        ("188.45/7/2025", ["Tim Pelaksana SIPPUT"]),
        ("posyandu", ["Laporan Kampung Organik"]),
        ("CAFÉS", ["Laporan Kampung Organik"]),
        ("organik kompos", ["Laporan Kampung Organik"]),  # one word in the subject, one in the text
        ("sipput kampung", []),
        ("yang", []),  # a word that says nothing is not sought in texts
        ("'); DROP TABLE", []),
        ('"', []),
        ("* OR NEAR(", []),
        ("' & '", []),
    ],
)  # fmt: skip
def test_words_find_documents_by_stem(shelf, people, region, words: str, found: list[str]) -> None:
    assert _found(people, region, words) == found


def test_what_is_named_so_comes_before_what_only_mentions_it(shelf, region, agency, people) -> None:
    older = document(region, agency, people.operator, "Sampah Terpilah")
    newer = document(region, agency, people.operator, "Catatan")
    build.read(newer, _with_text("tentang sampah"))
    assert _found(people, region, "sampah") == [older.subject, newer.subject, "Undangan Rapat"]


def test_a_replaced_text_is_no_longer_found(shelf, region, people) -> None:
    library.add_version(shelf["Undangan Rapat"], by=people.operator, file=upload(pdf_bytes("Lain"), "lain.pdf"))
    assert _found(people, region, "kehadiran") == []
    build.read(shelf["Undangan Rapat"], _with_text("daftar hadir"))
    assert _found(people, region, "hadir") == ["Undangan Rapat"]


def test_read_again_with_another_text_the_old_one_is_forgotten(shelf, region, people) -> None:
    reading = shelf["Undangan Rapat"].versions.get().readings.get()
    build.actions.finish(reading, build.bounded.Seen(_with_text("isi baru")))
    assert (_found(people, region, "sampah"), _found(people, region, "baru")) == ([], ["Undangan Rapat"])
    assert Words.objects.count() == 3


def test_search_shows_only_what_a_person_may_read(shelf, people, region) -> None:
    assert list(search(queries.visible_to(people.neighbour, region), words="sampah")) == []
    assert list(search(queries.visible_to(people.stranger, region), words="sampah")) == []


def test_year_and_kind_narrow_the_words(shelf, people, region) -> None:
    assert _found(people, region, "kelola", instrument="laporan") == []
    assert _found(people, region, "kelola", year=1999) == []


def test_the_passage_says_on_which_page_the_word_stands(shelf) -> None:
    report = shelf["Laporan Kampung Organik"]
    assert {key: (one.page, one.text) for key, one in passages([report], "posyandu").items()} == {
        report.pk: (2, "Halaman dua menyebut e-Posyandu dan Cafés.")
    }
    assert passages([report], "dan") == {}
    assert passages([report], "(") == {}


def test_stems_leave_out_what_says_nothing() -> None:
    assert stems("Keputusan yang memutuskan, untuk Pelayanan-nya") == ["putus", "putus", "layan"]
    assert bag(["b a b", "É"]) == "a b e"


@pytest.mark.parametrize("many", [1, 3])
def test_searching_asks_the_same_for_one_hit_and_three(region, agency, people, login, many: int) -> None:
    for n in range(many):
        build.read(
            document(region, agency, people.operator, f"Dokumen {n}"),
            replace(_with_text("sampah kota"), blank_pages=(1,)),
        )
    browser = login(people.verifier)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse("documents:list", args=[region.slug]), {"q": "sampah"})
    assert [one.passage.text for one in answer.context["page"]] == ["sampah kota"] * many
    assert "Perlu diperbaiki" in answer.text
    # session, person, region, seats; agency filter twice (choice, list); count, documents, versions, findings, passages
    assert len(asked) == 10, [query["sql"] for query in asked]
