"""Documents that are like one another are found, compared for real, and shown only to those who may see both."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from PIL import Image

from pamong.reading import actions, likeness, resembling
from pamong.reading.facts import Facts, Page
from pamong.reading.models import Resemblance
from pamong.reading.reader import prints
from pamong.reading.stems import stems
from tests.build import agency as build_agency
from tests.evidence.build import document, pdf_bytes
from tests.reading import build
from tests.reading.corpus import papers

BODY = " ".join(
    f"butir{n} pelayanan warga kelurahan bagian{n * 7 % 83} diperbaiki oleh tim{n * 13 % 59}" for n in range(60)
)


def _print(image: Image.Image) -> likeness.Print:
    hashed, thumb = prints.of_picture(np.asarray(image.convert("L")))
    return likeness.Print(1, int(hashed, 16), bytes.fromhex(thumb))


def _facts(text: str) -> Facts:
    return Facts(kind="pdf", pages=(Page(1, text),), text_source="asli")


@pytest.fixture
def two(region, agency, people):
    """The same report under two titles, in two agencies, and one that has nothing to do with them."""
    first = document(region, agency, people.operator, "Laporan Awal")
    second = document(region, people.other_agency, people.neighbour, "Laporan Lain")
    third = document(region, agency, people.operator, "Undangan")
    for one, text in ((first, f"LAPORAN AWAL {BODY}"), (second, f"KAJIAN LENGKAP {BODY}"), (third, BODY[::-1])):
        build.read(one, _facts(text))
        _compare(one)
    return first, second


def _compare(one) -> None:
    with scopes_disabled():
        version = one.versions.select_related("region").get(is_current=True)
        actions.resemble(version, resembling.alike(version))


def test_the_same_report_with_another_title_is_found_from_both_sides(two) -> None:
    first, second = (one.versions.get() for one in two)
    assert sorted(Resemblance.objects.values_list("version", "other", "kind")) == sorted(
        [(first.pk, second.pk, "same-text"), (second.pk, first.pk, "same-text")]
    )


def test_compared_twice_nothing_is_doubled(two) -> None:
    _compare(two[0])
    assert Resemblance.objects.count() == 2


def test_only_who_may_read_both_sees_them_side_by_side(two, region, people, login) -> None:
    first, second = two
    page = reverse("documents:compare", args=[region.slug, first.code, second.code])
    assert [login(getattr(people, who)).get(page).status_code for who in ("verifier", "operator", "neighbour")] == [
        200,
        404,
        404,
    ]
    detail = reverse("documents:detail", args=[region.slug, first.code])
    assert "Laporan Lain" in login(people.verifier).get(detail).text
    assert "Laporan Lain" not in login(people.operator).get(detail).text


def test_a_document_of_another_region_shows_only_to_readers_of_both(two, region, people, login) -> None:
    other = people.other_region
    with scope(region=other):
        copied = document(
            other, build_agency(other, "Dinas Jauh"), people.stranger, "Salinan Jauh", content=pdf_bytes("Jauh")
        )
        build.read(copied, _facts(BODY))
    _compare(copied)
    detail = reverse("documents:detail", args=[region.slug, two[0].code])
    seen = {
        who: "Salinan Jauh" in login(getattr(people, who)).get(detail).text
        for who in ("nation_reader", "verifier", "operator")
    }
    assert seen == {"nation_reader": True, "verifier": False, "operator": False}


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_for_one_twin_and_three(region, agency, people, login, many: int) -> None:
    made = [document(region, agency, people.operator, f"Laporan {n}") for n in range(many + 1)]
    for one in made:
        build.read(one, _facts(f"{one.subject} {BODY}"))
        _compare(one)
    browser = login(people.verifier)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(reverse("documents:detail", args=[region.slug, made[0].code]))
    assert len(answer.context["twins"]) == many
    # session, person, region, seats; document, current version, versions; reading, findings; resemblances, others, their versions; what
    # the floor above says of its claims (2)
    assert len(asked) == 14, [query["sql"] for query in asked]


@pytest.mark.parametrize("share", [0.9, 0.75, 0.6, 0.5])
def test_a_cropped_photograph_is_known_again(share: float) -> None:
    random = Random(share)
    photos = [papers.photo(Random(n), (640, 480)) for n in range(6)]
    shelf = [_print(one) for one in photos]
    for at, whole in enumerate(photos):
        width, height = int(640 * share), int(480 * share)
        left, top = random.randrange(640 - width + 1), random.randrange(480 - height + 1)
        found = likeness.pictures(_print(whole.crop((left, top, left + width, top + height))), shelf)
        assert [place for place, _ in found] == [at]


def test_a_picture_saved_again_is_the_same_and_a_blank_one_is_like_nothing() -> None:
    photo = papers.photo(Random(1), (640, 480))
    smaller = photo.resize((500, 375))
    assert [one.kind for _, one in likeness.pictures(_print(smaller), [_print(photo)])] == ["same-picture"]
    assert likeness.pictures(_print(Image.new("L", (640, 480), 200)), [_print(photo)]) == []
    assert likeness.pictures(_print(photo), []) == []


def _photograph(region, agency, by, photo: Image.Image):
    made = document(region, agency, by, content=papers.picture_bytes(photo, "PNG"), name="a.png", instrument="gambar")
    hashed, thumb = prints.of_picture(np.asarray(photo.convert("L")))
    build.read(made, Facts(kind="image"), (("picture", 1, hashed, thumb),))
    return made


def test_an_old_photograph_saved_again_is_known_however_many_came_since(region, agency, people, monkeypatch) -> None:
    monkeypatch.setattr(resembling, "PICTURES", 2)
    first, *_ = [_photograph(region, agency, people.operator, papers.photo(Random(n), (640, 480))) for n in range(6)]
    again = _photograph(region, agency, people.operator, papers.photo(Random(0), (640, 480)).resize((500, 375)))
    assert [version.document for version, _ in resembling.alike(again.current)] == [first]


def _screenshot(region, agency, by, *lines: str):
    image = papers.screenshot(Random(3), list(lines))
    made = document(
        region,
        agency,
        by,
        lines[0],
        content=papers.picture_bytes(image, "PNG"),
        name="a.png",
        instrument="gambar",
    )
    hashed, thumb = prints.of_picture(np.asarray(image.convert("L")))
    seen = Facts(kind="image", pages=(Page(1, "\n".join(lines), "ocr"),), text_source="ocr")
    build.read(made, seen, (("picture", 1, hashed, thumb),))
    return made


def test_two_screenshots_of_one_form_are_alike_only_if_they_say_the_same(region, agency, people) -> None:
    form = ("Masuk ke akun Anda", "Daftar pengaduan warga", "Unduh laporan bulan ini")
    first, other = (
        _screenshot(region, agency, people.operator, f"Layanan {name}", *form) for name in ("SIPPUT", "DataGO")
    )
    again = _screenshot(region, people.other_agency, people.neighbour, "Layanan SIPPUT", *form)
    for one in (first, other, again):
        _compare(one)
    pairs = {frozenset(pair) for pair in Resemblance.objects.values_list("version__document", "other__document")}
    assert pairs == {frozenset((first.pk, again.pk))}


def test_two_decrees_on_one_form_are_not_called_the_same() -> None:
    words = [f"butir{n} ketentuan{n * 3} pelaksana{n * 5}" for n in range(60)]
    one, other = (
        " ".join(f"{word} {name}" if n % 12 == 5 else word for n, word in enumerate(words))
        for name in ("sipput", "datago")
    )
    assert 0.8 < likeness.texts(stems(one), stems(other)) < likeness.ALIKE_TEXT
    assert likeness.texts(stems(one), stems(f"{one} lampiran baru")) == 1.0


def test_texts_that_share_a_form_but_not_their_matter_are_not_the_same() -> None:
    form = "menimbang bahwa perlu menetapkan keputusan tentang tim pelaksana dengan susunan sebagai berikut "
    one, other = (form + " ".join(f"{word}{n} nama{n} jabatan{word}{n}" for n in range(60)) for word in ("satu", "dua"))
    assert likeness.texts(stems(one), stems(other)) < likeness.ALIKE_TEXT
    assert likeness.texts(stems(one), stems(f"SAMPUL LAIN {one}")) == 1.0
    assert likeness.texts(stems("pendek"), stems("pendek")) == 0.0


def test_keys_of_near_hashes_meet() -> None:
    value = 0x0123_4567_89AB_CDEF
    for bits in ((0,), (0, 17, 40), (1, 2, 19, 20, 35, 36, 60)):
        near = value
        for bit in bits:
            near ^= 1 << bit
        assert set(likeness.probes(value)) & set(likeness.hash_keys(near))
    assert not set(likeness.probes(value)) & set(likeness.hash_keys(~value & (1 << 64) - 1))
