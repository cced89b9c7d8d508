"""Days, months and shares read from the words offices write them in: the reading that claims least, and never a block."""

from __future__ import annotations

import pytest

from pamong.checks.rules import measures
from pamong.checks.rules.counts import counted
from pamong.checks.rules.instruments import accepted
from pamong.engine import checks as looked_for
from pamong.reading.facts import Page, Severity
from tests.checks import measure
from tests.checks.test_rules import case, paper

RULES = looked_for.load("iid-2026").by_code


def read(code: str, *pages: str) -> float | None:
    rule = RULES[code].counting
    assert rule is not None
    found = measures.measured(rule, [Page(at, text) for at, text in enumerate(pages, 1)])
    return None if found is None else round(found.value, 2)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Waktu penyelesaian : 3 (tiga) hari", 3),
        ("Waktu penyelesaian\nsatu hari kerja", 1),
        ("Jangka waktu penyelesaian 5 hari kerja", 5),
        ("Jangka waktu 6 hari kerja sejak berkas lengkap", 8),
        ("Total waktu: 45 menit", 1),
        ("Waktu pelayanan 30 jam", 2),
        ("waktu layanan 2 - 4 hari", 4),
        ("Waktu penyelesaian 1 hari; waktu layanan hari libur 2 minggu", 14),
        ("Waktu penyelesaian 1 hari; jangka waktu banding 2 minggu", 1),
        ("Masa simpan arsip 5 tahun", None),
        ("Waktu penyelesaian sesuai antrean", None),
    ],
)
def test_days_of_a_service(text: str, days: float | None) -> None:
    assert read("28", text) == days


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Lama penciptaan inovasi: 4 bulan", 4),
        ("Waktu penciptaan 90 hari", 3),
        ("Waktu penciptaan 100 hari kalender", 4),
        ("Inovasi dibangun dalam satu tahun", 12),
        ("Kecepatan penciptaan 6 minggu", 2),
        ("Inovasi berjalan selama 2 tahun", None),
    ],
)
def test_months_of_a_making(text: str, months: float | None) -> None:
    assert read("32", text) == months


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Rasio penyelesaian pengaduan 92%", 92),
        ("Rasio penyelesaian = 45 / 50 x 100% = 90%", 90),
        ("Persentase penyelesaian : 87,5 persen", 87.5),
        ("Jumlah pengaduan masuk: 40\nJumlah pengaduan diselesaikan: 38", 95),
        ("Pengaduan masuk 40, diselesaikan 20. Rasio penyelesaian 95%", 50),  # the smaller of two that differ
        ("Pengaduan masuk 10, diselesaikan 12", None),
        ("Jumlah pengaduan masuk: 40", None),
        ("Tingkat penyelesaian 250%", None),
    ],
)
def test_share_of_complaints(text: str, share: float | None) -> None:
    assert read("29", text) == share


def test_the_page_and_the_words_are_told() -> None:
    rule = RULES["28"].counting
    assert rule is not None
    found = measures.measured(rule, [Page(1, "Sampul"), Page(2, "Waktu  penyelesaian\n: 3 hari kerja sejak diterima")])
    assert found == measures.Measure(3, 2, "Waktu penyelesaian : 3 hari kerja")


@pytest.mark.parametrize(
    ("code", "instrument", "text", "level", "severity", "supports"),
    [
        ("28", "sop", "Waktu penyelesaian 1 hari", 3, Severity.INFORMS, 3),
        ("28", "sop", "Waktu penyelesaian 3 hari", 3, Severity.WARNS, 2),
        ("28", "sop", "Waktu penyelesaian 9 hari", 2, Severity.WARNS, 1),
        ("32", "laporan", "Waktu penciptaan 5 bulan", 3, Severity.WARNS, 2),
        ("29", "gambar", "Rasio penyelesaian 91%", 3, Severity.INFORMS, 3),
        ("29", "gambar", "Rasio penyelesaian 40%", 2, Severity.WARNS, 1),
    ],
)
def test_a_measure_advises_and_never_blocks(
    code: str, instrument: str, text: str, level: int, severity: Severity, supports: int
) -> None:
    [found] = list(counted(case(code, level, paper(text, kind=instrument))))
    assert (found.rule, found.severity, found.supports, found.page) == ("measure", severity, supports, 1)
    assert found.passage in text


def test_of_two_papers_the_one_that_claims_least_counts() -> None:
    quick, slow = (paper(f"Waktu penyelesaian {days} hari", kind="sop", key=days) for days in (1, 4))
    [found] = list(counted(case("28", 3, quick, slow)))
    assert (found.paper, found.supports) == (4, 2)
    assert list(counted(case("28", 3, paper("Alur layanan", kind="sop")))) == []


def test_every_edition_says_beside_which_words_to_look() -> None:
    for code in ("iid-2023", "iid-2024", "iid-2025", "iid-2026", "iid-2027", "iid-2028", "iid-2029"):
        rules = looked_for.load(code).by_code
        assert all(rules[each].counting and rules[each].counting.near for each in ("28", "29", "32"))


def test_a_manual_that_is_an_sop_too_is_taken_as_one() -> None:
    bound = paper("PEDOMAN TEKNIS DAN SOP\nLangkah satu", kind="pedoman", subject="Pedoman Teknis dan SOP")
    assert list(accepted(case("28", 2, bound), bound)) == []
    manual = paper("PEDOMAN TEKNIS\nLangkah satu, lihat SOP terpisah", kind="pedoman", subject="Pedoman teknis layanan")
    [found] = list(accepted(case("28", 2, manual), manual))
    assert "adalah buku pedoman; indikator ini meminta SOP" in found.message


def test_lines_the_rules_were_mended_by_are_read_and_few_others_wrongly() -> None:
    seen, held = measure.forms("seen"), measure.forms("held")
    assert (seen.wrong, seen.missed) == (0, 4)
    assert held.wrong <= 2
