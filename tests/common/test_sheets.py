from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from pamong.common.sheets import workbook, xlsx_response

DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")']


def rows_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_workbook_keeps_kinds_of_values() -> None:
    at = datetime(2026, 5, 2, 17, 5, tzinfo=UTC)
    rows = rows_of(workbook(["A", "B", "C", "D", "E", "F"], [["teks", 3, Decimal("1.25"), date(2026, 5, 3), at, True]]))
    assert rows == [
        ["A", "B", "C", "D", "E", "F"],
        ["teks", 3.0, 1.25, date(2026, 5, 3), datetime(2026, 5, 3, 0, 5), "ya"],
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_workbook_never_writes_a_formula(text: str) -> None:
    content = workbook([text], [[text]])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    styles = zipfile.ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
    assert 'quotePrefix="1"' in styles
    assert rows_of(content) == [[text], [text]]


def test_workbook_shortens_what_excel_cannot_hold() -> None:
    assert rows_of(workbook(["A"], [["x" * 40_000]]))[1] == ["x" * 32_767]


def test_empty_list_is_a_heading_only() -> None:
    assert rows_of(workbook(["A", "B"], [])) == [["A", "B"]]


def test_response_is_a_download_with_a_safe_name() -> None:
    response = xlsx_response('inovasi "2026"\r\nX: y', ["A"], [])
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in response["Content-Disposition"]
