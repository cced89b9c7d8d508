"""``pamong`` started as an operator starts it: a process of its own over data of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT


def environ(home: Path, **more: str) -> dict[str, str]:
    """This process's environment without what would lead to the tests' own settings and database."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PAMONG_", "DJANGO_", "DATABASE_URL"))}
    return kept | {"PAMONG_HOME": str(home)} | more


def pamong(home: Path, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pamong", *arguments],
        cwd=ROOT,
        env=environ(home, **more),
        input=stdin,
        capture_output=True,
        text=True,
    )
