"""Samples as the rules see them, with facts as a reader would have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pamong.checks.rules import Case, Paper, Use
from pamong.engine import checks, edition
from pamong.reading.facts import Facts, Fields, Mark, Page, Recognised, Shown, VideoFacts
from tests.checks.corpus import Sample, Writ

REGION = "Kota Magelang"


def facts(writ: Writ, seconds: float | None = None) -> Facts:
    """What a sure reader sees in born-digital ``writ``."""
    if seconds is not None:
        shown = tuple(Shown(at * 10, text) for at, text in enumerate(writ.pages))
        return Facts("video", video=VideoFacts(seconds, 1280, 720, has_sound=True, playable=True, shown=shown))
    if not writ.pages:
        return Facts("image")
    read = Recognised(writ.reads or writ.instrument, 1, writ.pages[0][:60], 0.95)
    day = Recognised(writ.dated.isoformat(), 1, "pada tanggal", 0.9) if writ.dated else None
    pages = tuple(Page(number, plain(text)) for number, text in enumerate(writ.pages, 1))
    marks = tuple(
        Mark(number, line[2:])
        for number, text in enumerate(writ.pages, 1)
        for line in text.splitlines()
        if line.startswith("==")
    )
    return Facts("pdf", pages, "asli", marks=marks, fields=Fields(instrument=read, dated=day))


def plain(text: str) -> str:
    """A page as plain lines, rows of tables with spaces between the cells."""
    lines = (line.removeprefix("==") for line in text.splitlines())
    return "\n".join(line[1:].replace("|", " ") if line.startswith("|") else line for line in lines)


def case(sample: Sample, *, code: str = "iid-2026", see: Callable[[Writ, float | None], Facts] = facts) -> Case:
    """The claim of ``sample`` as ``see`` reads its papers; pictures that stand for the same file have the same hash."""
    rules = edition.load(code)
    different = sample.about.get("different", len(sample.writs))
    papers = tuple(
        Paper(
            key=at + 1, subject=f"Dokumen {at + 1}", instrument=writ.instrument, dated=writ.typed or writ.dated, valid_until=sample.about.get("valid_until"), sha256=f"{at % max(different, 1):064d}",
            facts=see(writ, sample.about.get("seconds")),
        )
        for at, writ in enumerate(sample.writs)
    )  # fmt: skip
    return Case(
        edition=rules, checks=checks.load(code), indicator=rules.indicator(sample.indicator), level=sample.level, basis=sample.about.get("basis", ""),
        innovation=sample.innovation, applied_on=date(2024, 6, 1), developed_on=date(2025, 6, 1), region=REGION,
        agencies=(("Dinas Kesehatan", "Dinkes"), ("Dinas Perhubungan", "Dishub")), papers=papers,
        uses={1: tuple(Use(*each) for each in sample.about.get("uses", ()))},
    )  # fmt: skip
