"""Imports only go down, and the engine is pure."""

from __future__ import annotations

import sys

from importlinter.cli import lint_imports

from tests.house import source


def test_imports_only_go_down() -> None:
    """The contracts of pyproject.toml; ``make contracts`` explains a failure."""
    assert lint_imports(config_filename=str(source.ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0


def test_the_engine_imports_the_standard_library_numpy_and_scipy_only() -> None:
    known = set(sys.stdlib_module_names) | {"numpy", "scipy"}
    found = [
        f"{source.where(path, line)} imports {name}"
        for path in source.modules()
        if path.relative_to(source.PACKAGE).parts[0] == "engine"
        for line, name in source.imports(path)
        if name.split(".")[0] not in known and not name.startswith("pamong.engine")
    ]
    assert found == []
