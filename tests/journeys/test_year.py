"""A whole year in a region, from its opening to the ministry's answer, by the people concerned, on the way of no JavaScript.

Kabupaten Magetan has no year 2026 yet in the demonstration; this story opens, fills, judges and closes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tests.journeys import papers
from tests.journeys.conftest import PHONE, Opens
from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.test_accounts import NEW_PASSWORD, link_in

HOME = "/kabupaten-magetan/"
YEAR = f"{HOME}penilaian/2026/"
NAME = "Kader Atur Jadwal"
AGENCY = "Dinas Kesehatan"
HEAD = "kepala.dinkes.magetan@contoh.id"
# Indicator: level claimed, and whether the one report proves it.
CLAIMS = {"16": (1, False), "17": (2, True), "32": (3, True), "33": (2, True), "35": (2, False)}


@dataclass
class Cast:
    """Who takes part."""

    admin: Person
    operator: Person
    head: Person
    verifier: Person
    neighbour: Person
    stranger: Person


def test_a_year_from_its_opening_to_the_answer_of_the_ministry(browser_as: Opens, site: Site) -> None:
    cast = gathered(browser_as, site)
    endorsement_is_wanted(cast.admin)
    the_year_is_prepared_and_opened(cast.admin)
    profile = captured(cast.operator)
    the_profile_is_completed_and_faults_cost_nothing(cast.operator, profile)
    entry = entered(cast.operator)
    a_web_page_is_no_picture(cast.operator, entry)
    claims_are_made_and_one_document_proves_three(cast.operator, entry)
    others_find_nothing(cast, profile, entry)
    it_is_handed_over(cast.operator, cast.head, entry)
    it_is_judged_and_returned(cast.verifier, entry)
    it_is_repaired_and_accepted(cast.operator, cast.verifier, entry)
    a_replaced_document_reopens_its_verdicts(cast.operator, cast.verifier, entry)
    the_year_is_closed_and_sealed(cast.admin)
    the_ministry_answers(cast.admin)


def endorsement_is_wanted(admin: Person) -> None:
    admin.go(HOME + "kelola/pengaturan/")
    admin.pick("kepala perangkat daerah mengesahkan")
    admin.press("Simpan")


def gathered(browser_as: Opens, site: Site) -> Cast:
    admin = browser_as("admin.magetan@contoh.id", javascript=False)
    admin.go(HOME + "kelola/orang/undang/")
    admin.fill("Alamat surel", HEAD)
    admin.fill("Nama", "Kirana Wijayanti")
    admin.choose("Peran", "Kepala perangkat daerah")
    admin.choose("Instansi", AGENCY)
    admin.press("Undang")
    head = browser_as(width=PHONE, javascript=False)
    head.go(link_in(site.mail(HEAD), "undangan"))
    head.fill("Kata sandi", NEW_PASSWORD)
    head.fill("Kata sandi sekali lagi", NEW_PASSWORD)
    head.press("Terima undangan")
    head.email = HEAD
    return Cast(
        admin,
        browser_as("operator.dinas-kesehatan.magetan@contoh.id", width=PHONE, javascript=False),
        head,
        browser_as("verifikator.magetan@contoh.id", javascript=False),
        browser_as("operator.dinas-sosial.magetan@contoh.id", javascript=False),
        browser_as("operator.dlh@contoh.id", javascript=False),
    )


def the_year_is_prepared_and_opened(admin: Person) -> None:
    today = date.today()
    admin.go(HOME + "penilaian/siapkan/")
    admin.fill("Tahun penilaian", "2026")
    admin.field("Edisi aturan").select_option("iid-2026")
    admin.fill("Dibuka", str(today - timedelta(7)))
    admin.fill("Tenggat internal", str(today - timedelta(9)))
    admin.fill("Ditutup", str(today + timedelta(30)))
    admin.press("Siapkan", status=422)
    admin.sees("Tenggat internal lebih awal daripada tanggal dibuka")
    admin.fill("Tenggat internal", str(today + timedelta(20)))
    admin.press("Siapkan")
    admin.follow("Buka penilaian")
    admin.press("Buka penilaian")
    assert admin.address == YEAR
    admin.sees("Dibuka")


def captured(operator: Person) -> str:
    operator.go(HOME + "inovasi/catat/")
    operator.fill("Nama inovasi", NAME)
    operator.fill("Apa yang berubah?", "Dahulu pasien antre sejak subuh; sekarang kader memberi jam layanan.")
    operator.pick("Sudah berjalan")
    operator.fill("Sejak kapan berjalan?", "Juni 2024")
    operator.press("Catat")
    operator.follow("Lengkapi profil")
    return operator.address


def the_profile_is_completed_and_faults_cost_nothing(operator: Person, profile: str) -> None:
    texts = papers.texts(NAME, AGENCY, "Kabupaten Magetan")
    choices = {
        "initiator": "perangkat-daerah", "classification": "perangkat-daerah", "kind": "non-digital",
        "form": "pelayanan-publik", "theme": "asta-cita-4", "affair": "kesehatan",
    }  # fmt: skip
    for name, value in choices.items():
        operator.page.locator(f"[name={name}]").select_option(value)
    operator.page.locator("[name=programme]").select_option(index=1)
    operator.fill("Nama inisiator", "Bidang Pelayanan Kesehatan")
    for name, text in texts.items():
        operator.page.locator(f"[name={name}]").fill(text)
    operator.fill("Waktu uji coba", "2024-05-01")
    operator.fill("Titik koordinat", "di dekat alun-alun")
    operator.press("Simpan", status=422)
    operator.sees("Titik koordinat")
    for name, value in {**choices, **texts, "coordinate": "di dekat alun-alun"}.items():
        assert operator.page.locator(f"[name={name}]").input_value().replace("\r\n", "\n") == value
    operator.fill("Titik koordinat", "-7,6493 111,3381")
    operator.press("Simpan")
    operator.go(profile)
    assert operator.page.locator("[name=problem]").input_value() == texts["problem"]
    operator.sees("Lengkap untuk indeks 2026")


def entered(operator: Person) -> str:
    operator.go(YEAR)
    operator.follow("Ikutsertakan inovasi")
    operator.follow(NAME)
    operator.press("Ikutsertakan")
    assert re.fullmatch(rf"{YEAR}ikut/\w+/", operator.address)
    return operator.address


def a_web_page_is_no_picture(operator: Person, entry: str) -> None:
    operator.go(f"{entry}indikator/19/")
    operator.field("Tingkat 1").check()
    operator.fill("Keterangan untuk verifikator", "Loket dan papan jadwal.")
    unfolded(operator, "Unggah dokumen baru")
    operator.upload("Berkas", papers.disguise())
    described(operator, "gambar", "Foto papan jadwal", "")
    operator.press("Simpan", status=409)
    operator.sees("Belum tersimpan", "berkasnya dipilih sekali lagi")
    assert operator.field("Keterangan untuk verifikator").input_value() == "Loket dan papan jadwal."
    operator.go(entry)
    operator.misses("Foto papan jadwal")


def claims_are_made_and_one_document_proves_three(operator: Person, entry: str) -> None:
    operator.go(f"{entry}kelengkapan/")
    assert operator.page.get_by_role("button", name="Ajukan").is_disabled()
    operator.sees("Wajib dilengkapi sebelum diajukan")

    for code, (level, _) in CLAIMS.items():
        operator.go(f"{entry}indikator/{code}/")
        operator.page.locator(f"[name=level][value='{level}']").check()
        if code == "33":
            operator.page.locator("[name=basis]").first.check()
        if code == "16":
            unfolded(operator, "Unggah dokumen baru")
            operator.upload("Berkas", papers.letter(f"Keputusan Bupati Magetan menetapkan inovasi {NAME}"))
            described(operator, "sk-kdh", f"Penetapan inovasi {NAME}", "188/45/2025")
        if code == "17":
            unfolded(operator, "Unggah dokumen baru")
            operator.upload("Berkas", papers.letter(f"Laporan dan surat tugas {NAME}"))
            described(operator, "laporan", f"Laporan {NAME}", "440/12/2025")
            unfolded(operator, "Pakai juga untuk indikator lain")
            operator.page.locator("[name=also][value='32']").check()
            operator.page.locator("[name=also][value='33']").check()
        if code == "35":
            unfolded(operator, "Unggah dokumen baru")
            operator.page.locator("[name=baru-link]").fill("https://video.contoh.id/kader")
            described(operator, "video", f"Video {NAME}", "")
        operator.press("Simpan")
    operator.go(entry)
    assert operator.page.get_by_text(f"Laporan {NAME}").count() == 3


def others_find_nothing(cast: Cast, profile: str, entry: str) -> None:
    document = link_to_document(cast.operator, entry)
    file = f"{document}berkas/1/"
    assert cast.operator.knock(document) == 200
    assert cast.operator.opens(file) == 200
    # The neighbour reads the list of the region's entries, but neither what an entry holds nor its papers.
    for address in (entry, f"{entry}indikator/17/", document, file, profile):
        assert (address, cast.neighbour.knock(address)) == (address, 404)
        assert (address, cast.stranger.knock(address)) == (address, 404)


def it_is_handed_over(operator: Person, head: Person, entry: str) -> None:
    operator.go(f"{entry}kelengkapan/")
    operator.press("Ajukan")
    operator.sees("menunggu pengesahan")
    operator.go(f"{entry}indikator/17/")
    assert operator.page.get_by_role("button", name="Simpan").count() == 0

    head.go(entry)
    head.follow("Sahkan")
    head.press("Sahkan")
    head.sees("Disahkan dan diteruskan kepada verifikator")


def it_is_judged_and_returned(verifier: Person, entry: str) -> None:
    sheet = f"{HOME}verifikasi/{entry.split('/')[-2]}/"
    verifier.go(HOME + "verifikasi/?tahun=2026")
    verifier.follow(NAME)
    verifier.press("Mulai verifikasi")
    verifier.go(f"{sheet}indikator/17/")
    verifier.sees(f"Laporan {NAME}", "Tingkat 2")
    verifier.page.locator("[name=level][value='1']").check()
    verifier.press("Simpan", status=409)
    verifier.sees("Belum disimpan")
    verifier.fill("Alasan", "Surat hanya menyebut delapan orang.")
    verifier.press("Simpan")
    for code in ("16", "32", "35"):
        verifier.go(f"{sheet}indikator/{code}/")
        verifier.page.locator(f"[name=level][value='{CLAIMS[code][0]}']").check()
        verifier.press("Simpan")

    verifier.go(sheet)
    verifier.follow("Kembalikan untuk diperbaiki")
    verifier.fill("Yang perlu diperbaiki pada indikator 33", "Daftar penerima manfaat belum ada.")
    verifier.fill("Yang perlu diperbaiki pada indikator 17", "")
    verifier.press("Kembalikan kepada operator")
    verifier.sees("Perlu perbaikan")


def it_is_repaired_and_accepted(operator: Person, verifier: Person, entry: str) -> None:
    sheet = f"{HOME}verifikasi/{entry.split('/')[-2]}/"
    operator.go(f"{entry}kelengkapan/")
    operator.sees("Daftar penerima manfaat belum ada.")
    assert operator.page.get_by_role("button", name="Ajukan kembali").is_disabled()
    operator.go(f"{entry}indikator/33/")
    unfolded(operator, "Unggah dokumen baru")
    operator.upload("Berkas", papers.letter(f"Daftar penerima manfaat {NAME}"))
    described(operator, "laporan", f"Daftar penerima {NAME}", "")
    operator.press("Simpan")
    operator.go(f"{entry}kelengkapan/")
    operator.press("Ajukan kembali")

    verifier.go(sheet)
    verifier.go(f"{sheet}indikator/33/")
    verifier.sees("Berubah sejak terakhir diperiksa", f"Daftar penerima {NAME}")
    verifier.page.locator("[name=level][value='2']").check()
    verifier.press("Simpan")
    verifier.go(f"{sheet}terima/")
    verifier.press("Terima")
    verifier.sees("Diterima")


def a_replaced_document_reopens_its_verdicts(operator: Person, verifier: Person, entry: str) -> None:
    sheet = f"{HOME}verifikasi/{entry.split('/')[-2]}/"
    operator.go(link_to_document(operator, entry))
    operator.follow("Ganti berkas")
    operator.sees("dibuka lagi")
    operator.upload("Berkas", papers.letter(f"Laporan utuh {NAME}"))
    operator.press("Ganti berkas")
    assert operator.opens(f"{link_to_document(operator, entry)}berkas/1/") == 200

    verifier.go(sheet)
    verifier.sees("Dibuka kembali", "Indikator 17", "Indikator 32", "Indikator 33")
    for code, level in {"17": 2, "32": 3, "33": 2}.items():
        verifier.go(f"{sheet}indikator/{code}/")
        verifier.page.locator(f"[name=level][value='{level}']").check()
        verifier.press("Simpan")
    verifier.go(f"{sheet}terima/")
    verifier.press("Terima")
    verifier.sees("Diterima")


def the_year_is_closed_and_sealed(admin: Person) -> None:
    admin.go(f"{HOME}hasil/2026/tutup/")
    figures = [each.inner_text() for each in admin.page.locator(".stat-value").all()[:2]]
    admin.pick("Saya mengerti")
    admin.press("Tutup dan segel")
    for value, figure in zip(("klaim", "terverifikasi"), figures, strict=True):
        admin.go(f"{HOME}hasil/2026/potret/{value}/")
        admin.sees(figure, "Cocok.")
    admin.go(YEAR)
    admin.sees("Ditutup")


def the_ministry_answers(admin: Person) -> None:
    admin.go(f"{HOME}hasil/2026/kementerian/indeks/")
    admin.fill("Indeks", "51,37")
    admin.fill("Peringkat", "77")
    admin.fill("Dari berapa daerah", "415")
    admin.fill("Dasar", "Keputusan Mendagri 400.10.11-1 Tahun 2026")
    admin.press("Simpan")
    admin.go(f"{HOME}?tahun=2026")
    admin.sees("Klaim", "Terverifikasi", "51,37")
    admin.go(f"{HOME}hasil/2026/telusur/?nilai=terverifikasi")
    admin.follow(NAME)
    admin.follow("17 Ketersediaan dan peran SDM")
    admin.sees(f"Laporan {NAME}", "Surat hanya menyebut delapan orang.", "Sumber")


def unfolded(person: Person, words: str) -> None:
    """Open a part of the page that is folded up."""
    part = person.page.locator("details", has=person.page.locator("summary", has_text=words))
    if part.get_attribute("open") is None:
        part.locator("summary").click()


def described(person: Person, instrument: str, subject: str, number: str) -> None:
    """What is written about a new document."""
    person.page.locator("[name=baru-instrument]").select_option(instrument)
    person.page.locator("[name=baru-subject]").fill(subject)
    person.page.locator("[name=baru-number]").fill(number)


def link_to_document(person: Person, entry: str) -> str:
    """The address of the report that proves indicator 17."""
    person.go(f"{entry}indikator/17/")
    found = person.page.locator("main a[href*='/dokumen/']").first.get_attribute("href") or ""
    return found.split("berkas/")[0]
