"""What kind of instrument a document is, by how it calls itself at its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pamong.reading.facts import Page, Recognised

HEADS = 30  # lines at the head of a page within which a document names itself
SURE, NEARLY = 0.95, 0.8
_ALIKE = 86  # of 100: how much a line spoilt by OCR may differ from the words expected

_HEAD = r"(?:GUBERNUR|BUPATI|WALI\s?KOTA)"
_OFFICE = (
    r"(?:KEPALA|SEKRETARIS|DIREKTUR|CAMAT|LURAH|INSPEKTUR|KETUA|PIMPINAN|KUASA PENGGUNA|PENGGUNA ANGGARAN|REKTOR|DIREKSI|PEJABAT|"
    r"DINAS|BADAN|PENANGGUNG JAWAB)"
)
# In this order: the first kind whose words begin a line wins that line.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (code, re.compile(words))
    for code, words in (
        ("perda", r"(?:RANCANGAN )?PERATURAN DAERAH\b(?! NOMOR)"),
        ("perkada", rf"PERATURAN {_HEAD}"),
        ("sk-kdh", rf"(?:SURAT |SALINAN )?KEPUTUSAN {_HEAD}"),
        ("sk-opd", rf"(?:SURAT |SALINAN )?KEPUTUSAN {_OFFICE}"),
        ("sk-opd", r"SURAT KEPUTUSAN\b"),
        ("surat-tugas", r"SURAT (?:PERINTAH )?TUGAS\b|SURAT PERINTAH\b|NOTA TUGAS\b"),
        ("pks", r"NOTA KESEPAHAMAN|PERJANJIAN KERJA ?SAMA|KESEPAKATAN BERSAMA|MEMORANDUM OF UNDERSTANDING|KESEPAKATAN KERJA ?SAMA|NOTA KESEPAKATAN|ADENDUM PERJANJIAN"),
        ("daftar-hadir", r"(?:DAFTAR HADIR|PRESENSI|ABSENSI|DAFTAR PRESENSI)\b"),
        ("sertifikat", r"(?:SERTIFIKAT|PIAGAM|S E R T I F I K A T|SURAT TANDA TAMAT)\b"),
        ("anggaran", r"DOKUMEN PELAKSANAAN|RENCANA KERJA (?:DAN ANGGARAN|PEMERINTAH DAERAH)|RINCIAN BELANJA|RKA\b|DPA\b|RKPD\b|PENJABARAN APBD|DOKUMEN PERUBAHAN PELAKSANAAN|RENCANA KERJA ANGGARAN"),
        ("sop", r"(?:STANDAR|STANDARD) OPERA(?:SIONAL|TING|SI) PROSED?C?URE?S?\b|NOMOR SOP\b|NAMA SOP\b|SOP\b"),
        ("pedoman", r"BUKU (?:PEDOMAN|PANDUAN|MANUAL|PETUNJUK)|PEDOMAN (?:TEKNIS|PELAKSANAAN|PENGGUNAAN|UMUM)|PETUNJUK (?:TEKNIS|PELAKSANAAN|PENGGUNAAN)|PANDUAN\b|MANUAL (?:BOOK|PENGGUNA)|USER MANUAL"),
        ("laporan", r"(?:LAPORAN|KAJIAN|NASKAH AKADEMIK|HASIL (?:SURVEI|EVALUASI)|RINGKASAN EKSEKUTIF)\b"),
        ("undangan", r"(?:SURAT )?UNDANGAN\b"),
    )
)  # fmt: skip
# Words of their own that OCR may have spoilt a little.
_SPOILT = {
    "perda": ("PERATURAN DAERAH KOTA", "PERATURAN DAERAH KABUPATEN", "PERATURAN DAERAH PROVINSI"),
    "perkada": ("PERATURAN BUPATI", "PERATURAN WALI KOTA", "PERATURAN GUBERNUR"),
    "sk-kdh": ("KEPUTUSAN BUPATI", "KEPUTUSAN WALI KOTA", "KEPUTUSAN GUBERNUR"),
    "sk-opd": ("KEPUTUSAN KEPALA",),
    "surat-tugas": ("SURAT PERINTAH TUGAS", "SURAT TUGAS"),
    "pks": ("NOTA KESEPAHAMAN", "PERJANJIAN KERJA SAMA"),
    "daftar-hadir": ("DAFTAR HADIR",),
    "sop": ("STANDAR OPERASIONAL PROSEDUR",),
    "laporan": ("LAPORAN PELAKSANAAN", "LAPORAN AKHIR", "LAPORAN HASIL"),
}
_ANNEX = re.compile(r"^LAMPIRAN\b[ :IVX]*")
_MATTER = re.compile(r"^(?:HAL|PERIHAL|HA1|H A L)\s*[:;.]?\s*(.+)")
_BODY = re.compile(r"^(?:MENIMBANG|MENGINGAT|MEMPERHATIKAN|DASAR)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """A line by which a document names its kind."""

    code: str
    page: int
    line: int
    passage: str
    confidence: float

    def recognised(self) -> Recognised:
        return Recognised(self.code, self.page, self.passage, self.confidence)


def named(pages: Sequence[Page]) -> Named | None:
    """How the document names itself: the first line that does, on its first pages with text."""
    written = [page for page in pages if page.text.strip()][:2]
    return next((one for page in written for one in _on(page)), None)


def lines(text: str) -> list[str]:
    """The lines of a page, trimmed, without empty ones."""
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _on(page: Page) -> Iterator[Named]:
    for at, line in enumerate(lines(page.text)[:HEADS]):
        plain = _plain(line)
        if _BODY.match(plain):
            return
        if code := _exact(plain):
            yield Named(code, page.number, at, line, SURE)
        elif (code := _matter(plain)) or (_is_heading(line) and (code := _nearly(plain))):
            yield Named(code, page.number, at, line, NEARLY)


def _plain(line: str) -> str:
    text = re.sub(r"[^A-Z0-9:. ]+", " ", line.upper())
    return _ANNEX.sub("", " ".join(text.split()))


def _exact(plain: str) -> str:
    return next((code for code, words in _PATTERNS if words.match(plain)), "")


def _matter(plain: str) -> str:
    """A letter says its kind in its matter: ``Hal: Undangan Rapat``."""
    match = _MATTER.match(plain)
    return "undangan" if match and match[1].startswith("UNDANGAN") else ""


def _is_heading(line: str) -> bool:
    """Mostly capitals: a slip of the OCR is forgiven only where a heading may stand."""
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) >= 8 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _nearly(plain: str) -> str:
    from rapidfuzz import fuzz

    best, score = "", float(_ALIKE)
    for code, phrases in _SPOILT.items():
        for phrase in phrases:
            alike = fuzz.ratio(plain[: len(phrase)], phrase)
            if alike > score:
                best, score = code, alike
    return best
