"""Reads a file in a child process with bounds on time, processor and memory: a hang or a crash is a finding, not a lost file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pamong.reading.facts import Facts
from pamong.reading.reader import Limits

MEMORY = 2 * 1024**3  # of addresses, not of use: libraries reserve much more than they touch
GRACE = 20.0  # seconds over the reader's own limit before it is ended from outside
# One file is one core's work: libraries that would take all cores are told not to.
_ONE_CORE = {name: "1" for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


# All the child is told of this process's environment: no settings, no key, no database.
_HANDED_ON = ("PATH", "LANG", "TMPDIR", "TESSDATA_PREFIX", "PYTHONPATH", "VIRTUAL_ENV")


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _HANDED_ON if name in os.environ} | _ONE_CORE


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back: the facts, and likeness prints as ``(kind, page, hash, thumbnail)``."""

    facts: Facts
    prints: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(slots=True)
class Gathered:
    values: dict[str, Any] = field(default_factory=dict)
    pages: dict[int, dict[str, Any]] = field(default_factory=dict)
    prints: list[tuple[str, int, str, str]] = field(default_factory=list)
    total: int = 0
    is_whole: bool = False

    def take(self, name: str, value: Any) -> None:
        if name == "page":
            self.pages[value["number"]] = value
        elif name == "print":
            self.prints.append((value[0], value[1], value[2], value[3]))
        elif name == "total":
            self.total = value
        elif name == "whole":
            self.is_whole = True
        else:
            self.values[name] = value

    def seen(self, kind: str, fault: str) -> Seen:
        pages = [self.pages[number] for number in sorted(self.pages)]
        facts = Facts.from_json({"kind": kind, **self.values, "pages": pages, "fault": fault})
        return Seen(facts, tuple(self.prints))


def read(
    path: Path,
    kind: str,
    media_type: str,
    limits: Limits | None = None,
    *,
    program: tuple[str, ...] = ("-m", "pamong.reading.child"),
    memory: int = MEMORY,
    grace: float = GRACE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Seen:
    """Everything the reader saw in the file at ``path``; ``progress(pages done, pages in all)`` is called as pages come in.

    Never raises for what a file does: ``facts.fault`` says ``hang``, ``memory`` or ``crash``, and holds what was seen before.
    """
    limits = limits or Limits()
    asked = {
        "path": str(path), "kind": kind, "media_type": media_type, "limits": asdict(limits), "memory": memory,
        "cpu_seconds": int(limits.seconds + grace),
    }  # fmt: skip
    with _Child(program) as child:
        gathered = child.run(json.dumps(asked), limits.seconds + grace, progress)
        return gathered.seen(kind, "" if gathered.is_whole else child.fault())


class _Child:
    """The process, in a group of its own so that what it started ends with it."""

    def __init__(self, program: tuple[str, ...]) -> None:
        self.was_late = False
        self.muttered = ""
        self.process: Any = subprocess.Popen(  # noqa: S603
            [sys.executable, *program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env=_environment(), start_new_session=True,
        )  # fmt: skip

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def run(self, asked: str, seconds: float, progress: Callable[[int, int], None]) -> Gathered:
        clock = threading.Timer(seconds, self._too_late)
        mutter = threading.Thread(target=self._listen, daemon=True)
        clock.start()
        mutter.start()
        gathered = Gathered()
        try:
            self.process.stdin.write(asked)
            self.process.stdin.close()
            for line in self.process.stdout:
                _take(gathered, line)
                progress(len(gathered.pages), gathered.total)
            self.process.wait()
        except BrokenPipeError:
            self.process.wait()
        finally:
            clock.cancel()
            self._end()
            mutter.join(5)
        return gathered

    def fault(self) -> str:
        if self.was_late or self.process.returncode == -signal.SIGXCPU:
            return "hang"
        short = "MemoryError" in self.muttered or "bad_alloc" in self.muttered or "Cannot allocate" in self.muttered
        return "memory" if short else "crash"

    def _listen(self) -> None:
        for line in self.process.stderr:
            self.muttered = (self.muttered + line)[-4000:]

    def _too_late(self) -> None:
        self.was_late = True
        self._end()

    def _end(self) -> None:
        """End the process and everything it started."""
        if self.process.poll() is None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.wait()


def _take(gathered: Gathered, line: str) -> None:
    try:
        name, value = json.loads(line)
        gathered.take(name, value)
    except (ValueError, KeyError, TypeError):
        return  # the last line of a process that was cut off
