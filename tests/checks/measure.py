"""How good the checks by the rules of an indicator are: claims made by code, their papers set as PDF and read by the reader.

Two halves. *Seen*: this folder's own wording, which the rules were written against. *Held out*: other names, agencies, places and laws
(those of ``tests/reading/corpus`` never looked at), and decrees and letters laid out there by somebody else.
"""

from __future__ import annotations

import hashlib
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pamong.checks.rules import RULES, Case, Finding, Severity, examine, measures
from pamong.engine import checks as looked_for
from pamong.reading.bounded import Gathered
from pamong.reading.facts import Facts, Page
from pamong.reading.reader import Limits, read
from tests.checks import cases, corpus
from tests.checks.corpus import Sample, Words, Writ
from tests.reading.corpus import papers
from tests.reading.corpus.papers import Desk, Paper
from tests.reading.corpus.words import HALVES

SEED, EACH = 20260502, 24
MARKERS = ("fffd11a1", "ffff00", "92d050", "00ffff", "ff66cc", "ffc000")  # of word processors and readers of PDF
CACHE = Path(tempfile.gettempdir()) / "pamong-claims"
HEAD = f"""## By the rules of an indicator

What is said of a claim under `iid-2026` (`pamong/checks/rules/`), from claims made by code (`tests/checks/corpus.py`) whose papers are set as
PDF and read by the same reader. Every sample is wrong in one way or in none, and every rule looks at every sample, so a rule is
also charged with what it says where another is right to object. *Seen* is the wording the rules were written against; *held out* has
other names, agencies, places and laws, and decrees and letters laid out for the tests of the reader. Seed {SEED}.

An objection blocks or warns. A scan never lets a rule block, so scans are not in this table. After the first run over the held-out
half three things were mended: the number (NIP) of who signed no longer counts as one more person, nothing is said of the date or signature
of a paper that is not taken at all, and samples whose own date was too old were labelled so. So the second half is held out in
wording, no longer in these. These papers are
imitations too: what verifiers dismiss in use is counted on the page *Temuan mesin*, and is the better figure.

`apart`, `marked`, `measure`, `phrase`, `shared`, `signed`, `typed`, `validity` and the count of what a video shows were measured on samples
written together with the rules or after them by one hand: their figures say that they do what was meant, no more. Videos are films made by
code, read as any other; a film that only speaks is among the right ones. After a first run over both halves each screen is looked at a second
time for light ink, and fewer than three parts seen say nothing, so the films are held out in the names of innovations only.
"""


@dataclass
class Score:
    """Objections of one rule: right, wrong, missing; and of those that block, how many were right."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0
    blocked: int = 0
    blocked_wrongly: int = 0

    @property
    def precision(self) -> float | None:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else None

    @property
    def recall(self) -> float | None:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else None

    @property
    def of_blocks(self) -> float | None:
        return 1 - self.blocked_wrongly / self.blocked if self.blocked else None


def held_words() -> Words:
    """The wording nobody looked at while the rules were written."""
    half = HALVES["held"]
    forms = {"GUBERNUR": "PROVINSI", "BUPATI": "KABUPATEN"}
    return Words(
        names=half.innovations,
        others=HALVES["seen"].innovations,
        places=tuple((forms.get(head, "KOTA"), region, head) for head, region, _ in half.regions),
        units=tuple(dict.fromkeys((*(office.title() for office, _ in half.offices), *corpus.UNITS)))[:12],
        people=tuple(name.title() if name.isupper() else name for name in half.names),
        laws=half.laws,
    )


def samples(half: str) -> Iterator[Sample]:
    """Every sample of a half."""
    if half == "seen":
        yield from corpus.samples(SEED, EACH)
        return
    yield from corpus.samples(SEED + 1, EACH, held_words())
    yield from _by_others(Random(SEED + 2))


def _by_others(chance: Random) -> Iterator[Sample]:
    """Decrees and letters as the tests of the reader write them, claimed rightly and wrongly."""
    desk, names = Desk(HALVES["held"], chance), HALVES["held"].innovations
    levels = {"sk-kdh": 1, "perkada": 2, "perda": 3}
    for number in range(EACH * 2):
        kind = chance.choice(sorted(levels))
        paper, wrong = desk.decree(kind), number % 2 == 1
        other = chance.choice([name for name in names if name != paper.innovation])
        yield Sample(
            "name",
            wrong,
            "16",
            levels[kind],
            other if wrong else paper.innovation,
            (_writ(paper),),
            _dated(paper, kind),
        )
        low = desk.decree(chance.choice(("sk-kdh", "perkada")))
        claimed = 3 if wrong else levels[low.instrument]
        yield Sample(
            "instrument",
            wrong,
            "16",
            claimed,
            low.innovation,
            (_writ(low, "perda" if wrong else ""),),
            _dated(low, low.instrument),
        )
        letter = desk.report() if wrong else desk.assignment()
        yield Sample(
            "accepted", wrong, "17", 1, "Pak Waris", (_writ(letter),), {} if wrong else _dated(letter, "surat-tugas")
        )


def _dated(paper: Paper, kind: str) -> dict[str, Any]:
    """What the date of such a paper deserves: decrees and letters of 2023 are too old for the claims made here."""
    old = paper.dated is not None and paper.dated.year == 2023 and kind in ("sk-kdh", "surat-tugas")
    return {"also": frozenset({"dated", "unusable"})} if old else {}


def _writ(paper: Paper, recorded: str = "") -> Writ:
    return Writ(tuple(paper.pages), recorded or paper.instrument, paper.dated, reads="typst")


def see(writ: Writ, seconds: float | None) -> Facts:
    """What the reader really sees in ``writ``, set as a PDF; made once and kept for the next run."""
    if seconds is not None and writ.pages:
        return _watched(writ)
    if seconds is not None or not writ.pages:
        return cases.facts(writ, seconds)
    markup = writ.pages if writ.reads == "typst" else tuple(_set(page) for page in writ.pages)
    kept = CACHE / f"{hashlib.sha256(repr(markup).encode()).hexdigest()}.pdf"
    if not kept.exists():
        kept.write_bytes(papers.pdf(Paper("", pages=list(markup))))
    gathered = Gathered()
    read(kept, "pdf", "application/pdf", Limits(), gathered.take)
    return gathered.seen("pdf", "").facts


def _watched(writ: Writ) -> Facts:
    """What is legible in a film made of ``writ``'s screens."""
    name = hashlib.sha256(repr(writ.pages).encode()).hexdigest()
    kept = CACHE / f"{name}.mp4"
    if not kept.exists():
        kept.write_bytes(papers.film(Random(name), writ.pages))
    gathered = Gathered()
    read(kept, "video", "video/mp4", Limits(), gathered.take)
    return gathered.seen("video", "").facts


def _set(page: str) -> str:
    """Lines as typst markup, rows of tables as a table."""
    lines, rows = [], []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(line[1:].split("|"))
            continue
        if rows:
            cells = "".join(f"[{papers._safe(cell)}], " for row in rows for cell in row)
            lines.append(f"#table(columns: {len(rows[0])}, {cells})")
            rows = []
        lines.append(_line(line) if line.strip() else "#v(0.5cm)")
    return "\n".join(lines)


def _line(line: str) -> str:
    if line.startswith("=="):
        return f'#highlight(fill: rgb("{MARKERS[len(line) % len(MARKERS)]}"))[{papers._safe(line[2:])}] \\'
    return f"{papers._safe(line)} \\"


def expected(sample: Sample) -> frozenset[str]:
    """The rules that ought to object: that of the check, and what must follow from it."""
    also: frozenset[str] = sample.about.get("also", frozenset())
    if not sample.wrong:
        return also
    follows = {"dated": ("unusable",), "accepted": ("unusable",), "length": ("unusable",), "instrument": ("recorded",)}
    twice = ("twice",) if sample.check == "count-files" and len(sample.writs) > sample.about["different"] else ()
    if "unusable" in also:  # nothing is said of the level of what cannot be used at all
        return also | {"recorded"} if sample.check == "instrument" else also
    return also | {sample.check.partition("-")[0], *follows.get(sample.check, ()), *twice}


def judged(sample: Sample) -> tuple[Case, tuple[Finding, ...]]:
    case = cases.case(sample, see=see)
    return case, examine(case)


def tally(half: str) -> tuple[dict[str, Score], list[str], tuple[int, int]]:
    """Scores by rule, every wrong call in words, and how many lists of people were counted to the head."""
    scores: dict[str, Score] = defaultdict(Score)
    wrong: list[str] = []
    exact = lists = 0
    for sample in samples(half):
        _, found = judged(sample)
        objections = {each.rule: each for each in found if each.severity is not Severity.INFORMS}
        wanted = expected(sample)
        for rule in wanted | objections.keys():
            _add(scores[rule], rule in wanted, objections.get(rule))
            if (rule in wanted) != (rule in objections):
                said = objections[rule].message if rule in objections else "said nothing"
                wrong.append(f"{half} {sample.check} ({'wrong' if sample.wrong else 'right'}), {rule}: {said}")
        if sample.check == "count-persons":
            lists += 1
            exact += any(f"Terhitung {sample.about['number']} orang" in each.message for each in found)
    return scores, wrong, (exact, lists)


def _add(score: Score, is_wanted: bool, objection: Finding | None) -> None:
    score.hits += is_wanted and objection is not None
    score.alarms += not is_wanted
    score.misses += objection is None
    if objection is not None and objection.severity is Severity.BLOCKS:
        score.blocked += 1
        score.blocked_wrongly += not is_wanted


def section() -> tuple[str, list[str]]:
    """The part of the page about indicators, and every wrong call."""
    CACHE.mkdir(exist_ok=True)
    halves = {half: tally(half) for half in ("seen", "held")}
    rows = [
        "| Rule | n seen | Precision | Recall | Blocks, right | n held out | Precision | Recall | Blocks, right |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for rule in sorted({rule for scores, _, _ in halves.values() for rule in scores}):
        cells = " | ".join(_cells(halves[half][0].get(rule, Score())) for half in ("seen", "held"))
        rows.append(f"| `{rule}` {RULES.get(rule, '')} | {cells} |")
    sums = " | ".join(_cells(_sum(halves[half][0])) for half in ("seen", "held"))
    rows.append(f"| **all rules** | {sums} |")
    counts = "; ".join(f"{half}: {exact} of {lists}" for half, (_, _, (exact, lists)) in halves.items())
    told = f"\nLists of people counted to the head: {counts}.\n"
    for half in ("seen", "held"):
        read = forms(half)
        told += (
            f"\nLines of time and share (`tests/checks/forms.toml`), {SAID_OF[half]}: {read.right} read rightly, {read.wrong} wrongly, "
            f"{read.missed} not read.\n"
        )
    return f"{HEAD}\n" + "\n".join(rows) + "\n" + told, [each for _, wrong, _ in halves.values() for each in wrong]


SAID_OF = {"seen": "by which the rules were mended", "held": "written afterwards and only measured"}


@dataclass
class Forms:
    """Single lines as offices write them: read rightly, read as something else, read where there is nothing, not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


def forms(half: str) -> Forms:
    """How the lines of ``tests/checks/forms.toml`` are read."""
    rules, told = looked_for.load("iid-2026").by_code, Forms()
    for form in tomllib.loads((Path(__file__).parent / "forms.toml").read_text(encoding="utf-8"))[half]:
        counting, wanted = rules[form["indicator"]].counting, form.get("value")
        found = measures.measured(counting, [Page(1, form["text"])]) if counting else None
        value = None if found is None else round(found.value, 2)
        told.right += value == wanted
        told.wrong += value is not None and value != wanted
        told.missed += value is None and wanted is not None
    return told


def _sum(scores: dict[str, Score]) -> Score:
    return Score(*(sum(getattr(each, name) for each in scores.values()) for name in Score.__dataclass_fields__))


def _cells(score: Score) -> str:
    """Nothing is rounded up."""
    shown = [
        "–" if value is None else f"{int(value * 1000) / 1000:.3f}"
        for value in (score.precision, score.recall, score.of_blocks)
    ]
    return f"{score.hits + score.misses} | {shown[0]} | {shown[1]} | {shown[2]} ({score.blocked})"
