"""What the rules say of a claim: who may block, what is left open, and the level the evidence supports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pamong.checks.rules import Case, Finding, Paper, Severity, Use, advice, examine
from pamong.engine import checks, edition
from pamong.reading.facts import Facts, Fields, Page, Recognised, Signature, VideoFacts

FILLER = "Bahwa untuk meningkatkan mutu pelayanan publik perlu dilakukan inovasi daerah secara berkelanjutan. " * 3
HEAD = "Ditetapkan di Magelang\npada tanggal 3 Maret 2025\nWALI KOTA MAGELANG,\nttd\nPRASETYO ADINEGARA"
FOR_HEAD = (
    "Ditetapkan di Magelang\npada tanggal 3 Maret 2025\na.n. WALI KOTA MAGELANG\nKEPALA DINAS KESEHATAN,\nWENING ASTUTI"
)
OWN = "Ditetapkan di Magelang\npada tanggal 3 Maret 2025\nKEPALA DINAS KESEHATAN,\nttd\nWENING ASTUTI"
NAMED = f"{FILLER}\nMenetapkan Pak Waris sebagai inovasi daerah."


def paper(*texts: str, kind: str = "sk-kdh", read: str | None = None, key: int = 1, **fields: Any) -> Paper:
    """A legible paper of ``kind`` that also reads as ``read`` (as ``kind`` unless told)."""
    facts = Facts(
        "pdf", tuple(Page(at, text) for at, text in enumerate(texts, 1)), fields.pop("source", "asli"),
        fields=Fields(instrument=Recognised(read or kind, 1, (texts or ("",))[0][:40], 0.95), dated=fields.pop("seen", None)),
        signatures=fields.pop("signatures", ()), video=fields.pop("video", None), marks=fields.pop("marks", None),
    )  # fmt: skip
    given = {"subject": f"Dokumen {key}", "dated": date(2025, 3, 3), "sha256": f"{key:064d}", **fields}
    return Paper(key=key, instrument=kind, facts=facts, **given)


def case(indicator: str, level: int, *papers: Paper, code: str = "iid-2026", **fields: Any) -> Case:
    rules = edition.load(code)
    given = {"innovation": "Pak Waris", "applied_on": date(2025, 1, 2), "developed_on": None, "basis": "", **fields}
    return Case(
        edition=rules, checks=checks.load(code), indicator=rules.indicator(indicator), level=level, region="Kota Magelang",
        agencies=(), papers=papers, **given,
    )  # fmt: skip


def said(case: Case, rule: str) -> list[tuple[str, int | None]]:
    return [(each.severity.value, each.supports) for each in examine(case) if each.rule == rule]


def only(case: Case, rule: str) -> Finding:
    return next(each for each in examine(case) if each.rule == rule)


# -- 16: the regulation -------------------------------------------------------------------------------------------------


def test_a_decree_claimed_as_a_perda_blocks_and_supports_only_its_own_level() -> None:
    found = only(case("16", 3, paper(NAMED + HEAD)), "instrument")
    assert (found.severity, found.supports, found.paper) == (Severity.BLOCKS, 1, 1)
    assert found.message == "“Dokumen 1” adalah SK Kepala Daerah, cukup untuk tingkat 1, bukan tingkat 3 yang diklaim."
    assert found.remedy == "Lampirkan Peraturan Daerah, atau turunkan klaim ke tingkat 1."
    assert (found.asks, found.source) == ("Peraturan Daerah", "bskdn-2026")


def test_what_a_document_reads_as_counts_more_than_what_was_typed() -> None:
    typed_perda = paper(NAMED + HEAD, kind="perda", read="sk-kdh")
    assert said(case("16", 3, typed_perda), "recorded") == [("warns", None)]
    assert only(case("16", 3, typed_perda), "instrument").supports == 1


def test_the_best_of_several_papers_decides_the_level() -> None:
    perda = paper(FILLER + HEAD, kind="perda", key=2, dated=date(2024, 5, 5))
    both = case("16", 3, paper(NAMED + HEAD), perda)
    assert said(both, "instrument") == [("informs", 3)]
    assert said(both, "name") == [("informs", None)]  # juncto: the SK names what the Perda does not
    assert advice(examine(both)) == 3


@pytest.mark.parametrize(("block", "expected"), [(FOR_HEAD, ("informs", 1)), (OWN, ("blocks", 0))])
def test_an_agencys_decree_counts_only_in_the_name_of_the_head_of_region(block: str, expected: tuple[str, int]) -> None:
    found = [
        each
        for each in examine(case("16", 1, paper(NAMED + block, kind="sk-opd")))
        if each.rule in ("instrument", "signer")
    ]
    assert [(each.severity.value, each.supports) for each in found] == [expected]


def test_a_signer_that_cannot_be_read_is_a_warning_and_the_level_stands() -> None:
    assert said(case("16", 1, paper(NAMED)), "signer") == [("warns", 1)]


def test_a_name_not_in_the_decree_blocks_and_shows_the_nearest_passage() -> None:
    text = f"{FILLER}\nMenetapkan Pak Warsito sebagai inovasi daerah.\n{HEAD}"
    found = only(case("16", 1, paper(text)), "name")
    assert (found.severity, found.supports, found.page) == (Severity.BLOCKS, 0, 1)
    assert "Pak Warsito" in found.passage


def test_a_scan_in_which_the_name_is_not_found_only_warns() -> None:
    found = only(case("16", 1, paper(FILLER + HEAD, source="ocr")), "name")
    assert (found.severity, found.supports) == (Severity.WARNS, None)


def test_a_scan_without_text_is_not_judged_by_its_words() -> None:
    assert said(case("16", 1, paper(source="tanpa-teks")), "name") == []


def test_a_decree_must_be_of_the_year_of_application_and_a_regulation_of_before_the_year() -> None:
    seen = Recognised("2023-03-03", 1, "3 Maret 2023", 0.9)
    old = paper(NAMED + HEAD, dated=date(2023, 3, 3), seen=seen)
    assert said(case("16", 1, old), "dated") == [("blocks", None)]
    assert said(case("16", 1, old), "unusable") == [("blocks", 0)]
    assert said(case("16", 1, old, applied_on=date(2019, 1, 1), developed_on=date(2023, 6, 1)), "dated") == []
    assert said(case("16", 2, paper(NAMED + HEAD, kind="perkada", dated=date(2019, 1, 1))), "dated") == []
    late = paper(NAMED + HEAD, kind="perkada", dated=date(2026, 2, 1))
    assert said(case("16", 2, late), "dated") == [("warns", None)]  # typed only; the file does not say so


def test_rules_that_no_document_confirms_never_block() -> None:
    for code in ("iid-2025", "iid-2027"):
        found = examine(case("16", 3, paper(FILLER + OWN, kind="sk-opd", dated=date(2019, 1, 1)), code=code))
        assert found
        assert {each.severity for each in found} <= {Severity.WARNS, Severity.INFORMS}


def test_what_is_not_read_yet_is_passed_over_and_gives_no_advice() -> None:
    unread = replace(paper(NAMED, kind="undangan"), facts=None)
    for code, papers in (
        ("16", (unread,)),
        ("20", (unread,)),
        ("20", (unread, paper(FILLER, kind="daftar-hadir", key=2))),
    ):
        assert examine(case(code, 3, *papers)) == ()
        assert advice(examine(case(code, 3, *papers))) is None


def test_a_paper_the_reader_found_void_cannot_count() -> None:
    void = replace(paper(NAMED + HEAD), is_void=True)
    assert said(case("16", 1, void), "unusable") == [("blocks", 0)]
    good = paper(NAMED + HEAD, key=2)
    assert said(case("16", 1, void, good), "instrument") == [("informs", 1)]


def test_a_letter_typed_as_what_is_taken_but_read_otherwise_only_warns() -> None:
    read_otherwise = paper(FILLER + OWN, kind="sop", read="pedoman")
    found = examine(case("28", 1, read_otherwise))
    assert [(each.rule, each.severity) for each in found] == [("recorded", Severity.WARNS)]
    other = paper(FILLER + OWN, kind="laporan")
    assert said(case("28", 1, other), "accepted") == [("blocks", None)]


# -- counting -----------------------------------------------------------------------------------------------------------


def team(number: int, **fields: Any) -> Paper:
    rows = "\n".join(
        f"{at}. Siti Rahayu {'abcdefghijklmnopqrstuvwxyz'[at % 26].upper()}" for at in range(1, number + 1)
    )
    return paper(FILLER, rows + "\n" + OWN, kind="surat-tugas", **fields)


@pytest.mark.parametrize(("people", "level"), [(10, 1), (11, 2), (30, 2), (31, 3)])
def test_people_counted_give_a_level_by_the_editions_bands(people: int, level: int) -> None:
    assert said(case("17", level, team(people)), "count") == [("informs", level)]


def test_fewer_people_than_claimed_block_with_the_number_and_the_page() -> None:
    found = only(case("17", 3, team(12)), "count")
    assert (found.severity, found.supports, found.page) == (Severity.BLOCKS, 2, 2)
    assert found.message == "Terhitung 12 orang; tingkat 3 yang diklaim meminta sedikitnya 31."
    assert said(case("17", 3, team(12, source="ocr")), "count") == [("warns", 2)]


def test_the_evidence_may_support_more_than_is_claimed() -> None:
    assert advice(examine(case("17", 1, team(40)))) == 3


def test_running_text_never_blocks_by_what_is_missing_in_it() -> None:
    text = f"{FILLER}\nDinas Kesehatan dan Dinas Sosial bekerja sama.\n{HEAD}"
    assert said(case("24", 3, paper(text, kind="surat-tugas")), "count") == [("warns", 1)]


def test_beneficiaries_are_counted_only_on_the_basis_of_people() -> None:
    rows = "\n".join(f"{at}. Siti Rahayu" for at in range(1, 251))
    listed = paper(FILLER, rows, kind="laporan")
    assert said(case("33", 2, listed, basis="a"), "count") == [("informs", 2)]
    assert said(case("33", 2, listed, basis="e"), "count") == []


def test_two_pictures_of_one_hash_are_one_way_of_informing() -> None:
    pictures = [paper(kind="gambar", key=at, sha256="a" * 64) for at in (1, 2)]
    both = case("27", 2, *pictures)
    assert said(both, "count") == [("blocks", 1)]
    assert said(both, "twice") == [("warns", None)]


def year(number: int) -> Paper:
    return paper(f"{FILLER}\nDPA Tahun Anggaran {number}", kind="anggaran", key=number)


def test_years_of_a_budget_are_set_against_what_each_level_asks() -> None:
    assert said(case("18", 2, year(2025), year(2024)), "years") == [("informs", 2)]
    found = only(case("18", 3, year(2026), year(2024)), "years")
    assert (found.severity, found.supports, found.remedy) == (
        Severity.BLOCKS, 1, "Lampirkan dokumen tahun 2025, atau turunkan klaim ke tingkat 1.",
    )  # fmt: skip
    assert said(case("18", 1, year(2023), code="iid-2024"), "years") == [("informs", 2)]


# -- files that belong together, or do not ------------------------------------------------------------------------------


def test_a_training_lacks_its_certificate() -> None:
    letter, present = paper(FILLER, kind="undangan"), paper(FILLER, kind="daftar-hadir", key=2)
    found = only(case("20", 1, letter, present), "part")
    assert (found.severity, found.message) == (Severity.BLOCKS, "Sertifikat peserta tidak ada di antara bukti.")
    whole = case("20", 1, letter, present, paper(FILLER, kind="sertifikat", key=3))
    assert said(whole, "part") == []
    assert said(whole, "count") == [("informs", 1)]


def test_parts_bound_into_one_file_are_found_by_their_headings() -> None:
    bound = paper(f"UNDANGAN\n{FILLER}", f"DAFTAR HADIR\n{FILLER}", f"SERTIFIKAT\n{FILLER}", kind="laporan")
    assert said(case("20", 1, bound), "part") == []
    assert said(case("20", 2, bound), "count") == [("warns", 1)]  # how many events one file holds is not known


def test_a_report_used_by_another_innovation_and_a_file_for_two_kinds_of_things_warn() -> None:
    shared = {1: (Use("32", "Si Bulan", is_here=False), Use("16", "Pak Waris", is_here=True))}
    found = examine(case("32", 1, paper(NAMED, kind="laporan"), uses=shared))
    assert [(each.rule, each.severity) for each in found if each.rule in ("shared", "apart")] == [
        ("shared", Severity.BLOCKS), ("apart", Severity.WARNS),
    ]  # fmt: skip


def test_a_film_longer_than_five_minutes_blocks() -> None:
    film = paper(kind="video", video=VideoFacts(312.4, 1280, 720, has_sound=True, playable=True))
    found = only(case("35", 3, film), "length")
    assert (found.severity, found.message) == (Severity.BLOCKS, "“Dokumen 1” berdurasi 5:12, lebih dari 5 menit.")
    fine = paper(kind="video", video=VideoFacts(299, 1280, 720, has_sound=True, playable=True))
    assert said(case("35", 3, fine), "length") == []


# -- the small print ----------------------------------------------------------------------------------------------------


def test_a_letter_nobody_signed_warns_and_an_electronic_signature_is_enough() -> None:
    assert said(case("17", 1, paper(FILLER, kind="surat-tugas")), "signed") == [("warns", None)]
    signature = Signature(
        "Wening Astuti", "Dinas", "", intact=True, covers_whole_file=True, changed_after=False, trust="trusted"
    )
    assert said(case("17", 1, paper(FILLER, kind="surat-tugas", signatures=(signature,))), "signed") == []


def test_a_date_typed_other_than_it_reads_and_a_validity_that_ended_warn() -> None:
    seen = Recognised("2025-03-05", 1, "5 Maret 2025", 0.9)
    found = examine(case("17", 1, paper(FILLER + OWN, kind="surat-tugas", seen=seen, valid_until=date(2023, 1, 1))))
    assert {"typed", "validity"} <= {each.rule for each in found}


def test_a_report_says_by_its_words_what_kind_it_is() -> None:
    survey = paper(f"{FILLER}\nLaporan Survei Kepuasan Masyarakat semester I", kind="laporan")
    assert said(case("34", 2, survey), "phrase") == [("informs", 2)]
    assert said(case("34", 3, survey), "phrase") == [("warns", 2)]


def test_every_finding_names_its_rule_its_words_and_a_source_of_the_edition() -> None:
    found = [
        each
        for one in (case("16", 3, paper(FILLER + OWN, kind="sk-opd")), case("17", 3, team(4)))
        for each in examine(one)
    ]
    sources = {each.code for each in edition.load("iid-2026").sources}
    assert all(each.asks and each.source in sources for each in found)
    assert all(each.remedy for each in found if each.severity is not Severity.INFORMS)
