"""``pamong serve``, started for real: it sets up, serves, survives, and stops in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.house.source import ROOT
from tests.ops.terminal import environ, pamong

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path, port: int) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        running.append(
            subprocess.Popen(
                [sys.executable, "-m", "pamong", "serve", "--bind", f"127.0.0.1:{port}"],
                cwd=ROOT,
                env=environ(tmp_path, PAMONG_WORKERS="1"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _healthy(port: int, within: float = 40) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(f"http://127.0.0.1:{port}/sehat/", timeout=5) as answer:
                return bool(answer.status == 200 and "Set-Cookie" not in answer.headers)
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _children(pid: int) -> list[int]:
    """The processes ``pid`` started and what they started, as the kernel knows them."""
    path = Path(f"/proc/{pid}/task/{pid}/children")
    direct = [int(child) for child in path.read_text().split()] if path.exists() else []
    return [one for child in direct for one in (child, *_children(child))]


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the processes")
def test_serve_survives_a_death_and_stops_in_order(start: Start, port: int, tmp_path: Path) -> None:
    site = start()
    assert _healthy(port)
    web = _children(site.pid)[0]
    os.kill(web, signal.SIGKILL)
    time.sleep(0.3)
    assert _healthy(port)
    assert web not in _children(site.pid)
    refused = pamong(tmp_path, "serve", "--bind", f"127.0.0.1:{port}")
    assert (refused.returncode, "sedang berjalan" in refused.stderr) == (1, True)
    parts = _children(site.pid)
    site.send_signal(signal.SIGINT)
    said, _ = site.communicate(timeout=40)
    assert site.returncode == 0, said
    assert said.splitlines()[-1] == "Pamong berhenti."
    assert [pid for pid in parts if not _is_gone(pid)] == []


def test_a_second_start_keeps_the_data(start: Start, port: int, tmp_path: Path) -> None:
    assert pamong(tmp_path, "createadmin", "ani@contoh.test").returncode == 0
    before = pamong(tmp_path, "verify-audit").stdout
    site = start()
    assert _healthy(port)
    site.terminate()
    site.communicate(timeout=40)
    assert (site.returncode, pamong(tmp_path, "verify-audit").stdout) == (0, before)


def test_an_address_in_use_is_said_plainly(tmp_path: Path, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = pamong(tmp_path, "serve", "--bind", f"127.0.0.1:{port}")
    assert (done.returncode, "tidak dapat dipakai" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_the_demonstration_is_never_loaded_in_production(tmp_path: Path, port: int) -> None:
    done = pamong(
        tmp_path,
        "serve",
        "--demo",
        "--bind",
        f"127.0.0.1:{port}",
        PAMONG_PROFILE="production",
        PAMONG_SECRET_KEY="k" * 60,
        PAMONG_HOSTS="pamong.contoh.test",
    )
    assert (done.returncode, "tidak dimuat" in done.stderr) == (1, True)
