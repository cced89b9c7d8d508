"""The item an indicator asks about must be marked on the page: is anything marked, and what does it say?"""

from __future__ import annotations

from pamong.checks.rules.case import Case, Findings, Paper, found
from pamong.reading.facts import Severity


def item_marked(case: Case, paper: Paper) -> Findings:
    """The words somebody marked. A line drawn by pen is not seen, so nothing found warns at most, and never lowers a level."""
    if case.asked is None or not case.asked.marked or not case.takes(paper) or paper.facts is None:
        return
    marks = paper.facts.marks
    if marks:
        first = marks[0]
        more = f", dan {len(marks) - 1} lainnya" if len(marks) > 1 else ""
        yield found(
            "marked", Severity.INFORMS, f"Ditandai pada “{paper.subject}”: “{first.passage}”{more}.", case,
            paper=paper.key, page=first.page, passage=first.passage,
        )  # fmt: skip
    elif marks is not None and paper.is_legible:
        yield found(
            "marked", Severity.WARNS, f"Pada “{paper.subject}” tidak tampak butir yang ditandai.", case, paper=paper.key,
            remedy="Tandai butir inovasinya dengan stabilo atau sorotan, lalu ganti berkasnya.",
        )  # fmt: skip
