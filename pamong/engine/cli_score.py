"""``pamong score``: the score of a region from a JSON file. A stable contract, see docs/reference/score.md.

Exit status 0 with the score on standard output, or 2 with one line per fault on standard error and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TextIO

from pamong.engine.index import score
from pamong.engine.score_input import MAX_BYTES, InputRefused, read_input
from pamong.engine.score_output import as_data, as_table

USAGE = """\
Pemakaian: pamong score BERKAS.json [--format json|table]

Menghitung Indeks Inovasi Daerah dari berkas JSON; "-" membaca masukan baku.

  --format json    hasil sebagai JSON (bawaan)
  --format table   hasil sebagai tabel untuk dibaca
  --help           bantuan ini

Contoh masukan:
  {"edition": "iid-2026",
   "institution": {"1": 3, "2a": 2},
   "innovations": [{"code": "x", "affair": "kesehatan", "status": "accepted", "levels": {"16": 2, "35": 1}}]}

Masukan yang salah: keluar dengan status 2, satu baris per kesalahan.
"""
FORMATS = ("json", "table")


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Score the file named in ``argv`` (the words after ``score``). Returns the exit status."""
    if "--help" in argv or "-h" in argv:
        _write(stdout, USAGE)
        return 0
    try:
        path, style = _arguments(argv)
        given = read_input(_content(path, stdin))
    except InputRefused as refused:
        _write(stderr, "".join(f"{fault}\n" for fault in refused.faults))
        return 2
    result = score(given.edition, given.institution, given.innovations)
    if style == "table":
        _write(stdout, as_table(given.edition, result) + "\n")
    else:
        _write(stdout, json.dumps(as_data(given.edition, result), indent=2) + "\n")
    return 0


def _arguments(argv: Sequence[str]) -> tuple[str, str]:
    """The file and the format. Raises ``InputRefused``."""
    words, files, style = list(argv), [], "json"
    while words:
        word = words.pop(0)
        if word == "--format":
            style = words.pop(0) if words else ""
        elif word.startswith("--format="):
            style = word.removeprefix("--format=")
        elif word.startswith("-") and word != "-":
            raise InputRefused([f"pamong score: pilihan {word!r} tidak dikenal; lihat --help"])
        else:
            files.append(word)
    if style not in FORMATS:
        raise InputRefused([f"pamong score: --format harus json atau table, bukan {style!r}"])
    if len(files) != 1:
        raise InputRefused(["pamong score: sebutkan tepat satu berkas, atau - untuk masukan baku; lihat --help"])
    return files[0], style


def _content(path: str, stdin: TextIO) -> bytes:
    """What the file holds, or standard input for ``-``; never more than one byte over the limit."""
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


def _write(stream: TextIO, text: str) -> None:
    """Write what the terminal can show; letters it cannot become question marks."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))
