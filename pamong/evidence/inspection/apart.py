"""A file opened in a process of its own, bounded in memory, time and disk: what breaks it breaks nothing else.

The process gets the file as an open descriptor and nothing of this one's environment: no settings, no key, no database.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection.kinds import KINDS

if TYPE_CHECKING:
    from pamong.evidence.inspection import Limits, Seen

MODULE = "pamong.evidence.inspection.child"
SECONDS = 90
MEMORY = 1024 * 1024 * 1024
# A stream of a PDF may be as large as the file, and is held twice while it is unpacked.
MEMORY_PER_BYTE = 4

logger = logging.getLogger(__name__)

UNCHECKED = (
    "Pemeriksaan berkas ini terhenti sebelum selesai: berkasnya terlalu berat atau susunannya tidak wajar. "
    "Buka berkasnya, pilih Cetak lalu “Simpan sebagai PDF”, dan unggah hasilnya."
)


class Unchecked(Refused):
    """The check itself broke down or ran out of its bounds, so nothing is known about the file."""

    def __init__(self) -> None:
        super().__init__(UNCHECKED)


def look(file: BinaryIO, name: str, size: int, limits: Limits, keep: bool) -> Seen:
    """As ``inspection.look``, elsewhere. Raises ``Refused`` as it does, and ``Unchecked`` if no answer comes."""
    from pamong.evidence.inspection import Seen

    asked = {
        "name": name, "size": size, "keep": keep, "kinds": sorted(limits.kinds), "max_bytes": limits.max_bytes,
        "max_seconds": limits.max_seconds,
    }  # fmt: skip
    fresh: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  (handed on, or closed below)
    try:
        with _on_disk(file) as source:
            said = ask("look", asked, source, fresh)
        is_new = os.fstat(fresh.fileno()).st_size > 0
        seen = Seen(KINDS[said["kind"]], fresh if is_new else file, said["pages"], said["seconds"])
    except BaseException:
        fresh.close()
        raise
    if not is_new:
        fresh.close()
    return seen


def ask(what: str, asked: dict[str, Any], source: BinaryIO, target: BinaryIO | None = None) -> dict[str, Any]:
    """Have the process do ``what`` with ``source`` and return its answer. Raises ``Refused`` with what it refused."""
    given = [source.fileno(), *([target.fileno()] if target else [])]
    bounds = {"memory": MEMORY + MEMORY_PER_BYTE * asked["size"], "seconds": SECONDS}
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter, our own module)
            [sys.executable, "-m", MODULE, what, json.dumps(asked | bounds), *map(str, given)],
            stdin=subprocess.DEVNULL, capture_output=True, pass_fds=given, timeout=SECONDS + 10,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError) as fault:
        logger.warning("a check did not end well: %s", type(fault).__name__)
        raise Unchecked from None
    if not answer:
        logger.warning(
            "a check broke down (status %s): %s", done.returncode, done.stderr[-400:].decode(errors="replace")
        )
        raise Unchecked
    if "refused" in answer:
        raise Refused(*answer["refused"])
    return answer


def _on_disk(file: BinaryIO) -> BinaryIO:
    """A descriptor another process can read ``file`` by; what lies in memory is written out first."""
    file.seek(0)
    file.flush()
    try:
        return os.fdopen(os.dup(file.fileno()), "rb")
    except (OSError, AttributeError):
        copy: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the caller)
        while piece := file.read(1024 * 1024):
            copy.write(piece)
        copy.flush()
        return copy
