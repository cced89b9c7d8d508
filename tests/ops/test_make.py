"""``make`` on a machine where something is missing says what, at once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

TOOLS = ("bash", "sh", "make", "find", "sed", "env")
PYTHON = "Python 3.11 or newer is needed and was not found."
NODE = "Node 20 or newer with npm is needed and was not found"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs with neither Python nor Node in it."""
    for name in TOOLS:
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def _program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def _make(machine: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [machine / "make", "tools"], cwd=ROOT, env={"PATH": str(machine)}, capture_output=True, text=True, check=False
    )
    return done.returncode, [line.split(" Install")[0] for line in done.stderr.splitlines() if "needed" in line]


def test_everything_missing_is_named_at_once(machine: Path) -> None:
    assert _make(machine) == (2, [PYTHON, f"{NODE}."])


def test_an_old_node_is_named_with_its_version(machine: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    _program(machine / "node", 'case "$1" in --version) echo v18.2.0;; *) exit 1;; esac')
    _program(machine / "npm", "exit 0")
    assert _make(machine) == (2, [f"{NODE} (here is v18.2.0)."])


def test_nothing_is_said_when_all_is_there(machine: Path) -> None:
    (machine / "python3").symlink_to(sys.executable)
    _program(machine / "node", "exit 0")
    _program(machine / "npm", "exit 0")
    assert _make(machine) == (0, [])
