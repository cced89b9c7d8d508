"""What a document's kind and title tell of the indicators it proves: guesses only, silent where two speak alike."""

from __future__ import annotations

import pytest

from pamong.engine import edition, guesses

CODES = edition.load("iid-2026").innovation_codes


@pytest.mark.parametrize(
    ("instrument", "title", "expected"),
    [
        ("sk-kdh", "Tim Pelaksana Inovasi SIPPUT", ("17",)),
        ("laporan", "Tim Pelaksana Inovasi SIPPUT", ()),
        ("sk-opd", "Pembentukan jejaring pelayanan", ("24",)),
        ("perkada", "Penyelenggaraan Inovasi Daerah", ("16",)),
        ("anggaran", "DPA Dinas Kesehatan 2026", ("18",)),
        ("anggaran", "RKPD Tahun 2026", ("21",)),
        ("undangan", "Undangan Bimbingan Teknis SIPPUT", ("20",)),
        ("sop", "Permohonan kartu identitas anak", ("28",)),
        ("pedoman", "Pedoman Teknis dan SOP", ("26",)),
        ("laporan", "Laporan monitoring dan evaluasi semester I", ("34",)),
        ("video", "SIPPUT", ("35",)),
        ("lain", "scan0001", ()),
        ("lain", "dpanel", ()),  # a word within another is none
    ],
)
def test_kind_and_title_tell(instrument: str, title: str, expected: tuple[str, ...]) -> None:
    assert guesses.indicators(instrument, title, CODES) == expected


def test_what_the_year_does_not_have_is_not_guessed() -> None:
    assert guesses.indicators("sop", "SOP", ("16", "17")) == ()


@pytest.mark.parametrize("code", edition.available())
def test_every_indicator_named_stands_in_some_edition(code: str) -> None:
    known = set(edition.load(code).innovation_codes)
    named = {each for usual in guesses._usual() for each in usual.indicators}
    assert named & known
    if code == "iid-2026":
        assert named <= known


def test_two_that_speak_alike_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    alike = (guesses.Usual(("16",), words=("satu",)), guesses.Usual(("17",), words=("dua2",)))
    monkeypatch.setattr(guesses, "_usual", lambda: alike)
    assert guesses.indicators("lain", "satu dua2", CODES) == ()
    assert guesses.indicators("lain", "satu", CODES) == ("16",)
