"""Whether an innovation may enter a year, and what to do if not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pamong.engine.edition import load
from pamong.engine.eligibility import Candidate, Finding, Severity, findings, in_window, may_enter
from tests.engine.given import EDITION

DESIGN = "<p>" + "kata " * 300 + "</p>"
GOOD = Candidate(
    stage="penerapan",
    applied_on=date(2025, 6, 2),
    trial_on=date(2025, 2, 3),
    design=DESIGN,
    levels=dict.fromkeys(EDITION.mandatory_codes, 1),
    named_in_regulation=True,
    criteria=dict.fromkeys((each.code for each in EDITION.criteria), True),
)


def finding(code: str, **facts: Any) -> Finding:
    """What the rule ``code`` says of a good candidate with other ``facts``."""
    found = {each.code: each for each in findings(EDITION, replace(GOOD, **facts))}
    others = {each.code for each in found.values() if not each.ok} - {code}
    assert others == set()
    return found[code]


def test_a_good_innovation_may_enter_and_every_rule_says_so() -> None:
    found = findings(EDITION, GOOD)
    assert [(each.code, each.severity) for each in found] == [
        (code, Severity.OK)
        for code in [
            "stage",
            "window",
            "trial",
            "entries",
            "mandatory",
            "design",
            "regulation",
            "duplicates",
            "criteria",
        ]
    ]
    assert may_enter(found)


@pytest.mark.parametrize(
    ("code", "facts", "severity", "message"),
    [
        ("stage", {"stage": "uji-coba"}, "blocking", "Tahapan inovasi ini “Uji coba”; yang dinilai hanya Penerapan."),
        ("stage", {"stage": "tidur"}, "blocking", "Tahapan inovasi ini “tidur”; yang dinilai hanya Penerapan."),
        ("window", {"applied_on": date(2023, 12, 31), "trial_on": date(2023, 6, 1)}, "blocking", "Waktu penerapan lebih awal daripada 1 Januari 2024 sampai 31 Desember 2025."),
        ("window", {"applied_on": date(2026, 1, 1)}, "blocking", "Inovasi baru diterapkan sesudah 2025; tahun 2026 menilai penerapan 1 Januari 2024 sampai 31 Desember 2025."),
        ("window", {"applied_on": date(2023, 1, 1), "trial_on": date(2022, 6, 1), "developed_on": date(2024, 1, 1)}, "ok", "Inovasi dikembangkan dalam 1 Januari 2024 sampai 31 Desember 2025."),
        ("window", {"applied_on": date(2023, 1, 1), "trial_on": date(2022, 6, 1), "developed_on": date(2026, 1, 1)}, "blocking", "Waktu penerapan lebih awal daripada 1 Januari 2024 sampai 31 Desember 2025."),
        ("trial", {"trial_on": None}, "unknown", "Waktu uji coba belum diketahui."),
        ("trial", {"trial_on": date(2025, 6, 3)}, "blocking", "Waktu uji coba sesudah waktu penerapan."),
        ("trial", {"trial_on": date(2024, 6, 2)}, "ok", "Waktu uji coba wajar."),
        ("trial", {"trial_on": date(2024, 6, 1)}, "warning", "Uji coba berlangsung lebih dari 12 bulan."),
        ("entries", {"times_entered": 1}, "ok", "Sudah 1 dari paling banyak 2 kali dinilai."),
        ("entries", {"times_entered": 2}, "blocking", "Sudah 2 kali dinilai; paling banyak 2 kali."),
        ("entries", {"times_entered": 2, "developed_on": date(2025, 9, 1)}, "warning", "Sudah 2 kali dinilai; paling banyak 2 kali."),
        ("mandatory", {"levels": {"16": 1, "17": 1, "32": 0, "33": 1}}, "blocking", "Indikator wajib belum terisi: 32 Kecepatan penciptaan inovasi; 35 Video inovasi daerah."),
        ("design", {"design": DESIGN.replace("kata ", "", 1)}, "blocking", "Rancang bangun baru memuat 299 dari sedikitnya 300 kata."),
        ("regulation", {"named_in_regulation": None}, "unknown", "Belum diketahui apakah nama inovasi tercantum dalam regulasi."),
        ("regulation", {"named_in_regulation": False}, "blocking", "Nama inovasi tidak tercantum dalam regulasi."),
        ("duplicates", {"duplicate_of": ("SIPPUT", "Pak Waris")}, "blocking", "Inovasi yang sama sudah ada: SIPPUT, Pak Waris."),
        ("criteria", {"criteria": None}, "unknown", "Belum semua kriteria PP 38/2017 dijawab."),
        ("criteria", {"criteria": {"replikasi": False}}, "blocking", "Kriteria belum terpenuhi: Dapat direplikasi."),
    ],
)  # fmt: skip
def test_each_rule_says_what_is_the_case(code: str, facts: dict[str, Any], severity: str, message: str) -> None:
    found = finding(code, **facts)
    assert (found.severity, found.message) == (severity, message)
    assert bool(found.remedy) is not found.ok
    assert EDITION.cite(found.source)


def test_an_innovation_without_a_date_may_not_enter() -> None:
    found = {each.code: each for each in findings(EDITION, replace(GOOD, applied_on=None))}
    assert (found["window"].severity, found["trial"].severity) == (Severity.BLOCKING, Severity.UNKNOWN)
    assert found["window"].message == "Waktu penerapan belum diisi."


def test_what_is_unknown_does_not_block_but_a_broken_rule_does() -> None:
    assert may_enter(findings(EDITION, replace(GOOD, named_in_regulation=None, trial_on=None, criteria=None)))
    assert not may_enter(findings(EDITION, replace(GOOD, stage="inisiatif")))


def test_the_remedy_for_a_short_design_says_how_many_words_and_which_parts() -> None:
    remedy = finding("design", design="<p>lima kata saja di sini</p>").remedy
    assert remedy == (
        "Tambahkan sedikitnya 295 kata, dan lengkapi bagian-bagiannya: dasar hukum, permasalahan, isu strategis, "
        "metode pembaruan, keunggulan dan kebaruan, tahapan atau cara kerja."
    )


@pytest.mark.parametrize(
    ("edition", "day", "inside"),
    [
        ("iid-2026", date(2024, 1, 1), True),
        ("iid-2026", date(2025, 12, 31), True),
        ("iid-2026", date(2023, 12, 31), False),
        ("iid-2026", date(2026, 1, 1), False),
        ("iid-2023", date(2021, 1, 1), True),
        ("iid-2023", date(2023, 1, 1), False),
        ("iid-2026", None, False),
    ],
)
def test_the_window_is_the_two_calendar_years_before(edition: str, day: date | None, inside: bool) -> None:
    assert in_window(load(edition), day) is inside
