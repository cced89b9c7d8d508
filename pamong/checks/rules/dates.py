"""Is each document dated when it must be, and valid in the year that counts?"""

from __future__ import annotations

from datetime import date

from pamong.checks.rules.case import SURE, Case, Finding, Findings, Paper, found, weigh
from pamong.engine.checks import Asked, Dated
from pamong.reading.facts import Severity

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def dated_rightly(case: Case, paper: Paper) -> Findings:
    """The date against the rule for this kind of document."""
    asked = case.asked
    if asked is None or not case.takes(paper):
        return
    rules = [each.rule for each in asked.datings if not each.instruments or paper.kind in each.instruments]
    if not rules:
        return
    if paper.day is None:
        yield found("dated", Severity.WARNS, f"Tanggal “{paper.subject}” belum diketahui.", case, paper=paper.key,
                    asks=_wanted(case, rules[0]), remedy="Isi tanggal dokumen menurut naskahnya.")  # fmt: skip
        return
    if not any(_holds(case, rule, paper.day) for rule in rules):
        yield _outside(case, asked, paper, rules[0])


def _outside(case: Case, asked: Asked, paper: Paper, rule: Dated) -> Finding:
    read = paper.facts.fields.dated if paper.facts else None
    alike = read is not None and paper.day is not None and read.value == paper.day.isoformat()
    severity = weigh(asked, sure=alike)
    return found(
        "dated", severity,
        f"“{paper.subject}” bertanggal {in_words(paper.day) if paper.day else ''}; yang diminta {_wanted(case, rule)}.", case,
        paper=paper.key, page=read.page if read and alike else 0, passage=read.passage if read and alike else "",
        asks=f"Bertanggal {_wanted(case, rule)}", excludes=severity is Severity.BLOCKS,
        remedy=f"Lampirkan dokumen bertanggal {_wanted(case, rule)}.",
    )  # fmt: skip


def _holds(case: Case, rule: Dated, day: date) -> bool:
    if rule is Dated.BEFORE:
        return day.year < case.year
    if rule is Dated.APPLIED:
        return day.year in _applied(case) or not _applied(case)
    return day.year in case.evidence.calendar_years(case.year)


def _applied(case: Case) -> tuple[int, ...]:
    """The year of application, and that of the development which let an older innovation in."""
    return tuple(sorted({day.year for day in (case.applied_on, case.developed_on) if day}))


def _wanted(case: Case, rule: Dated) -> str:
    if rule is Dated.BEFORE:
        return f"sebelum {case.year}"
    if rule is Dated.APPLIED:
        return "tahun penerapan atau pengembangan inovasi" + (f" ({_years(_applied(case))})" if _applied(case) else "")
    return f"tahun {_years(case.evidence.calendar_years(case.year))}"


def _years(years: tuple[int, ...]) -> str:
    return ", ".join(str(year) for year in sorted(years))


def typed_as_read(case: Case, paper: Paper) -> Findings:
    """The date a person typed against the date in the file."""
    read = paper.facts.fields.dated if paper.facts else None
    if read is None or paper.dated is None or read.confidence < SURE or read.value == paper.dated.isoformat():
        return
    yield found(
        "typed", Severity.WARNS,
        f"Tanggal “{paper.subject}” dicatat {in_words(paper.dated)}, tetapi naskahnya bertanggal {in_words(date.fromisoformat(read.value))}.",
        case, paper=paper.key, page=read.page, passage=read.passage, remedy="Koreksi tanggal dokumen menurut naskahnya.",
    )  # fmt: skip


def still_valid(case: Case, paper: Paper) -> Findings:
    """A validity that ended before the years the indicator asks for."""
    years = case.evidence.calendar_years(case.year)
    if paper.valid_until is None or not years or paper.valid_until.year >= min(years):
        return
    yield found(
        "validity", Severity.WARNS, f"Masa berlaku “{paper.subject}” berakhir {in_words(paper.valid_until)}.", case,
        paper=paper.key, asks=f"Berlaku pada {_years(years)}", remedy="Lampirkan perpanjangannya, atau dokumen yang masih berlaku.",
    )  # fmt: skip
