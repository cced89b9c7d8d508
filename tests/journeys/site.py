"""A real site in a folder of its own: served by ``pamong serve`` with the demonstration, stopped by its process id.

Loading the demonstration takes most of the time. Whoever works on journeys may name a folder that holds one already
(``PAMONG_HOME`` of an earlier ``pamong serve --demo``) in ``JOURNEYS_FROM``; it is copied, not touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

SETTINGS = "tests.journeys.site_settings"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 300.0
PASSWORD = "inovasi-magelang"


class Site:
    """``with Site(folder) as site``: migrated, filled and answering at ``site.url``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home / "serve.log"

    def __enter__(self) -> Site:
        if "JOURNEYS_FROM" in os.environ:
            shutil.copytree(os.environ["JOURNEYS_FROM"], self.home, dirs_exist_ok=True)
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pamong", "serve", "--demo", "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def environ(self) -> dict[str, str]:
        """This process's environment without the settings of its own tests."""
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("PAMONG_")}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PAMONG_HOME": str(self.home),
            "PAMONG_WORKERS": "1",
            "PAMONG_EMAIL_URL": "dummymail://",
        }

    def manage(self, *arguments: str) -> str:
        """Run one management command to its end; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environ,
            check=True,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        return done.stdout

    def mail(self, to: str) -> str:
        """The newest message in the outbox to ``to``; in this profile no person's mailbox exists to read it in."""
        with sqlite3.connect(f"file:{self.home / 'pamong.sqlite3'}?mode=ro", uri=True) as database:
            found = database.execute(
                'SELECT body FROM notifications_message WHERE "to" = ? ORDER BY id DESC LIMIT 1', (to,)
            ).fetchone()
        assert found, f"no message to {to} was written"
        return str(found[0])

    def stop(self) -> None:
        """Ask the supervisor to stop; it stops its parts in order."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(45)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not _answers(self.url):
            stopped = self.process.poll() is not None
            if stopped or time.monotonic() > until:
                said = "stopped while starting" if stopped else f"did not answer within {PATIENCE_SECONDS:g} s"
                raise RuntimeError(f"the site {said}:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.3)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/sehat/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
