"""Lists as Excel workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_MAX = 32_767  # characters Excel takes in one cell
# A text that begins like this is run as a formula by careless programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
WIDTH_MIN, WIDTH_MAX = 8, 60


def xlsx_response(filename: str, headers: Sequence[object], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return ``rows`` under ``headers`` as a download called ``filename`` (".xlsx" is added when missing)."""
    if not filename.endswith(".xlsx"):
        filename += ".xlsx"
    response = HttpResponse(workbook(headers, rows), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def workbook(headers: Sequence[object], rows: Iterable[Sequence[Any]], title: str = "Data") -> bytes:
    """Return the workbook itself: one sheet, a fixed heading row with filters, columns as wide as their content.

    Text is always written as text, and marked as such where it looks like a formula.
    """
    import xlsxwriter  # heavy: only those who export pay for it

    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as book:
        sheet = book.add_worksheet(title)
        _Writer(book, sheet).write(headers, rows)
    return memory.getvalue()


class _Writer:
    """Writes cells by the kind of their value and remembers how wide each column grew."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.sheet = sheet
        self.head = book.add_format(
            {"bold": True, "bg_color": "#0B5560", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.risky = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top"})
        self.number = book.add_format({"valign": "top"})
        self.widths: list[int] = []

    def write(self, headers: Sequence[object], rows: Iterable[Sequence[Any]]) -> None:
        self.widths = [len(str(header)) for header in headers]
        for column, header in enumerate(headers):
            self.sheet.write_string(0, column, str(header), self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self.cell(last, column, value)
        self.sheet.freeze_panes(1, 0)
        if headers:
            self.sheet.autofilter(0, 0, last, len(headers) - 1)
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, min(max(width + 2, WIDTH_MIN), WIDTH_MAX))

    def cell(self, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            value = "ya" if value else "tidak"
        if isinstance(value, datetime):
            local = timezone.make_naive(value) if timezone.is_aware(value) else value
            self.sheet.write_datetime(row, column, local, self.moment)
            self._wide(column, 16)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.day)
            self._wide(column, 10)
        elif isinstance(value, (int, float, Decimal)):
            self.sheet.write_number(row, column, value, self.number)
            self._wide(column, len(str(value)))
        else:
            text = str(value)[:CELL_MAX]
            self.sheet.write_string(row, column, text, self.risky if text.startswith(FORMULA_STARTS) else self.text)
            self._wide(column, len(text))

    def _wide(self, column: int, width: int) -> None:
        if column < len(self.widths):
            self.widths[column] = max(self.widths[column], width)
