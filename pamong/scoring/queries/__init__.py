"""What can be asked of the scores. Everything is computed on reading; only ``IndexScore`` and snapshots are stored."""

from pamong.scoring.queries.inputs import (
    CLAIMED,
    VERIFIED,
    Inputs,
    Progress,
    Reported,
    Value,
    index,
    index_if_closed,
    inputs,
    inputs_of,
    progress,
    progress_of,
    reported,
    score_of,
)
from pamong.scoring.queries.returned import ReturnedRow, returned, returned_rows
from pamong.scoring.queries.sealed import sealed_innovations, sealed_lines
from pamong.scoring.queries.trace import Row, Trace, entry_visible_to, snapshots_visible_to, trace
from pamong.scoring.queries.undecided import Closing, closing, undecided

__all__ = [
    "CLAIMED",
    "VERIFIED",
    "Closing",
    "Inputs",
    "Progress",
    "Reported",
    "ReturnedRow",
    "Row",
    "Trace",
    "Value",
    "closing",
    "entry_visible_to",
    "index",
    "index_if_closed",
    "inputs",
    "inputs_of",
    "progress",
    "progress_of",
    "reported",
    "returned",
    "returned_rows",
    "score_of",
    "sealed_innovations",
    "sealed_lines",
    "snapshots_visible_to",
    "trace",
    "undecided",
]
