"""Keeps a few processes running until told to stop, then stops them in order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 35.0
LONGEST_WAIT_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0


def _die_with_parent() -> None:
    """On Linux: should the supervisor be killed outright, its processes are asked to stop rather than left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class Part:
    """One process to keep running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    wait: float = field(default=0.5)

    def start(self, environ: Mapping[str, str]) -> None:
        # Its own session: Ctrl-C reaches the supervisor only, which stops everything in order.
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self.started_at = time.monotonic()

    def signal(self, number: int, *, whole_group: bool = False) -> None:
        if self.process is None:
            return
        try:
            if whole_group:
                os.killpg(self.process.pid, number)
            elif self.process.poll() is None:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass


class Supervisor:
    """Starts every part, starts again what dies (waiting longer each time), and stops all on SIGINT or SIGTERM."""

    def __init__(self, parts: Sequence[Part], environ: Mapping[str, str], say: Callable[[str], object]) -> None:
        self.parts, self.environ, self.say = parts, environ, say
        self.stopping = False

    def run(self, ready: Callable[[], bool] = lambda: True, when_ready: Callable[[], object] = lambda: None) -> None:
        """Return when everything has stopped. ``when_ready`` is called once, as soon as ``ready`` says so."""
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        announced = False
        try:
            while not self.stopping:
                self._tend()
                if not announced and ready():
                    announced = True
                    when_ready()
                time.sleep(0.2)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _tend(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if part.process is None:
                if now >= part.start_at:
                    part.start(self.environ)
            elif (status := part.process.poll()) is not None:
                self._bury(part, status, now)

    def _bury(self, part: Part, status: int, now: float) -> None:
        part.signal(signal.SIGKILL, whole_group=True)
        if now - part.started_at > HEALTHY_AFTER_SECONDS:
            part.wait = 0.5
        self.say(f"{part.name} berhenti (status {status}); dijalankan lagi dalam {part.wait:g} detik.")
        part.process, part.start_at = None, now + part.wait
        part.wait = min(part.wait * 2, LONGEST_WAIT_SECONDS)

    def _stop_all(self) -> None:
        for part in self.parts:
            part.signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for part in self.parts:
            if part.process is not None:
                try:
                    part.process.wait(max(0.1, until - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.say(f"{part.name} tidak mau berhenti; diakhiri paksa.")
            part.signal(signal.SIGKILL, whole_group=True)
