"""A workbook as it was answered, read back."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineWorkbook


def rows(answer: Any) -> list[list[Any]]:
    """The rows of the first sheet, heading first."""
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
