"""What a file's name tells about the document in it. A guess fills a field in; a person looks before it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pamong.evidence.models import Document

KIND = Document.Instrument

# The first that matches wins, so the narrower words come first.
_INSTRUMENTS = (
    (r"peraturan daerah|\bperda\b", KIND.PERDA),
    (r"peraturan (wali ?kota|bupati|gubernur|kepala daerah)|\b(perwal|perbup|pergub|perkada)\b", KIND.PERKADA),
    (r"\bsk\b.*\b(wali ?kota|bupati|gubernur|kdh)\b|keputusan (wali ?kota|bupati|gubernur)", KIND.SK_KDH),
    (r"surat (tugas|perintah)|\b(sprint|spt)\b", KIND.ASSIGNMENT),
    (r"\b(mou|pks)\b|nota kesepahaman|perjanjian|kerja ?sama", KIND.AGREEMENT),
    (r"\bundangan\b", KIND.INVITATION),
    (r"daftar hadir|\b(absensi|presensi)\b", KIND.ATTENDANCE),
    (r"\bsertifikat\b|\bpiagam\b", KIND.CERTIFICATE),
    (r"\b(rka|dpa|rkpd|apbd|anggaran)\b", KIND.BUDGET),
    (r"\bsop\b|standar operasional", KIND.SOP),
    (r"\b(pedoman|manual|juknis|panduan)\b|petunjuk teknis", KIND.MANUAL),
    (r"\b(laporan|kajian|notulen)\b", KIND.REPORT),
    (r"\b(sk|keputusan)\b", KIND.SK_OPD),
    (r"\b(foto|gambar|tangkapan layar|screenshot|dokumentasi)\b", KIND.PICTURE),
    (r"\bvideo\b", KIND.VIDEO),
)
_MONTHS = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]


@dataclass(frozen=True, slots=True)
class Guess:
    """The fields of a document, as far as its file's name tells them."""

    instrument: str
    subject: str
    number: str
    dated: date | None


def from_name(name: str, media_type: str = "") -> Guess:
    """What ``name`` tells; the media type decides where the name is silent."""
    stem = re.sub(r"\.\w{2,5}$", "", name)
    words = re.sub(r"[_\s]+", " ", stem).strip()
    return Guess(_instrument(words, media_type), _subject(words), _number(words), _dated(words))


def _instrument(words: str, media_type: str) -> str:
    lowered = re.sub(r"[-.]", " ", words.lower())
    for pattern, instrument in _INSTRUMENTS:
        if re.search(pattern, lowered):
            return instrument
    family = media_type.partition("/")[0]
    return {"image": KIND.PICTURE, "video": KIND.VIDEO}.get(family, KIND.OTHER)


def _subject(words: str) -> str:
    """The name itself, without the indicator's number some write in front."""
    plain = re.sub(r"^(ind(ikator)?[ .]*)?\d{1,2}[a-z]?[ .\-)]+(?=\D)", "", words, flags=re.IGNORECASE)
    return (plain or words)[:250]


def _number(words: str) -> str:
    """``188.4-45-2026`` stands for 188.4/45/2026: a file's name cannot hold the stroke."""
    named = re.search(r"\b(?:no(?:mor)?)[ .]*(\d+(?:[.\-]\w+)*)", words, re.IGNORECASE)
    days = r"\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4})\b"
    without_dates = re.sub(days, lambda day: "" if _dated(day[1]) or re.match(r"\d{4}", day[1]) else day[1], words)
    found = named or re.search(r"\b(\d{2,3}(?:\.\d+)*-\d+(?:-\w+)*)\b", without_dates)
    return found[1].replace("-", "/") if found else ""


def _dated(words: str) -> date | None:
    for pattern, order in (
        (r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b", (1, 2, 3)),
        (r"\b(\d{1,2})[-.](\d{1,2})[-.](\d{4})\b", (3, 2, 1)),
    ):
        if found := re.search(pattern, words):
            return _day(*(int(found[n]) for n in order))
    if found := re.search(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b", words, re.IGNORECASE):
        return _day(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1945 <= year <= 2100 else None
    except ValueError:
        return None
