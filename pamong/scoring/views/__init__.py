"""Pages of figures: their trace, their seal, and the ministry's."""

from pamong.scoring.views.returned import (
    export_returned,
    returned,
    returned_import,
    returned_index,
    returned_innovations,
)
from pamong.scoring.views.sealing import close, snapshot, snapshot_inputs
from pamong.scoring.views.tracing import export_trace, trace, trace_entry, trace_indicator

__all__ = [
    "close",
    "export_returned",
    "export_trace",
    "returned",
    "returned_import",
    "returned_index",
    "returned_innovations",
    "snapshot",
    "snapshot_inputs",
    "trace",
    "trace_entry",
    "trace_indicator",
]
