"""The fields an officer would copy from a document: number, date, subject, signer, issuer, each with where it stands.

Written from how Indonesian official papers are laid out (Permendagri 1/2023 on *tata naskah dinas*): the head names the
instrument, its number and its subject; the foot names the place, the date, the office and the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pamong.reading.facts import Fields, Page, Recognised
from pamong.reading.reader import closing, instruments
from pamong.reading.reader.instruments import Named, lines

LONGEST = {"number": 120, "subject": 250, "issuer": 160}
WRAPPED = 40  # letters: a matter shorter than this has not been broken into a second line
DECREES = ("perda", "perkada", "sk-kdh", "sk-opd")

_NUMBER = re.compile(
    r"^(?:(?:NOMOR|NOMER|N0MOR|NOM0R|NO\.?) SOP(?![/\w.-])|NOMOR|NOMER|N0MOR|NOM0R|NO\b\.?)\s*[:;.]?\s*(?P<value>.*)$",
    re.I,
)
_YEAR = re.compile(r"\bTAHUN\s+(20\d\d|19\d\d)", re.I)
_BLANK = re.compile(r"\.{3,}|…|_{3,}|-{4,}|\bxx+\b", re.I)
# In a heading it begins a line with a capital; in the middle of a sentence it is small.
_ABOUT = re.compile(r"^(?:TENTANG|Tentang)\b\s*[:.]?\s*(?P<value>.*)$")
_MATTER = re.compile(
    r"^(?:Hal|Perihal|Nama SOP|Judul SOP|Kegiatan|Acara|Nama Kegiatan|Untuk|Judul)\s*[:;]\s*(?P<value>.+)$", re.I
)
_STOP = re.compile(
    r"^(?:DENGAN RAHMAT|ATAS (?:BERKAT )?RAHMAT|DIKELUARKAN|DITETAPKAN|MENIMBANG|MENGINGAT|MEMUTUSKAN|NOMOR\b|NO\.|KEPADA|YTH|DI\s*[-–]?$|LAMPIRAN\b|SIFAT\b|TANGGAL|HARI\b|TEMPAT\b|WAKTU\b|"
    r"(?:GUBERNUR|BUPATI|WALI ?KOTA|KEPALA|SEKRETARIS|DIREKTUR|CAMAT|LURAH|INSPEKTUR|PIMPINAN)\b.*,$|ANTARA\b|PADA HARI INI|DASAR\b|NO\s+NAMA|DISUSUN|OLEH\b)",
    re.I,
)  # fmt: skip
_HOUSE = re.compile(
    r"^(?:DINAS|BADAN|KECAMATAN|KELURAHAN|SEKRETARIAT|INSPEKTORAT|BAGIAN|RSUD|RUMAH SAKIT|PUSKESMAS|UPTD?|SATUAN|PERUMDA|SMP|SD|KANTOR)\b",
    re.I,
)
_UNDER_TITLE = re.compile(r"^(?:TAHUN\b|PEMERINTAH\b|KODE\b|KOTA\b|KABUPATEN\b|PROVINSI\b|KEGIATAN\b)", re.I)
_AUTHORITY = re.compile(
    r"(?:PERATURAN DAERAH|PERATURAN|KEPUTUSAN)\s+(?P<who>(?:GUBERNUR|BUPATI|WALI ?KOTA|KEPALA|SEKRETARIS|DIREKTUR|CAMAT|LURAH|INSPEKTUR|KOTA|KABUPATEN|PROVINSI)\b.*)",
    re.I,
)


def recognise(pages: Sequence[Page]) -> Fields:
    """The fields of a document of these pages. Nothing is guessed where nothing is written."""
    head = instruments.named(pages)
    written = [page for page in pages if page.text.strip()]
    if not written:
        return Fields()
    foot = closing.of(written, head.code if head else "")
    return Fields(
        instrument=head.recognised() if head else None,
        number=_number(written, head),
        dated=foot.dated,
        subject=_subject(written, head),
        signer=foot.signer,
        issuer=_issuer(written, head),
    )


def blank_number(pages: Sequence[Page]) -> Recognised | None:
    """The place where a number should stand and dots stand instead: a draft."""
    for page, line in _head_lines(pages):
        match = _NUMBER.match(line)
        if match and (_BLANK.search(match["value"]) or not match["value"].strip(" :.")):
            rest = _YEAR.sub("", _BLANK.sub("", match["value"]))
            if not re.search(r"\d", re.sub(r"/?\s*(19|20)\d\d", "", rest)) or re.search(
                r"/\s*(?:[._]{2,}|[._]*…[._…]*)\s*/", match["value"]
            ):
                return Recognised("", page.number, line, 0.9)
        if match:
            return None
    return None


def _head_lines(pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
    for page in pages[:2]:
        for line in lines(page.text)[: instruments.HEADS + 10]:
            yield page, line


def _number(pages: Sequence[Page], head: Named | None) -> Recognised | None:
    start = head if head and head.code in (*DECREES, "pks", "surat-tugas") else None
    for page in pages[:2]:
        all_lines = lines(page.text)
        first = start.line if start and start.page == page.number else 0
        for line in all_lines[first : first + instruments.HEADS]:
            match = _NUMBER.match(line)
            if match and (value := _clean_number(match["value"], head)):
                return Recognised(value, page.number, line, 0.95 if start else 0.85)
    return None


def _clean_number(text: str, head: Named | None) -> str:
    value = re.split(r"\s{2,}|\bTENTANG\b|\bTanggal\b|,\s*[A-Z][a-z]+ \d", text)[0].strip(" :;.,")
    value = re.sub(r"\s*/\s*", "/", value)
    value = re.sub(r"\s+TAHUN\s+", " Tahun ", value, flags=re.I)
    if _BLANK.search(value) or not re.search(r"\d", value):
        return ""
    if head is None or head.code not in ("perda", "perkada"):
        # A letter's number has no words in it: what follows the first space is the place and the day beside it.
        year = re.search(r"[ /]Tahun (?:19|20)\d\d", value, re.I)
        first = value.split(" ")[0]
        value = re.sub(r"/TAHUN$", "", first, flags=re.I) + (year[0] if year else "") if "/" in first else value
    return value[: LONGEST["number"]] if len(value.split()) <= 6 else ""


def _subject(pages: Sequence[Page], head: Named | None) -> Recognised | None:
    for page in pages[:2]:
        all_lines = lines(page.text)
        for pattern in (_ABOUT, _MATTER):
            for at, line in enumerate(all_lines[: instruments.HEADS + 10]):
                match = pattern.match(line)
                if match and (value := _until_stop(match["value"], all_lines[at + 1 :], pattern is _ABOUT)):
                    return Recognised(value, page.number, f"{line} {value}"[:300], 0.95 if pattern is _ABOUT else 0.8)
    if head is not None and head.code in ("laporan", "pedoman", "sertifikat", "daftar-hadir", "anggaran"):
        page = next(page for page in pages if page.number == head.page)
        rest = list(
            takewhile(
                lambda line: not _UNDER_TITLE.match(line) and not _HOUSE.match(line),
                (line for line in lines(page.text)[head.line + 1 :] if not _NUMBER.match(line)),
            )
        )
        value = _until_stop(head.passage, rest, True)
        return Recognised(value, head.page, value, 0.6) if value else None
    return None


def _until_stop(first: str, following: Sequence[str], many: bool) -> str:
    """The words of a subject: from its line to the next thing a document says."""
    taken = [first.strip()] if first.strip() else []
    for line in following[: 7 if many else 2]:
        if _STOP.match(line) or (not many and (":" in line or len(first) < WRAPPED)):
            break
        if taken and many and taken[0].isupper() != line.isupper():
            break
        taken.append(line)
        if line.endswith("."):
            break
    return " ".join(taken).strip(" .,;:")[: LONGEST["subject"]]


def _issuer(pages: Sequence[Page], head: Named | None) -> Recognised | None:
    if head is not None and head.code in DECREES and (found := _AUTHORITY.search(head.passage)):
        who = found["who"].strip(" .,;:")
        return Recognised(_titled(who), head.page, head.passage, 0.9)
    for page in pages[:1]:
        for line in lines(page.text)[:8]:
            if _HOUSE.match(line) and len(line) <= 100:
                return Recognised(_titled(line.strip(" .,")), page.number, line, 0.8)
    return None


_ACRONYMS = {"RSUD", "UPT", "UPTD", "SMP", "SD", "DPRD", "BUMD", "KB", "PKK"}
_LITTLE = {"dan", "di", "ke", "dari", "untuk", "pada", "yang"}


def _titled(text: str) -> str:
    """``DINAS KESEHATAN DAN KB`` as people write it: ``Dinas Kesehatan dan KB``."""
    words = [
        word if word.upper() in _ACRONYMS else word.lower() if word.lower() in _LITTLE else word.capitalize()
        for word in text.split()
    ]
    return " ".join(words)[: LONGEST["issuer"]]
