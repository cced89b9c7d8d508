"""What the pages show, worked out from rows and rules; knows no request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pamong.assessments import packing
from pamong.assessments.completeness import Completeness, Line
from pamong.assessments.models import UNANSWERED, Entry, Repair
from pamong.assessments.states import Phase, State

TONES: Mapping[str, str] = {
    State.DRAFT: "neutral",
    State.AWAITING: "warn",
    State.SUBMITTED: "info",
    State.VERIFYING: "info",
    State.RETURNED: "warn",
    State.ACCEPTED: "good",
    State.REJECTED: "bad",
}
PHASE_TONES: Mapping[str, str] = {
    Phase.PREPARED: "neutral",
    Phase.OPEN: "good",
    Phase.VERIFYING: "info",
    Phase.CLOSED: "neutral",
}


def points(hundredths: int | None) -> Decimal:
    """A stored score as points."""
    return Decimal(hundredths or 0) / packing.HUNDREDTHS


def answered(entry: Entry) -> int:
    """How many indicators are claimed, from the packed levels."""
    return len(entry.claimed) - entry.claimed.count(UNANSWERED)


# -- the table of a year ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One innovation in a year's table."""

    code: str
    name: str
    agency: str
    state: str
    state_label: str
    tone: str
    answered: int
    claimed: Decimal
    verified: Decimal
    has_verdicts: bool
    is_mine: bool
    verifier: str


def rows(entries: Iterable[Entry]) -> list[Row]:
    """The table's rows; ``entries`` come from ``queries.entries_of``."""
    return [row(each) for each in entries]


def row(entry: Entry) -> Row:
    """One of them."""
    score = getattr(entry, "score", None)
    return Row(
        code=entry.code,
        name=str(entry.innovation),
        agency=str(entry.agency),
        state=entry.state,
        state_label=str(State(entry.state).label),
        tone=TONES[entry.state],
        answered=answered(entry),
        claimed=points(score.claimed if score else 0),
        verified=points(score.verified if score else 0),
        has_verdicts=entry.verified.strip(UNANSWERED) != "",
        is_mine=bool(getattr(entry, "is_mine", False)),
        verifier=str(entry.verifier or ""),
    )


# -- one entry --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator on the entry's page."""

    line: Line
    verified: int | None
    documents: tuple[str, ...]
    repair: Repair | None

    @property
    def state(self) -> tuple[str, str]:
        """A few words and their tone."""
        if self.repair is not None:
            return "Perlu perbaikan", "warn"
        if self.verified is not None:
            same = self.verified == (self.line.level or 0)
            return ("Terbukti", "good") if same else ("Berbeda dari klaim", "warn")
        if self.line.faults:
            return "Wajib dilengkapi", "bad"
        if self.line.level is None:
            return "Belum diisi", "neutral"
        if self.line.is_not_claimed:
            return "Tidak diklaim", "neutral"
        return ("Belum ada bukti", "warn") if self.line.gaps else ("Lengkap", "good")


def indicator_rows(
    entry: Entry, checked: Completeness, documents: Mapping[str, list[str]], repairs: Mapping[str, Repair]
) -> list[IndicatorRow]:
    """Every indicator of ``entry`` in the edition's order."""
    return [
        IndicatorRow(
            line=line,
            verified=None if mark == UNANSWERED else int(mark),
            documents=tuple(documents.get(line.indicator.code, ())),
            repair=repairs.get(line.indicator.code),
        )
        for line, mark in zip(checked.lines, entry.verified, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done now, and where (a URL name of this feature, or empty)."""

    text: str
    label: str = ""
    url_name: str = ""


def next_step(entry: Entry, checked: Completeness, untouched: int) -> NextStep:
    """The one thing that moves ``entry`` forward."""
    if entry.state == State.DRAFT:
        if checked.faults:
            return NextStep(
                f"Masih ada {len(checked.faults)} hal yang wajib dilengkapi.", "Lihat yang kurang", "completeness"
            )
        return NextStep(
            "Yang wajib sudah lengkap. Periksa sekali lagi, lalu ajukan.", "Periksa dan ajukan", "completeness"
        )
    if entry.state == State.RETURNED:
        if untouched:
            return NextStep(
                f"Perbaiki {untouched} indikator yang dikembalikan verifikator.",
                "Lihat yang dikembalikan",
                "completeness",
            )
        return NextStep("Semua yang dikembalikan sudah diperbaiki.", "Ajukan kembali", "completeness")
    return NextStep(_WAITING[State(entry.state)])


_WAITING = {
    State.AWAITING: "Menunggu pengesahan kepala perangkat daerah.",
    State.SUBMITTED: "Sudah diajukan; menunggu verifikator.",
    State.VERIFYING: "Sedang diverifikasi. Bila ada yang kurang, verifikator mengembalikannya.",
    State.ACCEPTED: "Diterima verifikator.",
    State.REJECTED: "Ditolak verifikator.",
}


def neighbours(codes: tuple[str, ...], code: str) -> tuple[str | None, str | None]:
    """The indicator before and after ``code``."""
    place = codes.index(code)
    before = codes[place - 1] if place else None
    after = codes[place + 1] if place + 1 < len(codes) else None
    return before, after
