"""Counting what stands in a text: numbered rows of people, agencies, kinds of actor, other regions, years of a budget.

Every count says how many, on which page it was seen first, in which words, and whether it is sure: a numbered list read to its end
is, words gathered from running text are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pamong.reading.facts import Page

SHOWN = 4  # how many of the things counted the passage names
LEGAL = re.compile(
    r"^(?:undang|peraturan|keputusan|instruksi|surat edaran|perda\b|perwal|perbup|pergub|permen|uu\b|pp\b|bahwa\b)",
    re.I,
)
# A duty, a step, a statement: what numbered rows say when they are not people.
DUTY = re.compile(
    r"^(?:me[a-z]{3,}|ber[a-z]{3,}|di[a-z]{4,}|untuk|dalam|dengan|pada|agar|setiap|segala|hal-hal)\b", re.I
)
PERSON = re.compile(
    r"^(?:(?:dr|drg|drs|dra|ir|prof|hj?|rr|ns|apt|sdr|sdri|bpk|ibu|[A-Z])\.?\s+)*[A-Z][\w'’.-]*(?:[\s,]+[\w'’().-]+){0,12}$"
)
NUMBER = re.compile(r"^\s*\(?(\d{1,3})[.)]?(?:\s+|$)(.*)$")
NIP = re.compile(r"\b(?:19|20)\d{6}\s?(?:19|20)\d{4}\s?[12]\s?\d{3}\b")


@dataclass(frozen=True)
class Count:
    """How many, of what, where first seen, in which words; ``sure`` if the list was read to its end."""

    number: int
    page: int
    passage: str
    sure: bool
    things: tuple[str, ...] = ()


NOTHING = Count(0, 0, "", sure=False)


@dataclass(frozen=True)
class Row:
    """One numbered row: its number, its words, its page."""

    number: int
    words: str
    page: int


# -- people -----------------------------------------------------------------------------------------------------------


def persons(pages: Sequence[Page]) -> Count:
    """People in numbered lists, every list counted; without a list, the civil servants' numbers (NIP), which is not sure."""
    runs = [run for run in _runs(_rows(pages)) if _is_of_people(run)]
    # One person alone is a list only beside another: "Pengarah: 1. …" above "Anggota: 1. … 2. …".
    lists = runs if any(len(run) > 1 for run in runs) else []
    rows = [row for run in lists for row in run]
    numbered = {re.sub(r"\D", "", each) for page in pages for each in NIP.findall(page.text)}
    # One number more than rows is that of who signed.
    if len(numbered) > len(rows) + 1:
        page = next(page for page in pages if NIP.search(page.text))
        return Count(len(numbered), page.number, f"{len(numbered)} NIP yang berbeda", sure=False)
    if not rows:
        return NOTHING
    names = tuple(row.words for row in rows)
    return Count(len(rows), rows[0].page, _some(names), sure=True, things=names)


def _rows(pages: Sequence[Page]) -> Iterator[Row]:
    """Numbered rows; where a table was read cell by cell, the words stand on the line after the number."""
    for page in pages:
        lines = [line.strip() for line in page.text.splitlines() if line.strip()]
        for at, line in enumerate(lines):
            if begun := NUMBER.match(line):
                words = begun[2].strip() or (lines[at + 1] if at + 1 < len(lines) else "")
                yield Row(int(begun[1]), words, page.number)


def _runs(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows numbered 1, 2, 3 … without a gap, over pages if need be."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and row.number == runs[-1][-1].number + 1:
            runs[-1].append(row)
        elif row.number == 1:
            runs.append([row])
    return runs


def _is_of_people(run: list[Row]) -> bool:
    """Most rows read like a name or a function, not like a law or a duty."""
    like = sum(_is_person(row.words) for row in run)
    return like >= 0.7 * len(run)


def _is_person(words: str) -> bool:
    short = words.rstrip(";,")
    return bool(PERSON.match(short)) and not LEGAL.match(short) and not DUTY.match(short) and len(short) <= 120


# -- agencies, actors, regions --------------------------------------------------------------------------------------------

_UNITS = "Dinas|Badan|Inspektorat|Sekretariat|Satuan|Kecamatan|Kelurahan|Puskesmas|RSUD|Rumah Sakit|Bagian"
UNIT = re.compile(rf"\b(?:{_UNITS})(?:[ \t]+(?!(?:{_UNITS})\b)(?:[A-Z][\w-]+|dan|Dan|serta))*")
ACTORS = {
    "akademisi": r"universitas|politeknik|perguruan tinggi|sekolah tinggi|institut\b|akademisi|dosen|fakultas",
    "dunia usaha": r"\bPT\b\.?|\bCV\b\.?|dunia usaha|pelaku usaha|perusahaan|perbankan|\bbank\b|koperasi|umkm|\bkadin\b",
    "masyarakat": r"komunitas|karang taruna|tokoh masyarakat|kelompok (?:tani|masyarakat|sadar|warga)|paguyuban|\bpkk\b|\blsm\b|kader\b|forum\b|relawan",
    "pemerintah": r"\bdinas\b|\bbadan\b|pemerintah|kecamatan|kelurahan|\bopd\b|perangkat daerah|kepolisian",
    "media": r"\bmedia\b|\bradio\b|surat kabar|televisi|wartawan|\bpers\b|jurnalis|harian\b",
}
PLACE = re.compile(r"\b(Kabupaten|Kota|Provinsi|KABUPATEN|KOTA|PROVINSI)[ \t]+([A-Z][\w-]+(?:[ \t]+[A-Z][\w-]+)?)")
NOT_A_PLACE = {"daerah", "setempat", "layak", "cerdas", "pintar", "tersebut", "lain"}


def agencies(pages: Sequence[Page], known: Iterable[tuple[str, str]]) -> Count:
    """Different agencies named: those of the region, and others that look like one."""
    seen: dict[str, int] = {}
    for page in pages:
        text = " ".join(page.text.split())
        for name in _known_units(text, known):
            seen.setdefault(name, page.number)
        for hit in UNIT.finditer(text):
            unit = re.sub(r"\s+(?:dan|Dan|serta)$", "", hit[0]).lower()
            if " " in unit and not any(_same_unit(unit, each) for each in seen):
                seen[unit] = page.number
    return _gathered(seen)


def _known_units(text: str, known: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, short in known:
        pattern = "|".join(re.escape(each) for each in (name, short) if len(each) >= 3)
        if pattern and re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.I if len(name) > 6 else 0):
            yield name.lower()


def _same_unit(one: str, other: str) -> bool:
    return one in other or other in one


def actors(pages: Sequence[Page]) -> Count:
    """Different kinds of actor (akademisi, dunia usaha, masyarakat, pemerintah, media)."""
    seen: dict[str, int] = {}
    for page in pages:
        for kind, pattern in ACTORS.items():
            if _compiled(pattern).search(page.text):
                seen.setdefault(kind, page.number)
    return _gathered(seen)


def regions(pages: Sequence[Page], own: str) -> Count:
    """Different regions named other than ``own``."""
    mine = own.lower()
    seen: dict[str, int] = {}
    for page in pages:
        for kind, name in PLACE.findall(page.text):
            called = f"{kind} {name}".lower()
            if called not in mine and mine not in called and name.split()[0].lower() not in NOT_A_PLACE:
                seen.setdefault(called, page.number)
    return _gathered(seen)


def _gathered(seen: dict[str, int]) -> Count:
    if not seen:
        return NOTHING
    return Count(len(seen), min(seen.values()), _some(tuple(seen)), sure=False, things=tuple(seen))


# -- years ------------------------------------------------------------------------------------------------------------

YEAR = r"(20[1-4]\d)"
FISCAL = re.compile(rf"\b(?:tahun\s+anggaran|t\.?\s?a\.?|ta)\s*:?\s*{YEAR}\b", re.I)
PLANNED = re.compile(
    rf"\b(?:rkpd|rkas|renja|rencana kerja|rka|rba|rpk|ruk|rkpdes|dpa|apbd|rencana kerja pemerintah daerah)\b[^\n]{{0,60}}?\btahun\s+{YEAR}\b",
    re.I,
)


def years(pages: Sequence[Page]) -> tuple[dict[int, tuple[int, str]], bool]:
    """The years a budget or a plan says it is for, each with its page and words; and whether any was said in so many words."""
    seen: dict[int, tuple[int, str]] = {}
    for page in pages:
        text = page.text
        for pattern in (FISCAL, PLANNED):
            for hit in pattern.finditer(text):
                seen.setdefault(int(hit[1]), (page.number, " ".join(hit[0].split())))
    return seen, bool(seen)


def words_on(pages: Sequence[Page], any_of: Sequence[str]) -> Count:
    """The first of ``any_of`` that stands on a page."""
    for page in pages:
        flat = " ".join(page.text.lower().split())
        for words in any_of:
            if words in flat:
                return Count(1, page.number, words, sure=False, things=(words,))
    return NOTHING


def stands_on(text: str, any_of: Sequence[str]) -> bool:
    """Whether one of ``any_of`` stands in ``text`` as whole words."""
    flat = " ".join(text.lower().split())
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", flat) for words in any_of)


def _some(things: Sequence[str]) -> str:
    shown = "; ".join(" ".join(each.split())[:60] for each in things[:SHOWN])
    return f"{shown}; …" if len(things) > SHOWN else shown


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)
