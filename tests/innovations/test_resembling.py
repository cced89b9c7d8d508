"""While an innovation is written, those that are like it are shown; nothing is refused for it."""

from __future__ import annotations

from django.urls import reverse
from django_scopes import scope

from pamong.innovations import resembling
from pamong.innovations.models import Innovation
from tests.build import agency as build_agency
from tests.innovations import build, measure_resembling

SAID = {
    "name": "Antre Mandiri Puskesmas",
    "changed": "Dahulu pasien mengantre sejak subuh; sekarang kader membagikan jadwal antrean.",
}


def _made(region, agency, people):
    return build.innovation(
        agency,
        people.operator,
        name="Jadwal Antrean Kader",
        changed="Pasien tidak lagi antre sejak subuh: kader puskesmas menjadwalkan.",
    )


def test_the_likest_comes_first_and_what_is_not_alike_is_left_out(region, agency, people) -> None:
    near = _made(region, agency, people)
    build.innovation(agency, people.operator, name="Bank Sampah", changed="Warga menabung sampah plastik di kelurahan.")
    found = resembling.alike(people.operator, region, " ".join(SAID.values()))
    assert [one.innovation for one in found] == [near]


def test_too_few_words_find_nothing(region, agency, people) -> None:
    _made(region, agency, people)
    assert resembling.alike(people.operator, region, "antre") == []


def test_what_a_person_may_not_see_is_not_shown(region, agency, people) -> None:
    _made(region, agency, people)
    with scope(region=people.other_region):
        far = build.innovation(build_agency(people.other_region, "Dinas Jauh"), people.stranger, **SAID)
    text = " ".join(SAID.values())
    assert resembling.alike(people.neighbour, region, text) == []
    assert [one.innovation for one in resembling.alike(people.stranger, people.other_region, text)] == [far]


def test_the_form_comes_back_as_typed_with_what_is_like_it_and_nothing_is_saved(region, agency, people, login) -> None:
    near = _made(region, agency, people)
    answer = login(people.operator).post(reverse("innovations:capture", args=[region.slug]), {**SAID, "mirip": "1"})
    assert (answer.status_code, answer.context["form"]["name"].value()) == (200, SAID["name"])
    assert near.name in answer.text
    assert "catat sebagai replikasi" in answer.text
    assert Innovation.objects.count() == 1


def test_nothing_alike_is_said(region, people, login) -> None:
    answer = login(people.operator).post(reverse("innovations:capture", args=[region.slug]), {**SAID, "mirip": "1"})
    assert "Tidak ditemukan inovasi yang mirip" in answer.text


def test_the_same_idea_under_another_name_comes_first_and_in_other_words_is_shown() -> None:
    known = measure_resembling.shelf()
    (_, whole), _, (_, reworded) = measure_resembling.looked_up()
    assert [measure_resembling.shown(text, known)[0] for text in whole] == list(range(len(known)))
    assert all(at in measure_resembling.shown(text, known) for at, text in enumerate(reworded))
