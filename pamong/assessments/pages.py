"""What the pages show, worked out from rows and rules; knows no request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from pamong.assessments import packing
from pamong.assessments.completeness import Completeness, Line
from pamong.assessments.models import UNANSWERED, Entry, Repair
from pamong.assessments.queries import OwnIndicators
from pamong.assessments.states import Phase, State
from pamong.assessments.verification_queue import STATE_LABELS, Waiting, in_points
from pamong.common.templatetags.pamong import NOTHING, badge, short_day

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


class TableRow(NamedTuple):
    """One innovation in a year's table."""

    url: str
    name: str
    mine: SafeString
    agency: str
    state: SafeString
    answered: str
    claimed: str
    verified: str
    verifier: str


def table(rows: Iterable[tuple[Any, ...]], base: str) -> list[TableRow]:
    """The table's rows, from the values of ``queries.TABLE``; their addresses begin with ``base``."""
    mine = SafeString(f" {badge('mine', 'Instansi Anda', 'info')}")
    states = {state.value: badge(state.value, state.label, TONES[state]) for state in State}
    return [
        TableRow(
            f"{base}{code}/", name, mine if is_mine else NOTHING_SAID, short or agency, states[state],
            f"{len(claimed) - claimed.count(UNANSWERED)} / {len(claimed)}", in_points(points or 0),
            in_points(proven or 0) if verified.strip(UNANSWERED) else NOTHING, who or email or NOTHING,
        )
        for code, name, short, agency, state, claimed, verified, points, proven, is_mine, who, email in rows
    ]  # fmt: skip


class WaitingLine(NamedTuple):
    """One line of the queue of verification."""

    url: str
    name: str
    agency: str
    reopened: SafeString
    own: SafeString
    state: SafeString
    judged: str
    days: int
    due: SafeString
    points: str
    stake: SafeString
    verifier: SafeString | str


def waiting(rows: Iterable[Waiting], base: str) -> list[WaitingLine]:
    """``rows`` in words; their addresses begin with ``base``."""
    states = {state: badge(state, STATE_LABELS[state], tone) for state, tone in TONES.items()}
    return [
        WaitingLine(
            f"{base}{row.code}/", row.name, row.agency, _reopened(row.reopened), NOT_YOURS if row.is_own else NOTHING_SAID,
            states[State(row.state)], f"{row.judged}/{row.answered}", row.days, _due(row),
            f"{in_points(row.verified)} / {in_points(row.claimed)}",
            SafeString(f"<b>{in_points(row.stake)}</b>" if row.is_open else NOTHING), row.verifier or NOBODY_YET,
        )
        for row in rows
    ]  # fmt: skip


NOTHING_SAID = SafeString("")
NOT_YOURS = badge("own", "Bukan untuk Anda nilai")
NOBODY_YET = SafeString('<span class="text-secondary">belum</span>')


def _reopened(indicators: Sequence[str]) -> SafeString:
    if not indicators:
        return NOTHING_SAID
    more = f" dan {len(indicators) - 3} lagi" if len(indicators) > 3 else ""
    return badge("reopened", f"Dibuka kembali: indikator {', '.join(indicators[:3])}{more}", "warn")


def _due(row: Waiting) -> SafeString:
    """How late it is, or until when there is time; nothing once it is decided."""
    if not row.is_open:
        return NOTHING_SAID
    if row.late:
        return SafeString(f" {badge('late', f'lewat {row.late} hari', 'bad')}")
    day = short_day(row.due_on, year=False) if row.due_on else NOTHING
    return format_html('<span class="d-block small text-secondary text-nowrap">tenggat {}</span>', day)


class OwnPart(NamedTuple):
    """The region's own indicators beside a year's dates."""

    points: Decimal
    answered: int
    state: str


def own_part(own: OwnIndicators | None) -> OwnPart | None:
    if own is None:
        return None
    answered = len(own.claimed) - own.claimed.count(UNANSWERED)
    return OwnPart(points(own.points), answered, str(State(own.state).label))


@dataclass(frozen=True, slots=True)
class Row:
    """One innovation in one year, for its own history and for spreadsheets."""

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


def row(entry: Entry) -> Row:
    """The row of ``entry``, read with its innovation, agency and score."""
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


LONGEST_NAME = 60


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator on the entry's page."""

    line: Line
    verified: int | None
    documents: tuple[str, ...]
    repair: Repair | None

    @property
    def named(self) -> list[str]:
        """The names of the first two documents, cut where they are too long for the table."""
        return [name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for name in self.documents[:2]]

    @property
    def unnamed(self) -> int:
        return max(len(self.documents) - 2, 0)

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


INDICATOR_HEADERS = (
    "Indikator", "Nama", "Wajib", "Bobot", "Tingkat diklaim", "Tingkat terverifikasi", "Bukti", "Nilai diklaim", "Nilai tertinggi",
    "Keadaan", "Alasan perbaikan",
)  # fmt: skip


def exported(row: IndicatorRow) -> tuple[Any, ...]:
    """One indicator as a line of the workbook."""
    indicator = row.line.indicator
    return (
        indicator.code, indicator.name, indicator.mandatory, indicator.weight, row.line.level, row.verified,
        "\n".join(row.documents), row.line.points, indicator.maximum, row.state[0], row.repair.reason if row.repair else "",
    )  # fmt: skip


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
