from __future__ import annotations

import pytest
from django.test import RequestFactory

from pamong.common.paging import page_of


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("", 1), ("x", 1), ("0", 3), ("-1", 3), ("9" * 30, 3), ("9" * 5000, 1), ("1e3", 1)]
)
def test_page_of_survives_any_number(asked: str, number: int) -> None:
    page = page_of(list(range(120)), RequestFactory().get("/", {"page": asked}))
    assert page.number == number
    assert len(page) <= 50
