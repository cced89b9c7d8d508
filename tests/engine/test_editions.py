"""The editions as they are shipped: complete, sealed, cited, and honest about what is not verified."""

from __future__ import annotations

import dataclasses
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from pamong.engine import seals
from pamong.engine.edition import FOLDER, Confidence, Edition, EditionUnknown, Status, available, load

YEARS = range(2023, 2030)
BASIC = ("pendidikan", "kesehatan", "pekerjaan-umum", "perumahan-rakyat", "ketenteraman", "sosial")
OWN = [
    "1",
    "2a",
    "2b",
    "3",
    "4",
    "5a",
    "5b",
    "6",
    "7",
    "8",
    "9",
    "10a",
    "10b",
    "11a",
    "11b",
    "12",
    "13a",
    "13b",
    "14",
    "15",
]
every_edition = pytest.mark.parametrize("edition", [load(code) for code in available()], ids=lambda each: each.code)


def test_editions_run_from_2023_to_2029() -> None:
    assert available() == tuple(f"iid-{year}" for year in YEARS)
    assert [load(code).year for code in available()] == list(YEARS)


def test_only_years_to_come_are_a_prognosis() -> None:
    found = {load(code).year: load(code).status for code in available()}
    past, future = dict.fromkeys(YEARS[:3], Status.PAST), dict.fromkeys(YEARS[4:], Status.PROGNOSIS)
    assert found == past | {2026: Status.CURRENT} | future


def test_an_unknown_edition_names_those_there_are() -> None:
    with pytest.raises(EditionUnknown, match="'iid-1999' tidak dikenal; yang tersedia: iid-2023, iid-2024"):
        load("iid-1999")


@pytest.mark.parametrize("code", ["../seals", "seals", "", "iid-2026.toml"])
def test_a_code_is_never_a_path(code: str) -> None:
    with pytest.raises(EditionUnknown):
        load(code)


def test_no_edition_was_changed_since_it_was_sealed() -> None:
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("iid-*.toml")}
    assert seals.recorded() == found
    assert {code: load(code).digest for code in available()} == found


def test_a_changed_edition_breaks_its_seal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "SEALS", tmp_path / "seals.toml")
    (tmp_path / "seals.toml").write_text('[seals]\niid-2026 = "0"\n')
    assert "iid-2026" in seals.broken()
    assert seals.main([]) == 1
    assert seals.main(["--write"]) == 0
    assert seals.broken() == ()


@every_edition
def test_every_edition_has_the_lines_and_totals_of_the_guide(edition: Edition) -> None:
    assert list(edition.institution_codes) == OWN
    assert list(edition.innovation_codes) == [str(number) for number in range(16, 36)]
    assert edition.institution_maximum == Decimal(63)
    assert edition.maturity_maximum == Decimal(111)
    assert edition.count_maximum == Decimal(76)
    assert edition.mandatory_codes == ("16", "17", "32", "33", "35")
    assert len({each.number for each in edition.institution if each.mandatory}) == 10
    assert [each.form_number for each in edition.innovation] == list(range(1, 21))


@every_edition
def test_every_edition_knows_thirty_eight_affairs_of_which_six_are_basic(edition: Edition) -> None:
    assert len(edition.affairs) == 38
    assert edition.basic_affairs == BASIC
    assert edition.count.affairs == BASIC


@every_edition
def test_design_has_six_parts_and_the_law_five_criteria(edition: Edition) -> None:
    assert (edition.design.min_words, len(edition.design.parts), len(edition.criteria)) == (300, 6, 5)


def test_the_numbers_of_each_year_are_those_of_its_guide() -> None:
    found = {
        edition.year: (
            edition.formula,
            edition.divisor.floor,
            edition.count.affairs_minimum,
            [str(band.lower) for band in edition.bands],
        )
        for edition in map(load, available())
    }
    early, late = ["60.01", "35.00", "0.01", "0"], ["65.01", "40.01", "0.01", "0"]
    assert found == {
        2023: ("region-1", 10, 0, early),
        2024: ("region-1", 10, 0, early),
        2025: ("region-2", 12, 5, late),
        2026: ("region-2", 12, 5, late),
        2027: ("region-2", 14, 6, late),
        2028: ("region-2", 16, 6, late),
        2029: ("region-2", 18, 6, late),
    }


def test_usefulness_has_six_bases_since_2026_and_five_before() -> None:
    found = {
        edition.year: "".join(basis.code for basis in edition.indicator("33").bases)
        for edition in map(load, available())
    }
    assert found == {year: "abcde" if year < 2026 else "abcdef" for year in YEARS}


def test_integration_has_a_scale_for_each_kind_of_innovation() -> None:
    edition = load("iid-2026")
    assert [each.kind for each in edition.indicator("30").variants] == [each.code for each in edition.kinds]


def test_training_is_proven_by_three_documents_per_event() -> None:
    needed = load("iid-2026").indicator("20").evidence.requirements
    assert [(each.code, each.per) for each in needed] == [
        ("surat", "kegiatan"),
        ("daftar-hadir", "kegiatan"),
        ("sertifikat", "kegiatan"),
    ]


def test_evidence_years_become_calendar_years() -> None:
    edition = load("iid-2026")
    assert edition.indicator("18").evidence.calendar_years(edition.year) == (2026, 2025, 2024)
    assert edition.window_years == (2024, 2025)


def test_fields_appear_in_the_year_that_introduced_them() -> None:
    fields = {code: {each.code for each in load(code).fields} for code in available()}
    introduced = {
        name: min(int(code[-4:]) for code in fields if name in fields[code])
        for name in ("name", "initiator_name", "ip_document", "coordinate", "classification", "cluster")
    }
    assert introduced == {
        "name": 2023,
        "initiator_name": 2024,
        "ip_document": 2024,
        "coordinate": 2025,
        "classification": 2026,
        "cluster": 2026,
    }


@every_edition
def test_everything_not_seen_in_a_source_is_listed_as_unverified(edition: Edition) -> None:
    listed = {each.path for each in edition.unverified}
    unsure = {
        path
        for path, confidence in _confidences(edition)
        if confidence not in {Confidence.SEEN, Confidence.TRANSCRIBED}
    }
    assert {path for path in unsure if not _covered(path, listed)} == set()


def _confidences(edition: Edition) -> list[tuple[str, Confidence]]:
    """Path and confidence of every table of the edition that has one."""
    found = []
    for each in dataclasses.fields(edition):
        value = getattr(edition, each.name)
        for item in value if isinstance(value, tuple) else [value]:
            if hasattr(item, "confidence"):
                path = f"{each.name}.{item.code}" if isinstance(value, tuple) else each.name
                found.append((path, item.confidence))
    return found


def _covered(path: str, listed: set[str]) -> bool:
    """A note covers its own path and what lies below it; a note on a part admits that the whole is not all verified."""
    return any(path == each or path.startswith(f"{each}.") or each.startswith(f"{path}.") for each in listed)


@every_edition
def test_every_citation_leads_to_a_source(edition: Edition) -> None:
    assert {edition.cite(each.source).code for each in edition.indicators.values()} <= {
        each.code for each in edition.sources
    }
    with pytest.raises(KeyError):
        edition.cite("kabar-angin")
