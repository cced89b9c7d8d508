"""The parts a video shows in writing, against the level claimed: advice with minutes, never a block, and silence where it mostly speaks."""

from __future__ import annotations

from pamong.checks.rules import advice, examine
from pamong.engine import checks as looked_for
from pamong.reading.facts import Shown, VideoFacts
from tests.checks.test_rules import case, only, paper, said


def film(*screens: str, key: int = 1):
    shown = tuple(Shown(at * 40 + 5, text) for at, text in enumerate(screens))
    return paper(kind="video", key=key, video=VideoFacts(200.0, 1280, 720, True, True, shown))


ALL = ("Latar Belakang Masalah", "Penjaringan ide", "Ide terpilih", "MANFAAT", "Dampak bagi warga")


def test_all_five_support_the_highest_level_each_with_its_minute() -> None:
    found = only(case("35", 3, film(*ALL)), "count")
    assert (found.severity.value, found.supports) == ("informs", 3)
    assert found.message == "Terbaca 5 dari 5 unsur di layar video: mendukung tingkat 3."
    assert found.passage.startswith("latar belakang (0:05); penjaringan ide (0:45); pemilihan ide (1:25)")


def test_what_is_not_seen_is_named_and_only_advised() -> None:
    claim = case("35", 3, film(*ALL[:3], "Terima kasih", "manfaatkan"))
    found = only(claim, "count")
    assert (found.severity.value, found.supports) == ("warns", 2)
    assert found.message == "Terbaca 3 dari 5 unsur di layar video; belum tampak: manfaat, dampak."
    assert advice(examine(claim)) == 2


def test_a_film_that_mostly_speaks_is_not_held_against_anybody() -> None:
    for screens in ((), ("Terima kasih",), ("Manfaat", "Dampak")):
        assert said(case("35", 3, film(*screens)), "count") == []
    assert said(case("35", 1, film("Manfaat")), "count") == [("informs", 1)]


def test_of_two_films_the_one_that_shows_more_counts() -> None:
    assert only(case("35", 3, film("Manfaat"), film(*ALL, key=2)), "count").paper == 2


def test_every_edition_counts_the_five_parts() -> None:
    for year in range(2023, 2030):
        rule = looked_for.load(f"iid-{year}").by_code["35"].counting
        assert rule is not None
        assert [each.name for each in rule.elements] == [
            "latar belakang", "penjaringan ide", "pemilihan ide", "manfaat", "dampak",
        ]  # fmt: skip
