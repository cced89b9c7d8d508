"""Findings where they are needed: beside the claim, beside the document, in one list of what is missing, and counted."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from pamong.assessments.models import Entry
from pamong.checks.actions import examining
from pamong.checks.actions.reviewing import review
from pamong.checks.models import Examination, Review
from pamong.checks.queries import missing
from tests import build as people_
from tests.assessments import build as reports
from tests.checks import build

HOME = "/kota-contoh"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def claim_page(entry: Entry, code: str = "16") -> str:
    return f"{HOME}/penilaian/2026/ikut/{entry.code}/indikator/{code}/"


# -- beside the claim ---------------------------------------------------------------------------------------------------


def test_the_claims_page_says_what_was_found_and_what_the_evidence_supports(people: people_.People, login) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    examining.look(entry)
    shown = text(login(people.operator), claim_page(entry))
    assert "cukup untuk tingkat 1, bukan tingkat 3 yang diklaim" in shown
    assert "Lampirkan Peraturan Daerah, atau turunkan klaim ke tingkat 1." in shown
    assert "Saran hanya bantuan: bukan klaim, bukan putusan, dan tidak dihitung dalam indeks." in shown
    assert "Menetapkan Pak Waris sebagai inovasi daerah" in shown
    assert "halaman=1#pratinjau" in shown
    assert "data-watch" not in shown


def test_while_a_document_is_being_read_the_page_watches(people: people_.People, login) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator, is_read=False)
    client = login(people.operator)
    assert "data-watch" in text(client, claim_page(entry))
    examining.look(entry)
    shown = text(client, claim_page(entry))
    assert "1 dokumen belum selesai dibaca" in shown
    assert "data-watch" in shown


def test_a_claim_without_proof_has_nothing_to_say(people: people_.People, login) -> None:
    entry = build.entry(people)
    assert "Pemeriksaan mesin" not in text(login(people.operator), claim_page(entry))


def test_completeness_shows_advice_and_findings_and_answers_the_name(people: people_.People, login) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    client, address = login(people.operator), f"{HOME}/penilaian/2026/ikut/{entry.code}/kelengkapan/"
    assert "Belum diketahui apakah nama inovasi tercantum dalam regulasi." in text(client, address)
    examining.look(entry)
    shown = text(client, address)
    assert "Saran mesin: tingkat 1" in shown
    assert "1 temuan menghalangi" in shown
    assert "Nama inovasi ditemukan pada “Penetapan Inovasi”" in shown
    assert "Belum diketahui apakah nama inovasi" not in shown


@pytest.mark.parametrize("number", [1, 3])
def test_completeness_asks_for_all_findings_once(
    people: people_.People, login, django_assert_num_queries, number: int
) -> None:
    codes = ("16", "17", "23")[:number]
    entry = build.entry(people, dict.fromkeys(codes, 3))
    for code in codes:
        build.decree(entry, people.operator, code=code)
    examining.look(entry)
    client = login(people.operator)
    client.get(HOME)
    with django_assert_num_queries(13):
        client.get(f"{HOME}/penilaian/2026/ikut/{entry.code}/kelengkapan/")


# -- beside the document ------------------------------------------------------------------------------------------------


def test_a_verifier_accepts_and_dismisses_beside_the_documents(
    people: people_.People, handed_over: Entry, login
) -> None:
    client, sheet = login(people.verifier), f"{HOME}/verifikasi/{handed_over.code}/indikator/16/"
    key = build.key(Examination.objects.get(claim__indicator="16"), "instrument")
    shown = text(client, sheet)
    assert "Tepis dengan alasan" in shown
    document = handed_over.claims.get(indicator="16").proofs.get().document
    assert f'href="?dokumen={document.code}&amp;halaman=1#bukti-{document.code}"' in shown
    jumped = text(client, f"{sheet}?dokumen={document.code}&halaman=3")
    assert "#page=3&amp;navpanes=0" in jumped
    address = f"{HOME}/pemeriksaan/2026/ikut/{handed_over.code}/indikator/16/temuan/"
    response = client.post(address, {"temuan": key, "kata": "dismissed", "alasan": ""}, follow=True)
    assert "Tulis alasan menepis temuan ini" in response.content.decode()
    assert not Review.objects.exists()
    response = client.post(
        address, {"temuan": key, "kata": "dismissed", "alasan": "Perdanya di lampiran."}, follow=True
    )
    assert response.redirect_chain == [(sheet, 302)]
    assert "ditepis, Perdanya di lampiran." in text(client, sheet)
    assert client.post(address, {"temuan": key, "kata": "lain"}).status_code == 404


def test_the_operator_sees_no_buttons_to_answer(people: people_.People, handed_over: Entry, login) -> None:
    assert "Tepis dengan alasan" not in text(login(people.operator), claim_page(handed_over))


# -- what is missing ----------------------------------------------------------------------------------------------------


def lines(people: people_.People) -> list[tuple[str, str, Decimal, str]]:
    assessment = Entry.objects.first().assessment
    found = missing.lines(assessment, Entry.objects.all())
    return [(line.indicator.code, line.kind.value, line.points, line.where) for line in found]


def test_what_is_missing_comes_with_what_is_at_stake_the_most_first(people: people_.People) -> None:
    entry = build.entry(people, {"16": 3, "17": 2, "34": 2})
    build.decree(entry, people.operator)
    examining.look(entry)
    found = lines(people)
    # 16: six of nine points rest on a level the decree does not reach; 17 is mandatory: without it the whole is at stake.
    assert ("16", "temuan", Decimal(6), "indicator") in found
    assert ("17", "belum-berbukti", Decimal(17), "indicator") in found
    assert ("34", "belum-berbukti", Decimal(4), "indicator") in found
    assert ("31", "belum-diklaim", Decimal(9), "indicator") in found
    assert [points for _, _, points, _ in found] == sorted((points for _, _, points, _ in found), reverse=True)


def test_evidence_that_supports_more_than_is_claimed_is_said_and_dismissed_findings_are_not(
    people: people_.People,
) -> None:
    entry = build.entry(people, {"16": 1})
    build.decree(entry, people.operator, kind="perkada")
    examining.look(entry)
    assert ("16", "klaim-rendah", Decimal(3), "indicator") in lines(people)


def test_a_wrong_date_leads_to_the_data_of_the_document(people: people_.People, login) -> None:
    entry = build.entry(people, {"16": 1})
    document = build.decree(entry, people.operator, kind="sk-kdh")
    document.instrument = "perkada"
    document.save(update_fields=["instrument"])
    examining.look(entry)
    shown = text(login(people.operator), f"{HOME}/pemeriksaan/?jenis=perlu-dilihat")
    assert f"{HOME}/dokumen/{document.code}/koreksi/" in shown
    assert "dicatat sebagai Peraturan Kepala Daerah, tetapi isinya SK Kepala Daerah" in shown
    reader = text(login(people.nation_reader), f"{HOME}/pemeriksaan/?jenis=perlu-dilihat")
    assert ("dicatat sebagai Peraturan Kepala Daerah" in reader, "/koreksi/" in reader) == (True, False)


def test_the_list_shows_only_what_may_be_seen_and_can_be_changed(
    people: people_.People, handed_over: Entry, login
) -> None:
    assert "Tidak ada yang kurang" in text(login(people.operator), f"{HOME}/pemeriksaan/")
    other = reports.entered(handed_over.assessment, people.other_agency, people.neighbour, name="Rahasia")
    assert "Rahasia" in text(login(people.neighbour), f"{HOME}/pemeriksaan/")
    assert "Rahasia" not in text(login(people.operator), f"{HOME}/pemeriksaan/")
    assert other.state == "draft"


def test_without_a_running_year_the_list_says_so(people: people_.People, login) -> None:
    assert "Tidak ada tahun penilaian yang sedang berjalan." in text(login(people.operator), f"{HOME}/pemeriksaan/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_many_queries_for_one_innovation_as_for_three(
    people: people_.People, login, django_assert_num_queries, number: int
) -> None:
    assessment = reports.assessment(people.region, people.region_admin)
    for at in range(number):
        entry = build.entry(people, assessment=assessment, name=f"Pak Waris {at}")
        build.decree(entry, people.operator)
        examining.look(entry)
    client = login(people.operator)
    client.get(HOME)
    with django_assert_num_queries(12):
        client.get(f"{HOME}/pemeriksaan/")


# -- how rules fare -----------------------------------------------------------------------------------------------------


def test_rules_are_counted_and_those_that_cry_wolf_are_named(people: people_.People, handed_over: Entry, login) -> None:
    key = build.key(Examination.objects.get(claim__indicator="16"), "instrument")
    review(handed_over, "16", key, by=people.verifier, word="dismissed", reason="Keliru.")
    for at in range(4):
        Review.objects.create(
            region=people.region, entry=handed_over, indicator="16", key=f"{at}", rule="instrument", severity="blocks",
            message="-", word="accepted", by=people.verifier,
        )  # fmt: skip
    shown = text(login(people.region_admin), f"{HOME}/pemeriksaan/temuan/")
    assert "Sering keliru:</strong> Tingkat dasar hukum (20% ditepis)" in shown
    assert "1 (20%)" in shown
    assert "Ditepis: Keliru." in shown


def test_the_findings_can_be_taken_along_as_a_workbook(people: people_.People, handed_over: Entry, login) -> None:
    response = login(people.region_admin).get(f"{HOME}/pemeriksaan/temuan/unduh/?aturan=instrument")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][:5] == ["Pak Waris", "Dinas Contoh", "16", "Tingkat dasar hukum", "Menghalangi"]


def test_findings_are_for_who_runs_or_verifies_the_year(people: people_.People, handed_over: Entry, login) -> None:
    assert text(login(people.operator), f"{HOME}/pemeriksaan/temuan/", 404)
    assert "Dinas Contoh" in text(login(people.verifier), f"{HOME}/pemeriksaan/temuan/?instansi=dinas-contoh")
