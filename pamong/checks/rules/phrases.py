"""What kind of report it is, by the words it uses for itself."""

from __future__ import annotations

from pamong.checks.rules import listing
from pamong.checks.rules.case import Case, Finding, Findings, found
from pamong.reading.facts import Severity


def kind_of_report(case: Case) -> Findings:
    """The highest level whose words stand in a paper; they prove nothing by being absent."""
    rules = case.asked.phrases if case.asked else ()
    for rule in sorted(rules, key=lambda each: -each.level):
        for paper in case.papers:
            seen = listing.words_on(paper.pages, rule.any_of)
            if seen.number:
                yield _said(case, rule.level, paper.key, seen)
                return


def _said(case: Case, level: int, paper: int, seen: listing.Count) -> Finding:
    about = {"paper": paper, "page": seen.page, "passage": seen.passage, "supports": level}
    if level >= case.level:
        message = f"Terbaca “{seen.passage}”: mendukung tingkat {level}."
        return found("phrase", Severity.INFORMS, message, case, asks=case.says(level), **about)
    return found(
        "phrase", Severity.WARNS, f"Laporan ini terbaca sebagai {case.says(level).lower()}, tingkat {level}.", case,
        asks=case.says(case.level), remedy=f"Lampirkan {case.says(case.level).lower()}, atau turunkan klaim ke tingkat {level}.", **about,
    )  # fmt: skip
