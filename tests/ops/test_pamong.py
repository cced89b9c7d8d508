"""The ``pamong`` command, as an operator types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pamong.__main__ import COMMANDS, main
from tests.house.source import ROOT
from tests.ops.terminal import environ, pamong


def test_the_list_of_commands_is_the_promised_one() -> None:
    assert list(COMMANDS) == [
        "serve", "demo", "score", "composite", "import-regions", "import-results", "backup", "restore", "sweep-files", "verify-audit",
        "read-again", "createadmin",
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_help_lists_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert [line.split()[0] for line in shown.split("Perintah:\n")[1].split("\n\n")[0].splitlines()] == list(COMMANDS)


def test_no_command_at_all_shows_the_list_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("Pemakaian: pamong PERINTAH")


def test_an_unknown_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["srve"]) == 2
    assert "“srve” tidak dikenal" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_indonesian(name: str, tmp_path: Path) -> None:
    done = pamong(tmp_path, name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Pemakaian: pamong {name}")
    assert "--settings" not in done.stdout


def test_score_wakes_no_django(tmp_path: Path) -> None:
    code = "import sys; from pamong.__main__ import main; main(['score', '-']); sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        input='{"edition": "iid-2026", "institution": {}, "innovations": []}',
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout[:1], list(tmp_path.iterdir())) == (0, "{", [])


def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "pamong", "score", "-"], cwd=ROOT, env=environ(tmp_path), stdout=write, stderr=subprocess.PIPE,
        input='{"edition": "iid-2026", "institution": {}, "innovations": []}', text=True, check=False,
    )  # fmt: skip
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_an_unusable_setting_is_said_in_one_place_without_a_traceback(tmp_path: Path) -> None:
    done = pamong(tmp_path, "verify-audit", PAMONG_HOST="x")
    assert done.returncode == 2
    assert "Did you mean PAMONG_HOSTS?" in done.stderr
    assert "Traceback" not in done.stderr
