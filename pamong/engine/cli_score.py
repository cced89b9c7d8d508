"""``pamong score``: the score of a region from a JSON file. A stable contract, see docs/reference/score.md.

Exit status 0 with the score on standard output, or 2 with one line per fault on standard error and nothing else.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TextIO

from pamong.engine.index import score
from pamong.engine.score_input import read_input
from pamong.engine.score_output import as_data, as_table
from pamong.engine.strict_json import InputRefused
from pamong.engine.terminal import content, write

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
        write(stdout, USAGE)
        return 0
    try:
        path, style = _arguments(argv)
        given = read_input(content(path, stdin))
    except InputRefused as refused:
        write(stderr, "".join(f"{fault}\n" for fault in refused.faults))
        return 2
    result = score(given.edition, given.institution, given.innovations)
    if style == "table":
        write(stdout, as_table(given.edition, result) + "\n")
    else:
        write(stdout, json.dumps(as_data(given.edition, result), indent=2) + "\n")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))
