"""What is handed on belongs to the product alone."""

from __future__ import annotations

import re
import subprocess

from tests.house import source

TEXT = {".py", ".md", ".toml", ".html", ".js", ".mjs", ".css", ".json", ".lock", ".txt", ".yml", ".sh", ""}


def _files() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=source.ROOT, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    own = "tests/house/test_source.py"
    pattern = re.compile(r"(?<![\w.:/-])/(work|root|home/\w+|Users)/|/opt/(pypi|wheels)|\"resolved\":|registry\.npmjs")
    found = []
    for name in _files():
        path = source.ROOT / name
        if name != own and path.is_file() and path.suffix in TEXT:
            lines = path.read_text(errors="ignore").splitlines()
            found += [f"{name}:{n}: {line.strip()[:90]}" for n, line in enumerate(lines, 1) if pattern.search(line)]
    assert found == []


def test_no_module_grows_beyond_400_lines() -> None:
    long = {
        str(p.relative_to(source.ROOT)): n for p in source.modules() if (n := len(p.read_text().splitlines())) > 400
    }
    assert long == {}
