"""Translations are compiled once for the tests that read English."""

from __future__ import annotations

import pytest

from pamong.common.compile_messages import compile_all


@pytest.fixture(scope="session")
def english() -> None:
    compile_all()
