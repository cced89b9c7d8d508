"""What is wrong with a document as a document, judged from its facts alone. What an indicator demands is judged a floor above.

Pure. A finding blocks only if the document cannot prove anything to anybody as it is; what a person must look at warns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pamong.reading.facts import Facts, Finding, Page, Severity, Signature
from pamong.reading.reader import closing, fields, instruments

BLOCKS, WARNS, INFORMS = Severity.BLOCKS, Severity.WARNS, Severity.INFORMS
MOST_SECONDS = 300
SMALL_VIDEO = 360
SLACK = 1.0  # seconds: players and cutters round

LEGIBLE = "Bukti harus dapat dibuka dan dibaca penilai (pemeriksaan “text” pada pedoman)"
COMPLETE = "Naskah dinas bernomor dan bertanggal (pemeriksaan “dated” pada pedoman; Permendagri 1/2023)"
SIGNED = "Naskah ditandatangani yang berwenang dan tidak diubah sesudahnya (pemeriksaan “signed” pada pedoman; UU 1/2024 pasal 11)"
VIDEO = "Video paling lama 5 menit (pemeriksaan “video-length” pada pedoman)"
OPEN = "Tautan dapat dibuka siapa pun (pemeriksaan “link-public” pada pedoman)"
MACHINE = "Pembacaan oleh mesin"

_FAULTS = {
    "hang": ("Berkas ini terlalu lama dibaca mesin", "Periksa sendiri isinya; bila berkasnya sangat besar, unggah hanya bagian yang membuktikan."),
    "crash": ("Mesin berhenti ketika membaca berkas ini", "Periksa sendiri isinya; bila perlu, cetak ulang menjadi PDF lalu unggah lagi."),
    "memory": ("Berkas ini terlalu berat dibaca mesin", "Kecilkan berkasnya (pindai 150–200 dpi), lalu unggah lagi."),
    "gone": ("Berkas tidak dapat diambil dari penyimpanan", "Hubungi administrator, lalu minta berkas ini dibaca ulang."),
}  # fmt: skip


def findings(facts: Facts, *, on: date) -> tuple[Finding, ...]:
    """Everything worth saying about a document of these facts, as of the day ``on``; the gravest first."""
    found = [
        *_fault(facts), *_legible(facts), *_draft(facts), *_dated(facts, on), *_signed(facts), *_codes(facts),
        *_video(facts), *_link(facts),
    ]  # fmt: skip
    order = list(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def _fault(facts: Facts) -> Iterator[Finding]:
    if facts.fault:
        title, remedy = _FAULTS.get(facts.fault, _FAULTS["crash"])
        yield Finding(f"reader-{facts.fault}", WARNS, title, MACHINE, remedy)


# -- can it be read ---------------------------------------------------------------------------------------------------


def _legible(facts: Facts) -> Iterator[Finding]:
    if facts.kind not in ("pdf", "image"):
        return
    total = len(facts.pages)
    if facts.kind == "pdf" and total and len(facts.blank_pages) == total:
        yield Finding("all-blank", BLOCKS, "Semua halaman kosong", LEGIBLE, "Pindai atau simpan ulang naskahnya, periksa hasilnya, lalu ganti berkas ini.", facts.blank_pages[0])  # fmt: skip
        return
    yield from _textless(facts)
    yield from _coarse(facts)
    if facts.blank_pages:
        yield Finding("blank-pages", INFORMS, f"Ada halaman kosong: {_list(facts.blank_pages)}", LEGIBLE, "Pastikan tidak ada halaman yang gagal dipindai.", facts.blank_pages[0])  # fmt: skip
    if facts.rotated_pages:
        yield Finding("rotated", INFORMS, f"Halaman terbalik atau miring: {_list(facts.rotated_pages)}", LEGIBLE, "Putar halamannya agar penilai tidak perlu memiringkan kepala.", facts.rotated_pages[0])  # fmt: skip
    if facts.unread_pages and facts.ocr_available:
        yield Finding("unread-pages", INFORMS, f"Belum terbaca mesin: halaman {_list(facts.unread_pages)}", MACHINE, "Periksa sendiri halaman itu, atau unggah hanya bagian yang membuktikan.", facts.unread_pages[0])  # fmt: skip


def _textless(facts: Facts) -> Iterator[Finding]:
    if facts.kind != "pdf" or facts.text_source != "tanpa-teks" or facts.fault or not facts.pages:
        return
    remedy = (
        "Periksa sendiri isinya; bila buram, pindai ulang 200–300 dpi, hitam putih atau abu-abu."
        if facts.ocr_available
        else "Pada pemasangan ini pindaian tidak dapat dibaca mesin; pakai PDF asli dari pengolah kata bila ada."
    )
    yield Finding("no-text", WARNS, "Pindaian tanpa teks", LEGIBLE, remedy, 1)


def _coarse(facts: Facts) -> Iterator[Finding]:
    if not facts.low_resolution_pages:
        return
    if facts.kind == "image":
        yield Finding("low-resolution", WARNS, "Gambar terlalu kecil", LEGIBLE, "Unggah gambar aslinya, bukan pratinjau atau kiriman pesan yang sudah dikecilkan.", 1)  # fmt: skip
        return
    yield Finding("low-resolution", WARNS, f"Terlalu kasar untuk dibaca: halaman {_list(facts.low_resolution_pages)}", LEGIBLE, "Pindai ulang dengan 200–300 dpi, lalu ganti berkas ini.", facts.low_resolution_pages[0])  # fmt: skip


def _list(pages: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, pages[:8]))
    return shown if len(pages) <= 8 else f"{shown}, dan {len(pages) - 8} lagi"


# -- is it finished ---------------------------------------------------------------------------------------------------


def _draft(facts: Facts) -> Iterator[Finding]:
    head = facts.fields.instrument
    pages = _written(facts.pages)
    if head is None or head.value not in (*fields.DECREES, "surat-tugas", "pks"):
        return
    if head.passage.upper().startswith("RANCANGAN") or _says_draft(pages):
        yield Finding("draft", BLOCKS, "Masih rancangan", COMPLETE, "Unggah naskah yang sudah ditetapkan, bernomor, bertanggal, dan ditandatangani.", head.page, head.passage)  # fmt: skip
    if facts.fields.number is None and (place := fields.blank_number(pages)):
        yield Finding("number-blank", BLOCKS, "Nomornya belum diisi", COMPLETE, "Unggah naskah final yang sudah bernomor.", place.page, place.passage)  # fmt: skip
    if facts.fields.dated is None and (place := closing.blank_date(pages)):
        yield Finding("date-blank", BLOCKS, "Tanggal penetapannya belum diisi", COMPLETE, "Unggah naskah final yang sudah bertanggal.", place.page, place.passage)  # fmt: skip


def _written(pages: tuple[Page, ...]) -> list[Page]:
    return [page for page in pages if page.text.strip()]


def _says_draft(pages: list[Page]) -> bool:
    """``DRAF``, ``RANCANGAN`` or ``KONSEP`` alone on a line of the first page: a stamp, not a word of the text."""
    alone = {"DRAF", "DRAFT", "RANCANGAN", "KONSEP"}
    return any(line.strip(" .:-").upper() in alone for page in pages[:1] for line in instruments.lines(page.text))


def _dated(facts: Facts, on: date) -> Iterator[Finding]:
    day, dated = facts.fields.day, facts.fields.dated
    if day is None or dated is None or day <= on or dated.confidence < 0.85:
        return
    # One figure misread by OCR makes a date of the future: there a person must look.
    is_ocr = any(page.number == dated.page and page.source == "ocr" for page in facts.pages)
    yield Finding("date-future", WARNS if is_ocr else BLOCKS, "Tanggal naskah belum tiba", COMPLETE, "Periksa tahun dan bulannya; bila salah ketik, minta naskahnya diperbaiki penerbit.", dated.page, dated.passage)  # fmt: skip


# -- is it signed -----------------------------------------------------------------------------------------------------


def _signed(facts: Facts) -> Iterator[Finding]:
    for signature in facts.signatures:
        who = signature.signer or "tanpa nama"
        if not signature.intact:
            yield Finding("signature-broken", BLOCKS, f"Tanda tangan elektronik {who} rusak: isi berkas bukan yang ditandatangani", SIGNED, "Minta berkas aslinya dari penerbit, dan unggah tanpa dibuka lalu disimpan ulang.")  # fmt: skip
        elif signature.changed_after:
            yield Finding("signature-changed", BLOCKS, f"Berkas diubah sesudah ditandatangani {who}", SIGNED, "Minta berkas aslinya dari penerbit, dan unggah tanpa disunting, digabung, atau diberi cap.")  # fmt: skip
        else:
            yield _good(signature, who)


def _good(signature: Signature, who: str) -> Finding:
    when = f" pada {_moment(signature.at)}" if signature.at else ""
    title = f"Ditandatangani elektronik oleh {who}{when}; utuh"
    trust = {
        "trusted": "Tidak perlu tindakan.",
        "expired": "Sertifikatnya tidak berlaku pada saat menandatangani; periksa di tte.kominfo.go.id.",
        "revoked": "Sertifikatnya dicabut; minta naskah ditandatangani ulang.",
    }.get(
        signature.trust, "Penerbit sertifikatnya tidak dikenal pemasangan ini; periksa di tte.kominfo.go.id bila ragu."
    )
    revoked = signature.trust == "revoked"
    code = "signature-valid" if signature.trust == "trusted" else f"signature-{signature.trust}"
    return Finding(code, WARNS if revoked else INFORMS, title, SIGNED, trust)


def _moment(at: str) -> str:
    """``2025-03-01T10:00:00+07:00`` as ``1/3/2025 10.00``."""
    day, _, time = at.partition("T")
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year} {time[:5].replace(':', '.')}"


def _codes(facts: Facts) -> Iterator[Finding]:
    for code in facts.qr_codes:
        where = f"menunjuk ke {code.host}" if code.host else "memuat teks, bukan alamat"
        yield Finding("qr", INFORMS, f"Kode QR {where}", SIGNED, "Pindai dan cocokkan dengan naskah ini bila ragu.", code.page, code.content[:200])  # fmt: skip


# -- video and links --------------------------------------------------------------------------------------------------


def _video(facts: Facts) -> Iterator[Finding]:
    film = facts.video
    if film is None:
        return
    if not film.playable:
        yield Finding("video-unplayable", BLOCKS, "Video tidak dapat diputar", VIDEO, "Simpan ulang sebagai MP4 (H.264), putar sampai akhir, lalu ganti berkas ini.")  # fmt: skip
        return
    if film.seconds > MOST_SECONDS + SLACK:
        minutes, seconds = divmod(round(film.seconds), 60)
        yield Finding("video-long", BLOCKS, f"Video {minutes} menit {seconds} detik, lebih dari 5 menit", VIDEO, "Potong menjadi paling lama 5 menit, lalu ganti berkas ini.")  # fmt: skip
    if not film.has_sound:
        yield Finding("video-silent", WARNS, "Video tanpa suara", VIDEO, "Beri narasi, atau pastikan tulisan pada layar cukup menjelaskan.")  # fmt: skip
    if min(film.width, film.height) < SMALL_VIDEO:
        yield Finding("video-small", WARNS, f"Gambar video kecil: {film.width} × {film.height}", VIDEO, "Unggah rekaman aslinya, sedikitnya 640 × 360.")  # fmt: skip


def _link(facts: Facts) -> Iterator[Finding]:
    link = facts.link
    if link is None:
        return
    if not link.is_well_formed:
        yield Finding("link-malformed", BLOCKS, "Tautan tidak dapat dibuka dari internet", OPEN, "Salin alamat lengkapnya dari bilah alamat peramban.")  # fmt: skip
    elif link.reachable is False and link.status is not None:
        yield Finding("link-closed", BLOCKS, f"Tautan tidak terbuka untuk umum ({link.status})", OPEN, "Ubah berbagi menjadi “siapa saja yang memiliki tautan”, coba buka tanpa masuk akun, lalu minta dibaca ulang.")  # fmt: skip
    elif link.reachable is False:
        yield Finding("link-silent", WARNS, f"{link.host} tidak menjawab", OPEN, "Coba buka tautannya; bila situsnya memang mati, unggah berkasnya.")  # fmt: skip
    elif link.is_private_drive and link.reachable is None:
        yield Finding("link-drive", WARNS, f"Berkas di {link.host} biasanya hanya terbuka bagi yang diberi izin", OPEN, "Ubah berbagi menjadi “siapa saja yang memiliki tautan”, atau unggah berkasnya.")  # fmt: skip
