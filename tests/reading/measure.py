"""``make evidence-checks``: read the whole corpus and write down how good every check is, right and wrong alike.

Precision: of what was found, how much was true. Recall: of what was true, how much was found. Nothing is rounded up.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pamong.reading.bounded import Gathered
from pamong.reading.facts import Facts, Finding, Severity
from pamong.reading.judging import findings
from pamong.reading.reader import Limits, ocr, read, visiting
from tests.reading.corpus import papers
from tests.reading.corpus.cases import SEED, Case, cases, refused

ON = date(2026, 5, 1)
FIELDS = ("instrument", "number", "dated", "subject", "signer")
CACHE = Path(tempfile.gettempdir()) / f"pamong-corpus-{SEED}"


@dataclass
class Score:
    """Hits, false alarms and misses of one check, and how grave it is."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    severity: str = ""
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None


@dataclass
class Outcome:
    """What came of one case."""

    case: str
    half: str
    is_scan: bool
    expected: frozenset[str]
    found: dict[str, str]
    fields: dict[str, tuple[str, str]]
    seconds: float
    pages: int


def examine(case: Case, roots: str = "", limits: Limits | None = None) -> Outcome:
    """Read one case in this process."""
    start = time.perf_counter()
    if case.link:
        facts = Facts(kind="link", link=visiting.look(case.link, visit=False))
    else:
        facts = seen(case, limits or Limits(trust_roots=roots))
    judged: tuple[Finding, ...] = findings(facts, on=ON)
    truth = {name: _true(case, name) for name in FIELDS} if case.paper else {}
    read_values = {name: getattr(facts.fields, name) for name in FIELDS}
    pairs = {name: (want, read_values[name].value if read_values[name] else "") for name, want in truth.items()}
    return Outcome(
        case.name, case.half, case.is_scan, case.expected, {one.code: str(one.severity) for one in judged}, pairs,
        time.perf_counter() - start, len(facts.pages),
    )  # fmt: skip


def seen(case: Case, limits: Limits) -> Facts:
    """The facts of a case's file, made once and kept for the next run."""
    path = CACHE / f"{case.name}-{os.getpid()}"
    kept = CACHE / case.name
    if not kept.exists():
        path.write_bytes(case.make())
        path.replace(kept)
    gathered = Gathered()
    try:
        read(kept, case.kind, case.media_type, limits, gathered.take)
    except Exception:
        return gathered.seen(case.kind, "crash").facts
    return gathered.seen(case.kind, "").facts


def _true(case: Case, name: str) -> str:
    value = getattr(case.paper, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def is_same(want: str, got: str) -> bool:
    """Letter for letter, but for case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", want).casefold() == re.sub(r"[\W_]+", "", got).casefold()


def tally(outcomes: list[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for one in outcomes:
        for code in one.expected | one.found.keys():
            score = scores[code]
            if score.severity != Severity.BLOCKS:
                score.severity = one.found.get(code, score.severity)
            score.hits += code in one.expected and code in one.found
            score.alarms += code not in one.expected
            score.misses += code not in one.found
            if (code in one.expected) != (code in one.found):
                score.wrong.append(one.case)
    return scores


def tally_fields(outcomes: list[Outcome]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for one in outcomes:
        for name, (want, got) in one.fields.items():
            score, right = scores[name], bool(want) and is_same(want, got)
            score.hits += right
            score.alarms += bool(got) and not right
            score.misses += bool(want) and not right
            if (want or got) and not right:
                score.wrong.append(f"{one.case}: {want!r} / {got!r}")
    return scores


def page(corpus: list[Case], outcomes: list[Outcome], doors: dict[str, bool], let_in: dict[str, bool]) -> str:
    """The reference page."""
    files, scans = len(corpus), sum(case.is_scan for case in corpus)
    lines = [
        "# How good the machine's checks of a document are",
        "",
        "Written by `make evidence-checks` from a corpus made by code (`tests/reading/corpus/`); nothing here is edited by hand.",
        "",
        f"{files} files, {scans} of them scanned (raster, skew, grain), seed {SEED}. Half of the wordings (*seen*) were known while the rules "
        "were written and mended; the other half (*held out*) was only measured. Both halves share the layouts of the papers. OCR: "
        + ("tesseract with `ind`." if ocr.is_available() else "not installed on the machine that wrote this page."),
        "",
        "The papers are imitations. They vary in letterhead, wording, layout, type and damage as offices do, but they were made by the "
        "people who wrote the rules; figures on a region's own papers will be lower. What verifiers dismiss is counted in use.",
        "",
        "Precision: of what was found, how much was true. Recall: of what was true, how much was found. n: how often it was true.",
        "",
        "## Findings",
        "",
        "| Check | Severity | n seen | Precision | Recall | n held out | Precision | Recall |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    halves = {half: tally([one for one in outcomes if one.half == half]) for half in ("seen", "held")}
    order = list(Severity)
    names = sorted(
        {*halves["seen"], *halves["held"]}, key=lambda name: (order.index(Severity(_severity(halves, name))), name)
    )
    for name in names:
        cells = [_cells(halves[half].get(name, Score())) for half in ("seen", "held")]
        lines.append(f"| `{name}` | {_severity(halves, name)} | {' | '.join(cells)} |")
    for severity in Severity:
        sums = [
            _sum([one for one in outcomes if one.half == half], halves[half], severity) for half in ("seen", "held")
        ]
        lines.append(
            f"| **all that {'block' if severity == 'blocks' else 'warn' if severity == 'warns' else 'inform'}** | {severity} | {' | '.join(map(_cells, sums))} |"
        )
    lines += [
        "",
        "## Fields offered",
        "",
        "A field counts as right if it is so letter for letter, but for case, spaces and punctuation.",
        "",
    ]
    lines += [
        "| Field | Source | n seen | Precision | Recall | n held out | Precision | Recall |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name in FIELDS:
        for label, is_scan in (("text", False), ("OCR", True)):
            both = [
                tally_fields([one for one in outcomes if one.half == half and one.is_scan == is_scan])
                for half in ("seen", "held")
            ]
            lines.append(f"| {name} | {label} | {' | '.join(_cells(scores[name]) for scores in both)} |")
    lines += [
        "",
        "## At the door",
        "",
        f"Hostile files refused: {sum(doors.values())} of {len(doors)}. Good files refused: {sum(let_in.values())} of {len(let_in)}.",
        "",
    ]
    return "\n".join(lines)


def _severity(halves: dict[str, dict[str, Score]], name: str) -> str:
    known = {scores[name].severity for scores in halves.values() if name in scores} - {""}
    return next(iter(known), "informs")


def _sum(outcomes: list[Outcome], scores: dict[str, Score], severity: str) -> Score:
    """All findings of one severity: a finding that blocks in one place and warns in another counts where it was said."""
    total = Score()
    for one in outcomes:
        said = {code for code, gravity in one.found.items() if gravity == severity}
        total.hits += len(said & one.expected)
        total.alarms += len(said - one.expected)
        total.misses += sum(scores[code].severity == severity for code in one.expected - one.found.keys())
    return total


def _cells(score: Score) -> str:
    shown = ["–" if value is None else f"{int(value * 1000) / 1000:.3f}" for value in (score.precision, score.recall)]
    return f"{score.hits + score.misses} | {shown[0]} | {shown[1]}"


def main(target: Path) -> None:
    CACHE.mkdir(exist_ok=True)
    roots = CACHE / "root.pem"
    corpus = [case for half in ("seen", "held") for case in cases(half)]
    warm(corpus, roots)
    plain = [case for case in corpus if not case.is_hostile]
    told = [replace(case, make=bytes) for case in plain]  # every file is there: another process needs no maker
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(examine, told, [str(roots)] * len(told)))
    doors = {case.name: refused(case, (CACHE / case.name).read_bytes()) for case in corpus if case.is_hostile}
    let_in = {
        case.name: refused(case, (CACHE / case.name).read_bytes())
        for case in plain
        if case.kind == "pdf" and case.expected <= {"signature-valid", "qr"}
    }
    target.write_text(page(corpus, outcomes, doors, let_in))
    for half in ("seen", "held"):
        own = [one for one in outcomes if one.half == half]
        for name, score in [*tally(own).items(), *tally_fields(own).items()]:
            for wrong in score.wrong:
                sys.stderr.write(f"{half} {name}: {wrong}\n")


def warm(corpus: list[Case], roots: Path) -> None:
    """Make every file once. The test authority is made anew in every process, so signing stays in this one."""
    roots.write_bytes(papers.authority(papers.AUTHORITY)[0])
    for case in corpus:
        kept = CACHE / case.name
        if not case.link and (
            not kept.exists() or "sign" in case.name or "alter" in case.name or "written" in case.name
        ):
            kept.write_bytes(case.make())
