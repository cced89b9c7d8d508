"""Is the innovation's name in the document?"""

from __future__ import annotations

from pamong.checks.rules.case import Case, Findings, Paper, found, weigh
from pamong.reading.facts import Severity
from pamong.reading.naming import Hit, Match, search


def name_found(case: Case) -> Findings:
    """Where the edition wants the name in the document: found, and where; or not, and what comes nearest."""
    if not case.wants("names-innovation") or not case.papers:
        return
    hits = [(paper, hit) for paper in case.papers if (hit := _search(case, paper))]
    named = [(paper, hit) for paper, hit in hits if hit.match is not Match.NEAREST]
    if named:
        paper, hit = min(named, key=lambda pair: pair[1].match is not Match.EXACT)
        how = "" if hit.match is Match.EXACT else ", ditulis sedikit berbeda"
        severity = Severity.INFORMS
        yield found("name", severity, f"Nama inovasi ditemukan pada “{paper.subject}”{how}.", case, paper=paper.key,
                    page=hit.page, passage=hit.passage, asks=_asks(case))  # fmt: skip
    elif any(paper.has_text for paper in case.papers):
        yield from _unnamed(case, hits)


def _search(case: Case, paper: Paper) -> Hit | None:
    rules = case.checks
    return search(
        case.innovation, paper.pages, likeness=float(rules.name_likeness), resembles=float(rules.name_resembles)
    )


def _unnamed(case: Case, hits: list[tuple[Paper, Hit]]) -> Findings:
    """Not found. Only where every paper was legible to the end is that certain."""
    asked = case.asked
    sure = asked is not None and all(paper.is_legible for paper in case.papers)
    severity = weigh(asked, sure=sure) if asked else Severity.WARNS
    remedy = f"Lampirkan halaman yang memuat nama “{case.innovation}”, atau samakan nama inovasi dengan dokumennya."
    message = f"Nama “{case.innovation}” tidak ditemukan dalam bukti."
    supports = 0 if severity is Severity.BLOCKS else None
    if not hits:
        yield found("name", severity, message, case, remedy=remedy, supports=supports, asks=_asks(case))
        return
    paper, hit = max(hits, key=lambda pair: pair[1].score)
    yield found("name", severity, f"{message} Yang paling mirip ada pada “{paper.subject}”.", case, paper=paper.key,
                page=hit.page, passage=hit.passage, remedy=remedy, supports=supports, asks=_asks(case))  # fmt: skip


def _asks(case: Case) -> str:
    return next((each.label for each in case.evidence.requirements if "names-innovation" in each.checks), "")
