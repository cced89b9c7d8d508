"""The reference page of the editions says what the editions say."""

from __future__ import annotations

from pathlib import Path

from pamong.engine.edition import available, load
from pamong.engine.handbook import main, regenerated

PAGE = Path(__file__).parents[2] / "docs/reference/editions.md"


def test_the_reference_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert regenerated(page) == page
    notes = [each.note for code in available() for each in load(code).unverified]
    assert [note for note in notes if note not in page] == []


def test_an_outdated_page_is_rewritten(tmp_path: Path) -> None:
    page = tmp_path / "editions.md"
    page.write_text(
        PAGE.read_text(encoding="utf-8").replace("| iid-2026 | current |", "| iid-2026 | past |"), encoding="utf-8"
    )
    assert main([str(page)]) == 0
    assert page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
