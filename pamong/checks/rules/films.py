"""A film may not be longer than the edition allows."""

from __future__ import annotations

from pamong.checks.rules.case import Case, Findings, Paper, found
from pamong.reading.facts import Severity


def short_enough(case: Case, paper: Paper) -> Findings:
    """The length of a film against the edition's limit."""
    film = paper.facts.video if paper.facts else None
    if not case.wants("video-length") or film is None:
        return
    minutes = case.edition.files.video_minutes
    if film.seconds <= minutes * 60:
        return
    whole, seconds = divmod(round(film.seconds), 60)
    yield found(
        "length", Severity.BLOCKS, f"“{paper.subject}” berdurasi {whole}:{seconds:02d}, lebih dari {minutes} menit.", case,
        paper=paper.key, source=case.edition.files.source, remedy=f"Potong videonya menjadi paling lama {minutes} menit, lalu ganti berkasnya.",
        excludes=True,
    )  # fmt: skip
