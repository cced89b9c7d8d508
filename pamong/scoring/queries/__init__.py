"""What can be asked of the scores. Everything is computed on reading; only ``IndexScore`` and snapshots are stored."""

from pamong.scoring.queries.inputs import (
    CLAIMED,
    VERIFIED,
    Inputs,
    Progress,
    Reported,
    Value,
    index,
    inputs,
    inputs_of,
    progress,
    progress_of,
    reported,
    score_of,
)

__all__ = [
    "CLAIMED",
    "VERIFIED",
    "Inputs",
    "Progress",
    "Reported",
    "Value",
    "index",
    "inputs",
    "inputs_of",
    "progress",
    "progress_of",
    "reported",
    "score_of",
]
