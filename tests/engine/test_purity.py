"""The engine is pure: it starts fast and drags nothing in."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("django", "numpy", "scipy", "hypothesis")


MODULES = (
    "edition index mass eligibility lifecycle words cli_score cli_composite maps situation gaps "
    "planner portfolio causes telling robustness forecast"
)


@pytest.mark.parametrize("module", MODULES.split())
def test_importing_a_module_of_the_engine_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, pamong.engine.{module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
