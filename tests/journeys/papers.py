"""What people hold in their hands: letters, a web page dressed up as a picture, a table of innovations."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from pamong.demo.prose import profile
from tests.evidence.build import pdf_bytes


def letter(words: str) -> dict[str, Any]:
    """A PDF of one page that says ``words``."""
    return {"name": f"{words[:40]}.pdf", "mimeType": "application/pdf", "buffer": pdf_bytes(words)}


def disguise() -> dict[str, Any]:
    """A web page with a script, named and labelled as a picture."""
    page = b"<!doctype html><html><body><script>document.title='tertipu'</script></body></html>"
    return {"name": "foto.png", "mimeType": "image/png", "buffer": page}


def table(header: list[str], *rows: list[str]) -> dict[str, Any]:
    """An office's own table of innovations."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "daftar inovasi.xlsx", "mimeType": kind, "buffer": buffer.getvalue()}


def texts(name: str, agency: str, region: str) -> dict[str, str]:
    """Every text of a full profile; the six parts of its design have more than 300 words."""
    return profile({"name": name}, agency, region)
