"""The pages: who sees what, how many questions they ask, and that what was typed survives."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from pamong.assessments.actions import submitting, year
from pamong.assessments.models import Assessment, Claim, Entry, Proof, Verdict
from pamong.assessments.states import Phase, State
from pamong.evidence.models import Document
from tests import sheets
from tests.assessments import build
from tests.assessments.papers import pdf, png
from tests.assessments.state import everything
from tests.build import People

Login = Callable[[object], Client]


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=["kota-contoh", *args])


def entry_url(name: str, entry: Entry, *args: object) -> str:
    return url(name, entry.assessment.year, entry.code, *args)


# -- doors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("operator", 200), ("agency_head", 200), ("region_admin", 200), ("region_head", 200), ("verifier", 200),
        ("quality_controller", 200), ("nation_reader", 200), ("neighbour", 404), ("juror", 404), ("citizen", 404),
        ("stranger", 404), ("site_admin", 404),
    ],
)  # fmt: skip
def test_an_entry_is_read_by_its_agency_and_by_who_reads_the_region(
    people: People, login: Login, role: str, status: int
) -> None:
    entry = build.entry(people)
    proof = Proof.objects.first()
    client = login(getattr(people, role))
    for address in (
        entry_url("entry", entry),
        entry_url("completeness", entry),
        entry_url("indicator", entry, "16"),
        url("innovation", entry.innovation.code),
    ):
        assert client.get(address).status_code == status
    if status == 404:
        assert client.get(entry_url("proof_file", entry, proof.pk)).status_code == 404
        assert client.post(entry_url("submit", entry)).status_code == 404
        assert client.get(entry_url("endorse", entry)).status_code == 404
        assert client.post(entry_url("detach", entry, "16", proof.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("operator", 404), ("neighbour", 404), ("region_admin", 200), ("verifier", 200), ("stranger", 404)],
)
def test_the_regions_own_indicators_are_read_by_who_reads_the_region(
    people: People, login: Login, role: str, status: int
) -> None:
    build.assessment(people.region, people.region_admin)
    assert login(getattr(people, role)).get(url("institution", 2026)).status_code == status


@pytest.mark.parametrize(("role", "status"), [("operator", 200), ("neighbour", 200), ("juror", 404), ("stranger", 404)])
def test_a_year_is_read_by_everyone_who_reports_or_reads(people: People, login: Login, role: str, status: int) -> None:
    build.assessment(people.region, people.region_admin)
    assert login(getattr(people, role)).get(url("year", 2026)).status_code == status


def test_a_neighbour_sees_no_entry_of_another_agency_in_table_or_export(people: People, login: Login) -> None:
    build.entry(people, name="Rahasia Dinas")
    client = login(people.neighbour)
    assert "Rahasia Dinas" not in client.get(url("year", 2026)).text
    assert b"Rahasia" not in _sheet(client.get(url("export", 2026)).content)


def test_anonymous_people_are_asked_to_sign_in(client: Client, people: People) -> None:
    build.assessment(people.region, people.region_admin)
    response = client.get(url("year", 2026))
    assert response.status_code == 302
    assert response["Location"].startswith("/akun/")


def _sheet(content: bytes) -> bytes:
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as book:
        return b"".join(book.read(name) for name in book.namelist())


# -- the year ---------------------------------------------------------------------------------------------------------


def test_the_year_is_prepared_and_opened_through_its_pages(people: People, login: Login) -> None:
    client = login(people.region_admin)
    typed = {
        "year": "2026", "edition_code": "iid-2026", "opens_on": "2026-06-01", "internal_deadline": "2026-08-15",
        "closes_on": "2026-08-31",
    }  # fmt: skip
    assert client.get(url("prepare")).status_code == 200
    wrong = client.post(url("prepare"), {**typed, "closes_on": "2026-05-01"})
    assert wrong.status_code == 422
    assert "lebih awal daripada tenggat internal" in wrong.text
    assert client.post(url("prepare"), typed).status_code == 302
    assert client.post(url("prepare"), {**typed, "closes_on": "2026-09-01"}).status_code == 409
    page = client.get(url("open", 2026))
    assert "belum dipastikan dokumen resmi" in page.text
    assert client.post(url("open", 2026)).status_code == 302
    assert Assessment.objects.get().phase == Phase.OPEN


def test_a_prognosis_is_marked_where_an_edition_is_chosen(people: People, login: Login) -> None:
    assert "Indeks Inovasi Daerah 2027 (prakiraan, belum resmi)" in login(people.region_admin).get(url("prepare")).text


@pytest.mark.parametrize("name", ["prepare"])
def test_who_may_not_manage_is_refused_with_a_reason(people: People, login: Login, name: str) -> None:
    response = login(people.operator).get(url(name))
    assert response.status_code == 409
    assert "Hanya administrator daerah" in response.text


def test_extending_and_ending_work_through_their_pages(people: People, login: Login) -> None:
    made = build.assessment(people.region, people.region_admin)
    client = login(people.region_admin)
    typed = {"closes_on": made.closes_on.replace(year=made.closes_on.year + 1).isoformat(), "reason": "Banjir besar."}
    assert client.post(url("extend", 2026), {**typed, "reason": ""}).status_code == 422
    assert client.post(url("extend", 2026), typed).status_code == 302
    assert "Banjir besar." in client.get(url("year", 2026)).text
    assert client.post(url("end_reporting", 2026)).status_code == 302
    assert client.post(url("reopen_reporting", 2026)).status_code == 302
    assert Assessment.objects.get().phase == Phase.OPEN


def test_dates_change_until_the_year_opens(people: People, login: Login) -> None:
    made = build.assessment(people.region, people.region_admin, open_=False)
    client = login(people.region_admin)
    assert client.get(url("reschedule", 2026)).status_code == 200
    dates = {name: getattr(made, name).isoformat() for name in ("opens_on", "internal_deadline", "closes_on")}
    assert client.post(url("reschedule", 2026), dates).status_code == 302
    year.open_year(made, by=people.region_admin)
    assert client.get(url("reschedule", 2026)).status_code == 409


def test_the_table_filters_sorts_and_ignores_nonsense(people: People, login: Login) -> None:
    one = build.entry(people, name="Alpha", levels={"16": 3})
    build.entry(people, name="Beta", levels={"16": 1}, affair="pendidikan")
    client = login(people.operator)

    def names(query: str) -> list[str]:
        return [row.name for row in client.get(url("year", 2026) + query).context["rows"]]

    assert names("") == ["Alpha", "Beta"]
    assert names("?urut=klaim") == ["Beta", "Alpha"]
    assert names("?urut=-nama") == ["Beta", "Alpha"]
    assert names("?q=alp") == ["Alpha"]
    assert names("?urusan=pendidikan") == ["Beta"]
    assert names("?status=submitted") == names("?status=submitted&page=9") == []
    assert names("?instansi=dinas-contoh&urut=%00&page=999999999999999999999&status=zzz") == ["Alpha", "Beta"]
    with scope(region=people.region):
        assert one.code in client.get(url("year", 2026)).text


def test_own_agencies_come_first(people: People, login: Login) -> None:
    build.entry(people, name="Zebra")
    other = build.innovation(people.other_agency, people.neighbour, "Alfa Tetangga")
    from pamong.assessments.actions import entering

    entering.enter(Assessment.objects.get(), other, by=people.neighbour)
    rows = login(people.region_admin).get(url("year", 2026)).context["rows"]
    assert [row.name for row in rows] == ["Alfa Tetangga", "Zebra"]
    from pamong.accounts.roles import Role
    from tests.build import seat

    seat(people.operator, Role.VERIFIER, people.region)
    rows = login(people.operator).get(url("year", 2026)).context["rows"]
    assert [(row.name, bool(row.mine)) for row in rows] == [("Zebra", True), ("Alfa Tetangga", False)]


def test_the_export_holds_what_the_table_shows(people: People, login: Login) -> None:
    build.entry(people, name="=1+1")
    response = login(people.operator).get(url("export", 2026))
    assert response["Content-Disposition"] == 'attachment; filename="penilaian-kota-contoh-2026.xlsx"'
    content = _sheet(response.content)
    assert b"=1+1" in content
    assert b"<f>" not in content


# -- taking part ------------------------------------------------------------------------------------------------------


def test_entering_shows_what_does_not_fit_with_its_remedy_and_then_enters_once(people: People, login: Login) -> None:
    build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator, "SIPPUT", steps="", problem="", stage="trial")
    client = login(people.operator)
    assert "SIPPUT" in client.get(url("enter", 2026)).text
    page = client.get(url("enter", 2026), {"inovasi": innovation.code})
    assert "Kirim setelah inovasi diterapkan." in page.text
    assert "Rancang bangun: " in page.text
    for _ in range(2):
        response = client.post(url("enter", 2026), {"inovasi": innovation.code})
        assert response.status_code == 302
    assert Entry.objects.filter(innovation=innovation).count() == 1
    assert response["Location"] == entry_url("entry", Entry.objects.get(innovation=innovation))


def test_a_neighbour_neither_sees_nor_enters_anothers_innovation(people: People, login: Login) -> None:
    build.assessment(people.region, people.region_admin)
    innovation = build.innovation(people.agency, people.operator, "SIPPUT")
    client = login(people.neighbour)
    assert "SIPPUT" not in client.get(url("enter", 2026)).text
    assert client.post(url("enter", 2026), {"inovasi": innovation.code}).status_code == 404
    assert Entry.objects.filter(kind="innovation").count() == 0


def test_the_entry_page_shows_every_indicator_and_the_next_step(people: People, login: Login) -> None:
    entry = build.entry(people, levels={"16": 2})
    page = login(people.operator).get(entry_url("entry", entry))
    rows = page.context["rows"]
    assert [row.line.indicator.code for row in rows] == [str(code) for code in range(16, 36)]
    assert rows[0].state == ("Lengkap", "good")
    assert rows[1].state == ("Wajib dilengkapi", "bad")
    assert page.context["step"].text == "Masih ada 4 hal yang wajib dilengkapi."
    assert "6,00" in page.text


def test_removing_a_draft_asks_first(people: People, login: Login) -> None:
    entry = build.entry(people)
    client = login(people.operator)
    assert "dokumen buktinya tetap ada" in client.get(entry_url("remove", entry)).text
    assert client.post(entry_url("remove", entry)).status_code == 302
    assert Entry.objects.filter(pk=entry.pk).count() == 0


# -- one indicator ----------------------------------------------------------------------------------------------------


def post(client: Client, entry: Entry, code: str, **typed: Any) -> Any:
    return client.post(entry_url("indicator", entry, code), {"version": "0", "note": "", **typed})


def test_one_form_saves_claim_and_new_document_together(people: People, login: Login) -> None:
    entry = build.entry(people, levels={})
    client = login(people.operator)
    typed = {
        "level": "2", "note": "Lihat halaman 3.", "passage": "halaman 3", "also": ["17", "23"],
        "baru-instrument": "perkada", "baru-subject": "Perwal Inovasi", "baru-number": "3/2025",
        "baru-dated": "2025-02-01", "baru-file": pdf("perwal"),
    }  # fmt: skip
    response = post(client, entry, "16", **typed, lanjut="1")
    assert response.status_code == 302
    assert response["Location"] == entry_url("indicator", entry, "17")
    document = Document.objects.get()
    assert (document.subject, document.agency) == ("Perwal Inovasi", people.agency)
    assert sorted(document.proofs.values_list("claim__indicator", "passage")) == [
        ("16", "halaman 3"), ("17", ""), ("23", ""),
    ]  # fmt: skip
    assert Entry.objects.get(pk=entry.pk).claimed[:2] == "20"
    page = client.get(entry_url("indicator", entry, "16"))
    assert "Perwal Inovasi" in page.text
    proof = Proof.objects.get(claim__indicator="16")
    file = client.get(entry_url("proof_file", entry, proof.pk), follow=True)
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_a_file_of_the_wrong_kind_is_refused_and_everything_typed_is_still_there(people: People, login: Login) -> None:
    entry = build.entry(people, levels={})
    before = everything()
    typed = {"level": "3", "note": "Jangan hilang.", "baru-subject": "Foto", "baru-instrument": "gambar"}
    response = post(login(people.operator), entry, "16", **typed, **{"baru-file": png()})
    assert response.status_code == 409
    assert "Jangan hilang." in response.text
    assert 'value="Foto"' in response.text
    assert everything() == before


def test_a_document_of_the_library_is_searched_in_place_without_losing_what_was_typed(
    people: People, login: Login
) -> None:
    entry = build.entry(people, levels={})
    wanted = build.document(people.agency, people.operator)
    Document.objects.filter(pk=wanted.pk).update(subject="SK Tim Posyandu")
    build.document(people.agency, people.operator)
    client = login(people.operator)
    before = everything()
    page = post(client, entry, "16", level="2", note="Belum disimpan.", q="posyandu", cari="1")
    assert page.status_code == 200
    assert [each.subject for each in page.context["found"]] == ["SK Tim Posyandu"]
    assert "Belum disimpan." in page.text
    assert everything() == before
    assert post(client, entry, "16", level="2", documents=[wanted.pk]).status_code == 302
    assert wanted.proofs.count() == 1


def test_another_persons_change_is_shown_and_the_second_try_counts_from_it(people: People, login: Login) -> None:
    entry = build.entry(people, levels={})
    build.claim(entry, "16", 1, by=people.region_admin, note="Punya saya")
    client = login(people.operator)
    response = post(client, entry, "16", level="3", note="Punya kami")
    assert response.status_code == 409
    assert "sekarang tingkat 1 dengan keterangan “Punya saya”. Anda mengisi tingkat 3." in response.text
    assert "Punya kami" in response.text
    assert response.context["form"]["version"].value() == "1"
    assert post(client, entry, "16", level="3", note="Punya kami", version="1").status_code == 302
    assert Claim.objects.get().level == 3


def test_nothing_chosen_is_told_and_garbage_is_no_error_page(people: People, login: Login) -> None:
    entry = build.entry(people, levels={})
    client = login(people.operator)
    assert "Pilih tingkat yang diklaim" in post(client, entry, "16").text
    assert post(client, entry, "16", level="9").status_code == 422
    assert post(client, entry, "16", level="1", version="x").status_code == 422
    assert post(client, entry, "16", level="1", documents=["x"]).status_code == 422
    assert post(client, entry, "33", basis="a", value="satu").status_code == 422
    assert client.get(entry_url("indicator", entry, "5a")).status_code == 404
    assert Claim.objects.count() == 0


def test_numbers_are_understood_as_indonesians_write_them(people: People, login: Login) -> None:
    own = build.assessment(people.region, people.region_admin).entries.get(kind="institution")
    client = login(people.region_admin)
    assert post(client, own, "4", value="5,23").status_code == 302
    assert post(client, own, "3", value="-50,40%").status_code == 302
    assert post(client, own, "8", basis="wtp").status_code == 302
    assert dict(own.claims.values_list("indicator", "level")) == {"4": 3, "3": 1, "8": 3}
    assert 'value="5,23"' in client.get(entry_url("indicator", own, "4")).text


def test_where_a_number_decides_no_level_need_be_chosen(people: People, login: Login) -> None:
    entry = build.entry(people)
    client = login(people.operator)
    page = client.get(entry_url("indicator", entry, "33")).text
    assert "Manfaat tingkat pertama" not in page.split("<form", 1)[1].split("</form>", 1)[0]
    assert '<td data-label="Tingkat&nbsp;2">201 sampai 500 orang</td>' in page
    first = Claim.objects.get(indicator="33").version
    assert post(client, entry, "33", basis="a", value="250", level="", version=first).status_code == 302
    claim = Claim.objects.get(indicator="33")
    assert (claim.basis, claim.level, claim.value) == ("a", 2, 250)
    again = {"basis": "a", "value": "600", "level": "", "version": claim.version}
    assert client.get(entry_url("indicator", entry, "33")).context["form"].initial["level"] == ""
    assert post(client, entry, "33", **again).status_code == 302
    assert Claim.objects.get(indicator="33").level == 3


def test_detaching_twice_is_no_fault(people: People, login: Login) -> None:
    entry = build.entry(people, levels={"16": 1})
    proof = Proof.objects.get()
    client = login(people.operator)
    for _ in range(2):
        assert client.post(entry_url("detach", entry, "16", proof.pk)).status_code == 302
    assert Proof.objects.count() == 0


def test_years_are_written_out(people: People, login: Login) -> None:
    own = build.assessment(people.region, people.region_admin).entries.get(kind="institution")
    page = login(people.region_admin).get(entry_url("indicator", own, "4")).text
    assert "Perubahan pendapatan per kapita (harga konstan), 2025 terhadap 2024 (%)" in page
    assert "T-1 terhadap" not in page


def test_the_digital_and_the_non_digital_read_their_own_levels(people: People, login: Login) -> None:
    entry = build.entry(people, levels={}, kind="non-digital")
    assert "Layanan berjalan sendiri" in login(people.operator).get(entry_url("indicator", entry, "30")).text


def test_a_verdict_and_what_it_replaced_are_shown(people: People, login: Login) -> None:
    entry = build.entry(people, State.SUBMITTED)
    for stands, level in ((False, 0), (True, 1)):
        Verdict.objects.create(
            region=entry.region, entry=entry, indicator="16", level=level, claimed_level=1, claim_version=2,
            reason=f"Alasan {level}", by=people.verifier, stands=stands, reopened_because="" if stands else "Diganti.",
        )  # fmt: skip
    page = login(people.operator).get(entry_url("indicator", entry, "16")).text
    assert "Alasan 1" in page
    assert "Dibuka lagi: Diganti." in page
    assert "Tarik kembali bila ingin mengubahnya" in page


def test_replacing_a_document_names_where_it_is_used_and_keeps_the_old_version(people: People, login: Login) -> None:
    entry = build.entry(people)
    document = Proof.objects.get(claim__indicator="16").document
    client = login(people.operator)
    page = client.get(url("replace_document", document.code))
    assert f"{entry} 2026, indikator 16" in page.text
    assert client.post(url("replace_document", document.code), {}).status_code == 422
    assert client.post(url("replace_document", document.code), {"file": png()}).status_code == 409
    assert client.post(url("replace_document", document.code), {"file": pdf("versi dua")}).status_code == 302
    assert document.versions.count() == 2
    assert login(people.neighbour).get(url("replace_document", document.code)).status_code == 404


# -- handing over -----------------------------------------------------------------------------------------------------


def test_submit_refused_shows_every_reason_where_it_can_be_mended(people: People, login: Login) -> None:
    entry = build.entry(people, levels={"16": 1})
    response = login(people.operator).post(entry_url("submit", entry))
    assert response.status_code == 409
    assert "Indikator 35 Video inovasi daerah wajib, tetapi belum diklaim." in response.text
    assert f'href="{entry_url("indicator", entry, "35")}"' in response.text


def test_submit_endorse_and_withdraw_through_their_pages(people: People, login: Login) -> None:
    entry = build.entry(people)
    client = login(people.operator)
    for _ in range(2):
        assert client.post(entry_url("submit", entry)).status_code == 302
    head = login(people.agency_head)
    assert head.post(entry_url("decline", entry), {"reason": ""}).status_code == 422
    assert head.get(entry_url("endorse", entry)).status_code == 200
    assert head.post(entry_url("endorse", entry)).status_code == 302
    assert Entry.objects.get(pk=entry.pk).state == State.SUBMITTED
    assert login(people.operator).post(entry_url("withdraw", entry)).status_code == 302
    assert Entry.objects.get(pk=entry.pk).state == State.DRAFT


def test_the_head_sees_what_they_put_their_name_to(people: People, login: Login) -> None:
    levels = {**build.MANDATORY, "20": 0}
    entry = build.entry(people, assessment=None, levels=levels)
    build.claim(entry, "22", 2, by=people.operator)
    entry = submitting.submit(Entry.objects.get(pk=entry.pk), by=people.operator)
    page = login(people.agency_head).get(entry_url("endorse", entry))
    checked = page.context["checked"]
    assert [line.indicator.code for line in checked.unproven_lines] == ["22"]
    assert f"{len(build.MANDATORY)} dari 20 indikator" in page.text
    assert "(tingkat 2)" in page.text
    assert entry_url("completeness", entry) in page.text


def test_level_0_is_not_claimed_and_not_counted_as_proven(people: People, login: Login) -> None:
    entry = build.entry(people, levels={**build.MANDATORY, "20": 0})
    page = login(people.operator).get(entry_url("entry", entry))
    checked = page.context["checked"]
    assert (checked.done, checked.not_claimed) == (len(build.MANDATORY), 1)
    assert [row.state for row in page.context["rows"] if row.line.indicator.code == "20"] == [
        ("Tidak diklaim", "neutral")
    ]
    assert "1 tidak diklaim." in page.text


def test_an_operator_is_told_that_only_the_head_endorses(people: People, login: Login) -> None:
    entry = build.entry(people, State.AWAITING)
    response = login(people.operator).post(entry_url("endorse", entry))
    assert response.status_code == 409
    assert "Hanya kepala Dinas Contoh yang dapat mengesahkan." in response.text


def test_a_declined_entry_shows_the_heads_reason(people: People, login: Login) -> None:
    entry = build.entry(people, State.AWAITING)
    assert login(people.agency_head).post(entry_url("decline", entry), {"reason": "SK belum ada."}).status_code == 302
    assert "SK belum ada." in login(people.operator).get(entry_url("entry", entry)).text


def test_a_returned_entry_names_what_to_mend_and_is_submitted_again(people: People, login: Login) -> None:
    from tests.assessments.test_submitting import returned

    entry = returned(people, "18")
    client = login(people.operator)
    page = client.get(entry_url("entry", entry))
    assert page.context["step"].text == "Perbaiki 1 indikator yang dikembalikan verifikator."
    assert "Halaman tidak terbaca." in client.get(entry_url("indicator", entry, "18")).text
    assert client.post(entry_url("resubmit", entry)).status_code == 409
    build.claim(entry, "18", 1, by=people.operator)
    assert client.post(entry_url("resubmit", entry)).status_code == 302
    assert Entry.objects.get(pk=entry.pk).state == State.VERIFYING


# -- how many questions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "shown"),
    [("region_admin", True), ("region_head", True), ("verifier", True), ("operator", False), ("agency_head", False)],
)
def test_the_year_shows_the_regions_own_indicators_to_who_reads_the_region(
    people: People, login: Login, role: str, shown: bool
) -> None:
    build.entry(people)
    said = login(getattr(people, role)).get(url("year", 2026)).content.decode()
    assert ("0 dari 20 terisi" in said, 'id="inovasi"' in said) == (shown, True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("", "1–3 dari 3"), ("?status=draft", "1–3 dari 3"), ("?status=submitted", "tidak ada"), ("?q=Inovasi", "dari 3")],
)
def test_the_year_tells_how_many_take_part_whatever_is_asked_for(
    people: People, login: Login, asked: str, told: str
) -> None:
    for _ in range(3):
        build.entry(people)
    said = login(people.operator).get(url("year", 2026) + asked).content.decode().lower()
    assert told.lower() in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_year_asks_a_fixed_number_of_questions(
    people: People, login: Login, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        build.entry(people)
    client = login(people.operator)
    with django_assert_num_queries(8):
        client.get(url("year", 2026))


@pytest.mark.parametrize("proofs", [1, 3])
@pytest.mark.parametrize(("state", "questions"), [(State.DRAFT, 8), (State.RETURNED, 9)])
def test_the_entry_page_asks_a_fixed_number_of_questions(
    people: People, login: Login, proofs: int, state: State, questions: int, django_assert_num_queries: Any
) -> None:
    entry = build.entry(people, levels={str(code): 1 for code in range(16, 36)})
    for _ in range(proofs - 1):
        build.attached(entry, "16", people.operator)
    Entry.objects.filter(pk=entry.pk).update(state=state)
    client, address = login(people.operator), entry_url("entry", entry)
    with django_assert_num_queries(questions):
        client.get(address)


@pytest.mark.parametrize("proofs", [1, 3])
def test_an_indicators_page_asks_a_fixed_number_of_questions(
    people: People, login: Login, proofs: int, django_assert_num_queries: Any
) -> None:
    entry = build.entry(people, levels={"16": 1})
    for _ in range(proofs - 1):
        build.attached(entry, "16", people.operator)
    for _ in range(proofs):
        build.document(people.agency, people.operator)
    client, address = login(people.operator), entry_url("indicator", entry, "16")
    with django_assert_num_queries(16):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_candidates_asks_a_fixed_number_of_questions(
    people: People, login: Login, rows: int, django_assert_num_queries: Any
) -> None:
    build.assessment(people.region, people.region_admin)
    for _ in range(rows):
        build.innovation(people.agency, people.operator)
    client = login(people.operator)
    with django_assert_num_queries(7):
        client.get(url("enter", 2026))


def test_submitting_asks_few_questions(people: People, django_assert_max_num_queries: Any) -> None:
    people.region.endorsement_required = False
    people.region.save()
    entry = build.entry(people)
    from pamong.agencies.standing import standing

    standing(people.operator)
    with django_assert_max_num_queries(13):
        submitting.submit(entry, by=people.operator)


def test_the_years_leave_as_a_workbook(people: People, login: Login) -> None:
    build.assessment(people.region, people.region_admin)
    heading, line = sheets.rows(login(people.operator).get(url("export_years")))
    assert (heading[0], line[:2], line[-2:]) == ("Tahun", [2026.0, "Dibuka"], [0.0, 0.0])


def test_the_indicators_of_an_entry_leave_as_a_workbook(people: People, login: Login) -> None:
    entry = build.entry(people)
    heading, *lines = sheets.rows(login(people.operator).get(url("export_entry", 2026, entry.code)))
    assert (heading[0], len(lines), lines[0][0]) == ("Indikator", 20, "16")
    assert login(people.neighbour).get(url("export_entry", 2026, entry.code)).status_code == 404
