"""Are all files present that belong together, and does none stand in for two things that cannot share it?"""

from __future__ import annotations

import re

from pamong.checks.rules.case import Case, Findings, Paper, found, weigh
from pamong.checks.rules.listing import NOTHING, Count
from pamong.engine.checks import Part
from pamong.reading.facts import Severity

# What a page's heading says it is, where several papers were scanned into one file.
HEADINGS = {
    "daftar-hadir": r"daftar\s+(?:hadir|kehadiran)|presensi",
    "sertifikat": r"\bsertifikat\b|\bpiagam\b",
    "undangan": r"\bundangan\b",
    "surat-tugas": r"surat\s+(?:tugas|perintah(?:\s+tugas)?|penugasan)",
    "sk-opd": r"^\s*keputusan\s+(?:kepala|direktur|camat|lurah)",
    "sk-kdh": r"^\s*keputusan\s+(?:gubernur|bupati|wali\s*kota)",
}
HEAD = 400  # characters of a page within which its heading stands


def all_present(case: Case) -> Findings:
    """Every part the edition asks for has at least one file."""
    parts = case.asked.parts if case.asked else ()
    if not parts or case.asked is None:
        return
    requirements = {each.code: each for each in case.evidence.requirements}
    for part in parts:
        if _copies(case, part):
            continue
        label = requirements[part.requirement].label
        severity = weigh(case.asked, sure=_is_plain(case))
        yield found(
            "part", severity, f"{label} tidak ada di antara bukti.", case, asks=label, remedy=f"Lampirkan {label.lower()}.",
            supports=0 if severity is Severity.BLOCKS else None,
        )  # fmt: skip


def events(case: Case) -> Count:
    """How many complete sets of parts the papers make."""
    parts = case.asked.parts if case.asked else ()
    copies = [_copies(case, part) for part in parts]
    if not copies or not min(copies):
        return NOTHING
    return Count(min(copies), 0, "", sure=_is_plain(case))


def _is_plain(case: Case) -> bool:
    """Whether every paper is one thing and known to be that: nothing bound together, scanned, or called otherwise than it reads."""
    return all(
        paper.is_legible and paper.is_agreed and paper.instrument not in ("lain", "laporan") for paper in case.papers
    )


def _copies(case: Case, part: Part) -> int:
    """How many different files are this part; one file counts once for each page headed like it."""
    seen: set[str] = set()
    for paper in case.papers:
        identity = paper.sha256 or paper.link or str(paper.key)
        if paper.kind in part.instruments:
            seen.add(identity)
        elif paper.pages:
            seen |= {f"{identity}:{page}" for page in _headed(paper, part)}
    return len(seen)


def _headed(paper: Paper, part: Part) -> list[int]:
    patterns = [HEADINGS[each] for each in part.instruments if each in HEADINGS]
    return [
        page.number
        for page in paper.pages
        if any(re.search(pattern, page.text[:HEAD], re.I | re.M) for pattern in patterns)
    ]


def not_twice(case: Case) -> Findings:
    """The same file attached twice to one claim proves one thing, not two."""
    seen: dict[str, Paper] = {}
    for paper in case.papers:
        if not paper.sha256:
            continue
        first = seen.setdefault(paper.sha256, paper)
        if first is not paper:
            yield found(
                "twice", Severity.WARNS, f"“{paper.subject}” berkas yang sama dengan “{first.subject}”; terhitung satu.", case,
                paper=paper.key, remedy="Lepas salah satunya, atau ganti dengan berkas yang dimaksud.",
            )  # fmt: skip


def not_shared(case: Case) -> Findings:
    """A file that speaks of one innovation, brought forward for another; and one file for two things that differ in kind."""
    asked = case.asked
    for paper in case.papers:
        uses = case.uses.get(paper.key, ())
        others = sorted({use.innovation for use in uses if not use.is_here and use.indicator == case.indicator.code})
        if asked and asked.own and others:
            yield found(
                "shared", weigh(asked), f"“{paper.subject}” juga dipakai untuk {', '.join(others[:3])} pada indikator ini.", case,
                paper=paper.key, remedy="Lampirkan berkas yang berbicara tentang inovasi ini sendiri.",
            )  # fmt: skip
        yield from _apart(case, paper, {use.indicator for use in uses if use.is_here})


def _apart(case: Case, paper: Paper, here: set[str]) -> Findings:
    for rule in case.checks.apart:
        clash = sorted((set(rule.indicators) & here) - {case.indicator.code})
        if case.indicator.code in rule.indicators and clash:
            yield found(
                "apart", Severity.WARNS, f"“{paper.subject}” juga dipakai untuk indikator {', '.join(clash)}. {rule.because}", case,
                paper=paper.key, source=rule.source, remedy="Lampirkan berkas tersendiri untuk masing-masing indikator.",
            )  # fmt: skip
