"""The scores of all regions of a year at once: one reading, NumPy, one writing.

Rows are read and written with plain SQL, because objects for 30,000 entries would cost more than all the rest. The
figures equal those of ``queries.index`` and ``assessments.packing`` exactly; a test holds them to it. Entries are read
under their locks, so a verdict given meanwhile is either in the figures or written after them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.backends.utils import CursorWrapper

from pamong.assessments.models import UNANSWERED, Entry
from pamong.assessments.states import REPORTED, Phase, State
from pamong.engine import edition as editions
from pamong.engine import mass
from pamong.scoring.queries.inputs import Value, is_accepted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ASSESSMENTS = "SELECT id, edition_code, phase FROM assessments_assessment WHERE year = %s ORDER BY id"
ENTRIES = """
SELECT e.id, e.assessment_id, e.kind, e.state, e.affair, e.claimed, e.verified
FROM assessments_entry e WHERE e.assessment_id IN (SELECT id FROM assessments_assessment WHERE year = %s)
"""
LOCKED = ENTRIES + " ORDER BY e.id FOR NO KEY UPDATE OF e"
ENTRY_SCORES = "assessments_entryscore", "entry_id"
INDEX_SCORES = "scoring_indexscore", "assessment_id"

CLAIMED, VERIFIED = 5, 6  # columns of a row

Row = tuple[int, int, str, str, str, str, str]
Scores = list[tuple[int, int, int]]
_VALUES: dict[int, Value] = {CLAIMED: "claimed", VERIFIED: "verified"}
_UPSERT = (
    "INSERT INTO {table} ({key}, claimed, verified) {rows} "
    "ON CONFLICT ({key}) DO UPDATE SET claimed = excluded.claimed, verified = excluded.verified"
)
_FRESH = "CREATE TEMP TABLE IF NOT EXISTS fresh_score (id bigint, claimed int, verified int)"
_STATES = {state.value: at for at, state in enumerate(State)}
_REPORTED = [_STATES[state] for state in REPORTED]


@dataclass(slots=True)
class Nation:
    """Every score of a year: (entry, claimed, verified) and (assessment, claimed, verified), in hundredths."""

    entries: Scores
    indices: Scores


def recompute(year: int) -> Nation:
    """Compute and write the score of every entry and every index of ``year``, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(ASSESSMENTS, [year])
        assessments = cursor.fetchall()
        cursor.execute(LOCKED if connection.vendor == "postgresql" else ENTRIES, [year])
        nation = _computed(assessments, cursor.fetchall())
        _write(cursor, *ENTRY_SCORES, nation.entries)
        _write(cursor, *INDEX_SCORES, nation.indices)
    return nation


def _computed(assessments: Sequence[tuple[int, str, str]], rows: Sequence[Row]) -> Nation:
    nation = Nation([], [])
    for code in dict.fromkeys(edition for _, edition, _ in assessments):
        closed = {pk: phase == Phase.CLOSED for pk, edition, phase in assessments if edition == code}
        _add_edition(nation, editions.load(code), closed, [row for row in rows if row[1] in closed])
    return nation


def _add_edition(nation: Nation, edition: editions.Edition, closed: Mapping[int, bool], rows: Sequence[Row]) -> None:
    """Add the scores of all regions under one edition; ``closed`` says of each assessment whether it is."""
    entries = [row for row in rows if row[2] == Entry.Kind.INNOVATION]
    own = [row for row in rows if row[2] == Entry.Kind.INSTITUTION]
    field = _Field(edition, closed, entries)
    matured = [mass.maturities(edition, _packed(entries, column)).tolist() for column in (CLAIMED, VERIFIED)]
    points = [_own_points(edition, own, column) for column in (CLAIMED, VERIFIED)]
    indices = [
        field.indices(column, own, given).tolist() for column, given in zip((CLAIMED, VERIFIED), points, strict=True)
    ]
    nation.entries += zip([row[0] for row in entries], *matured, strict=True)
    nation.entries += zip([row[0] for row in own], *points, strict=True)
    nation.indices += zip(closed, *indices, strict=True)


class _Field:
    """The innovations of all regions as columns, and the rules of which count (those of ``queries.inputs``)."""

    def __init__(self, edition: editions.Edition, closed: Mapping[int, bool], entries: Sequence[Row]) -> None:
        import numpy as np

        places = {code: at for at, code in enumerate(edition.count.affairs)}
        self.edition, self.closed, self.entries = edition, closed, entries
        self.place = {pk: at for at, pk in enumerate(closed)}
        self.home = np.array([self.place[row[1]] for row in entries], dtype=np.int64)
        self.state = np.array([_STATES[row[3]] for row in entries], dtype=np.int64)
        self.affair = np.array([places.get(row[4], mass.NO_BASIC_AFFAIR) for row in entries], dtype=np.int64)
        self.sent = np.isin(self.state, _REPORTED)

    def indices(self, column: int, own: Sequence[Row], points: Sequence[int]) -> Integers:
        """The index of every region, in hundredths, from the levels in ``column``."""
        import numpy as np

        institution = np.zeros(len(self.closed), dtype=np.int64)
        for row, given in zip(own, points, strict=True):
            if row[3] in REPORTED and is_accepted(row[3], _VALUES[column], closed=self.closed[row[1]]):
                institution[self.place[row[1]]] = given
        digits = np.frombuffer(_packed(self.entries, column), dtype=np.uint8).reshape(len(self.entries), -1)
        return mass.indices(
            self.edition,
            digits[self.sent].tobytes(),
            self.home[self.sent],
            institution,
            accepted=self._accepted(column)[self.sent],
            affair=self.affair[self.sent],
        )

    def _accepted(self, column: int) -> Flags:
        import numpy as np

        if column == CLAIMED:
            return np.ones(len(self.entries), dtype=np.bool_)
        shut = np.array(list(self.closed.values()), dtype=np.bool_)[self.home]
        accepted: Flags = np.where(shut, self.state == _STATES[State.ACCEPTED], self.state != _STATES[State.REJECTED])
        return accepted


def _packed(rows: Sequence[Row], column: int) -> bytes:
    return "".join([row[column] for row in rows]).encode("ascii")  # type: ignore[misc]


def _own_points(edition: editions.Edition, own: Sequence[Row], column: int) -> list[int]:
    """The points of each region's own indicators, in hundredths."""
    weights = [int(each.weight * mass.SCALE) for each in edition.institution]
    return [
        sum(int(mark) * weight for mark, weight in zip(str(row[column]), weights, strict=True) if mark != UNANSWERED)
        for row in own
    ]


def _write(cursor: CursorWrapper, table: str, key: str, scores: Scores) -> None:
    """Put ``scores`` into ``table``, over what is there."""
    (_copy if connection.vendor == "postgresql" else _insert)(cursor, table, key, scores)


def _insert(cursor: CursorWrapper, table: str, key: str, scores: Scores) -> None:
    cursor.executemany(_UPSERT.format(table=table, key=key, rows="VALUES (%s, %s, %s)"), scores)


def _copy(cursor: CursorWrapper, table: str, key: str, scores: Scores) -> None:
    cursor.execute(_FRESH)
    cursor.execute("TRUNCATE fresh_score")
    with cursor.copy("COPY fresh_score FROM STDIN") as copy:
        copy.write("".join([f"{pk}\t{claimed}\t{verified}\n" for pk, claimed, verified in scores]))
    cursor.execute(_UPSERT.format(table=table, key=key, rows="SELECT * FROM fresh_score"))
