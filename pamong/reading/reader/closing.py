"""The foot of an official paper: place, date, office and person who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pamong.reading.facts import Page, Recognised
from pamong.reading.reader.dates import dates_in
from pamong.reading.reader.instruments import lines

# How much a phrase before a date says that it is the date of the document.
_BEFORE = (
    (re.compile(r"ditetapkan\b.*$", re.I | re.S), 1.0),
    (re.compile(r"(?:disahkan|dikeluarkan|dibuat|ditandatangani)\b.*$", re.I | re.S), 0.95),
    (re.compile(r"(?:tanggal (?:pengesahan|efektif|pembuatan)|tgl\.? (?:pengesahan|efektif|pembuatan))\W*$", re.I), 0.85),
    (re.compile(r"(?:^|\n|\s{2,})\s*[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,2}\s*,\s*$"), 0.9),
    (re.compile(r"pada tanggal\W*$", re.I), 0.85),
    (re.compile(r"(?:hari|hari\s*/\s*tanggal|tanggal|tgl\.?)\W+(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)?\W*$", re.I), 0.75),
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"(?:diundangkan|berlaku|sampai dengan|s\.d\.|mulai|sejak|terhitung|nomor \S+ tanggal)\W*(?:pada)?\W*(?:tanggal)?\W*$",
    re.I,
)
_NOT_DATED = ("gambar", "video")
_LOOK_BACK = 70

_OFFICE = re.compile(
    r"^(?:a\.?n\.?\s+|plt\.?\s+|pj\.?\s+|pjs\.?\s+)*(?:GUBERNUR|BUPATI|WALI ?KOTA|KEPALA|SEKRETARIS|DIREKTUR|CAMAT|LURAH|INSPEKTUR|KETUA|PIHAK (?:KE)?SATU|PIHAK PERTAMA|"
    r"PEMBUAT|PENANGGUNG JAWAB|PENGGUNA ANGGARAN|NOTULIS|PIMPINAN|MENGETAHUI)\b",
    re.I,
)
_NIP = re.compile(r"^N[I1l][P|]\W*[\d .]{8,}|^N[I1l]P\b", re.I)
_NOT_A_NAME = re.compile(
    r"\b(?:ttd|cap|stempel|tembusan|salinan|lembaran|berita daerah|ditandatangani|elektronik|sertifikat|balai|pembina|penata|"
    r"nomor|tahun|pasal|tanggal|pemerintah|dinas|badan|halaman|dokumen ini|diundangkan|ditetapkan|kabupaten|kota|provinsi|sekretaris|kepala|bupati|gubernur)\b",
    re.I,
)
_NAME = re.compile(
    r"^(?:(?:dr|drs|dra|ir|hj?|prof|kh)\.?,?\s+)*[A-Z][A-Za-z'’`.-]*(?:\s+[A-Z][A-Za-z'’`.-]*){0,5}(?:\s*,\s*[A-Z][A-Za-z. ]{0,12}){0,6}$",
    re.I,
)


_PLACED = re.compile(r"^\s*(?:ditetapkan|dikeluarkan) di\b", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Closing:
    """What the foot says."""

    dated: Recognised | None = None
    signer: Recognised | None = None


@dataclass(frozen=True, slots=True)
class _Dated:
    weight: float
    page: Page
    start: int
    day: str
    passage: str


def of(pages: Sequence[Page], instrument: str) -> Closing:
    """The date and the signer of a document of these pages (those with text)."""
    best = max(_candidates(pages, instrument), key=lambda one: one.weight, default=None)
    dated = Recognised(best.day, best.page.number, best.passage, round(min(best.weight, 1.0), 2)) if best else None
    return Closing(dated, _signer(pages, best))


def blank_date(pages: Sequence[Page]) -> Recognised | None:
    """``pada tanggal ……… 2024``: the day was never filled in."""
    pattern = re.compile(r"(?:ditetapkan|dikeluarkan)[^\n]*\n?[^\n]*tanggal[ :,]*(?:\.{3,}|…|_{3,}|\n|$)[^\n]*", re.I)
    for page in pages:
        if match := pattern.search(page.text):
            return Recognised("", page.number, " ".join(match[0].split()), 0.9)
    return None


def _candidates(pages: Sequence[Page], instrument: str) -> Iterator[_Dated]:
    for page in pages:
        for found in dates_in(page.text):
            before = page.text[max(0, found.start - _LOOK_BACK) : found.start]
            if _ELSEWHERE.search(before):
                continue
            weight = max((weight for phrase, weight in _BEFORE if phrase.search(before)), default=0.0)
            if weight:
                passage = " ".join((before[-40:] + page.text[found.start : found.end]).split())
                # The earlier of two equals: annexes repeat the date of their decree.
                yield _Dated(
                    weight * found.sureness - page.number * 1e-4, page, found.start, found.day.isoformat(), passage
                )


def _signer(pages: Sequence[Page], dated: _Dated | None) -> Recognised | None:
    """The person who signed: below the date and the office, or above the NIP."""
    if dated is not None:
        after = lines(dated.page.text[dated.start :])[:14]
        if found := _signed_below(after, dated.page.number):
            return found
    for page in pages:
        if place := _PLACED.search(page.text):
            return _signed_below(lines(page.text[place.start() :])[:14], page.number)
    for page in reversed(pages):
        all_lines = lines(page.text)
        for at, line in enumerate(all_lines):
            if _NIP.match(line) and at and _is_name(all_lines[at - 1]):
                return Recognised(
                    _neat(all_lines[at - 1]), page.number, _passage(all_lines[max(0, at - 5) : at + 1]), 0.7
                )
    return None


def _signed_below(after: Sequence[str], page: int) -> Recognised | None:
    office = next((at for at, line in enumerate(after[:6]) if _OFFICE.match(line)), None)
    if office is None:
        return None
    for at in range(office + 1, len(after)):
        if _NIP.match(after[at]) and at - 1 > office and _is_name(after[at - 1]):
            return Recognised(_neat(after[at - 1]), page, _passage(after[office : at + 1]), 0.9)
    for at in range(office + 1, min(len(after), office + 8)):
        if _is_name(after[at]):
            return Recognised(_neat(after[at]), page, _passage(after[office : at + 1]), 0.8)
    return None


def _is_name(line: str) -> bool:
    return 4 <= len(line) <= 70 and not _NOT_A_NAME.search(line) and not _OFFICE.match(line) and bool(_NAME.match(line))


def _neat(line: str) -> str:
    return line.strip(" .,:;|_-") if not line.endswith((".", ",")) else line.rstrip(" ,:;|_-")


def _passage(parts: Sequence[str]) -> str:
    return " / ".join(parts)[:300]
