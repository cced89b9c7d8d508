"""The process in which a stranger's file is read: ``python -m pamong.reading.child``. It limits itself, reads, and tells by lines.

Standard input: one JSON object. Standard output: one JSON list ``[name, value]`` per fact. Standard error: what libraries mutter.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from pamong.reading.reader import Limits, read


def main() -> int:
    """Read the file named on standard input."""
    asked = json.load(sys.stdin)
    _limit(asked["memory"], asked["cpu_seconds"])
    tell = _teller()
    read(Path(asked["path"]), asked["kind"], asked["media_type"], Limits(**asked["limits"]), tell)
    tell("whole", True)
    return 0


def _limit(memory: int, seconds: int) -> None:
    """No more memory (bytes) and processor time than this, for this process and what it starts; no core files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _teller() -> Any:
    # Libraries that print must not spoil the lines: they get standard error, the lines keep the real output.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def tell(name: str, value: Any) -> None:
        out.write(json.dumps([name, value], ensure_ascii=False) + "\n")
        out.flush()

    return tell


if __name__ == "__main__":
    sys.exit(main())
