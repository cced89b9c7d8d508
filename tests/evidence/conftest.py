from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: object) -> Path:
    """Each test has an empty store of its own."""
    folder = tmp_path / "files"
    wanted = {**settings.STORAGES}  # type: ignore[attr-defined]
    wanted["default"] = {**wanted["default"], "OPTIONS": {"location": folder, "base_url": None}}
    wanted["arriving"] = {**wanted["arriving"], "OPTIONS": {"location": tmp_path / "arriving", "base_url": None}}
    settings.STORAGES = wanted  # type: ignore[attr-defined]
    assert storages["default"].path("") == default_storage.path("") == str(folder)
    return folder


def kept(folder: Path) -> list[str]:
    """The names of every file in the store."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
