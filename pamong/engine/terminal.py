"""What the commands of the engine share: reading a file or standard input, writing what the terminal can show."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TextIO

from pamong.engine.strict_json import MAX_BYTES, InputRefused


def content(path: str, stdin: TextIO) -> bytes:
    """What the file holds, or standard input for ``-``; never more than one byte over the limit.

    Raises ``InputRefused``."""
    try:
        if path == "-":
            return _read(stdin)
        with Path(path).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        reason = "tidak ditemukan"
    except IsADirectoryError:
        reason = "adalah folder"
    except (OSError, ValueError):
        reason = "tidak dapat dibaca"
    raise InputRefused([f"$: berkas {path!r} {reason}"])


def _read(stdin: TextIO) -> bytes:
    raw: IO[bytes] | None = getattr(stdin, "buffer", None)
    return raw.read(MAX_BYTES + 1) if raw else stdin.read(MAX_BYTES + 1).encode("utf-8", "surrogatepass")


def write(stream: TextIO, text: str) -> None:
    """Write what the terminal can show; letters it cannot become question marks."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
