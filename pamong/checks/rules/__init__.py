"""The rules, in the order they are looked at, and what follows from them for the level.

``examine`` answers for one claim. A paper that one of the rules for single papers excludes does not count for the level. The
advice is the lowest level any rule still supports; ``None`` where no rule can tell, which is not a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from pamong.checks.rules.case import Case, Finding, Findings, Paper, Use, found, weigh
from pamong.checks.rules.counts import counted
from pamong.checks.rules.dates import dated_rightly, still_valid, typed_as_read
from pamong.checks.rules.films import short_enough
from pamong.checks.rules.instruments import accepted, bears_signature, contradicted, level_reached
from pamong.checks.rules.marking import item_marked
from pamong.checks.rules.names import name_found
from pamong.checks.rules.parts import all_present, not_shared, not_twice
from pamong.checks.rules.phrases import kind_of_report
from pamong.reading.facts import Severity

__all__ = ["RULES", "VERSION", "Case", "Finding", "Paper", "Severity", "Use", "advice", "examine"]

# Raised whenever a rule changes what it finds: everything found before is then looked at again.
VERSION = 6

RULES = {
    "accepted": "Jenis dokumen diterima",
    "apart": "Satu berkas untuk dua hal",
    "count": "Jumlah yang terhitung",
    "dated": "Tanggal dokumen",
    "instrument": "Tingkat dasar hukum",
    "length": "Durasi video",
    "marked": "Butir yang ditandai",
    "measure": "Waktu atau rasio yang terbaca",
    "name": "Nama inovasi dalam dokumen",
    "part": "Kelengkapan berkas",
    "phrase": "Jenis laporan",
    "recorded": "Jenis dokumen tercatat",
    "shared": "Berkas dipakai inovasi lain",
    "signed": "Tanda tangan",
    "signer": "Penandatangan",
    "twice": "Berkas yang sama dua kali",
    "typed": "Tanggal tercatat",
    "unusable": "Bukti yang dapat dipakai",
    "validity": "Masa berlaku",
    "years": "Tahun anggaran atau rencana",
}

OF_PAPERS: tuple[Callable[[Case, Paper], Findings], ...] = (
    contradicted,
    accepted,
    dated_rightly,
    typed_as_read,
    still_valid,
    bears_signature,
    item_marked,
    short_enough,
)
OF_CLAIMS: tuple[Callable[[Case], Findings], ...] = (
    name_found,
    level_reached,
    counted,
    kind_of_report,
    all_present,
    not_twice,
    not_shared,
)


def examine(case: Case) -> tuple[Finding, ...]:
    """What every rule says of ``case``, papers first. While a paper is not read yet, nothing is said of the claim as a whole."""
    papers = [paper for paper in case.papers if paper.facts is not None]
    about = tuple(finding for paper in papers for rule in OF_PAPERS for finding in rule(case, paper))
    if not papers or len(papers) < len(case.papers):
        return about
    excluded = {each.paper for each in about if each.excludes} | {paper.key for paper in papers if paper.is_void}
    counting = tuple(paper for paper in papers if paper.key not in excluded)
    if not counting:
        return (*about, _unusable(case, papers))
    left = replace(case, papers=counting)
    return (*about, *(finding for rule in OF_CLAIMS for finding in rule(left)))


def _unusable(case: Case, papers: list[Paper]) -> Finding:
    """Every paper was excluded: as it stands the claim has no evidence."""
    asked = case.asked
    severity = weigh(asked) if asked else Severity.WARNS
    message = (
        "Tidak satu pun bukti yang terlampir dapat dipakai."
        if len(papers) > 1
        else "Bukti yang terlampir tidak dapat dipakai."
    )
    return found(
        "unusable", severity, message, case, remedy="Lampirkan bukti lain yang memenuhi permintaan ini.", supports=0
    )


class Supporting(Protocol):
    """Whatever says which level it supports: a finding, or its row."""

    @property
    def supports(self) -> int | None: ...


def advice(findings: Iterable[Supporting]) -> int | None:
    """The highest level the evidence supports as far as the machine can tell."""
    return min((each.supports for each in findings if each.supports is not None), default=None)
