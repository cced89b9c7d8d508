"""The process ``apart`` starts: ``python -m … look '{…}' SOURCE TARGET``; it answers on its standard output, in JSON."""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pamong.common.permit import Refused

DISK = 512 * 1024 * 1024  # far above any picture written anew


def main(what: str, asked: str, *given: str) -> None:
    """Do it within bounds and say what came of it."""
    told = json.loads(asked)
    _bound(told)
    files = [os.fdopen(int(number), mode) for number, mode in zip(given, ("rb", "wb"), strict=False)]
    try:
        answer = DOES[what](told, *files)
    except Refused as refused:
        answer = {"refused": list(refused.reasons)}
    sys.stdout.write(json.dumps(answer))


def _bound(told: dict[str, Any]) -> None:
    """From here on the kernel itself ends this process if it wants too much."""
    for what, most in (
        (resource.RLIMIT_AS, told["memory"]),
        (resource.RLIMIT_CPU, told["seconds"]),
        (resource.RLIMIT_FSIZE, DISK),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def look(told: dict[str, Any], source: BinaryIO, target: BinaryIO) -> dict[str, Any]:
    """Open the file; a picture written anew goes to ``target``."""
    from pamong.evidence import inspection

    limits = inspection.Limits(frozenset(told["kinds"]), told["max_bytes"], told["max_seconds"])
    seen = inspection.look(source, told["name"], told["size"], limits, told["keep"])
    if seen.content is not source:
        seen.content.seek(0)
        shutil.copyfileobj(seen.content, target)
        target.flush()
    return {"kind": seen.kind.code, "pages": seen.pages, "seconds": seen.seconds}


def unpack(told: dict[str, Any], source: BinaryIO) -> dict[str, Any]:
    """Take a ZIP apart into a folder of the caller's."""
    from pamong.evidence.inspection import archive

    members = archive.unpack(source, told["size"], Path(told["folder"]), told["max_bytes"])
    return {"members": [dataclasses.asdict(each) for each in members]}


DOES: dict[str, Callable[..., dict[str, Any]]] = {"look": look, "unpack": unpack}

if __name__ == "__main__":
    main(*sys.argv[1:])
