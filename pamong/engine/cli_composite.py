"""``pamong composite``: a composite index from SPEC.json and DATA.csv. A stable contract, see docs/reference/composite.md.

Exit status 0 with the result on standard output, or 2 with one line per fault on standard error and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from pamong.engine.composite.output import Simulated, as_data
from pamong.engine.composite.scores import score
from pamong.engine.composite.simulation import MOST_DRAWS, simulate
from pamong.engine.composite.spec import Spec
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.table import Table, read_table
from pamong.engine.draws import MOST_SEED
from pamong.engine.strict_json import InputRefused
from pamong.engine.terminal import content, write

USAGE = """\
Pemakaian: pamong composite SPEC.json DATA.csv [--draws N] [--seed S] [--weight-noise D]

Menghitung indeks komposit: nilai setiap tingkat pohon indikator dan peringkat setiap baris, sebagai JSON.
Salah satu berkas boleh "-", yaitu masukan baku.

  --draws N          hitung ulang N kali dengan bobot yang digoyang; tiap baris mendapat sebaran peringkatnya
  --seed S           benih bilangan acak (bawaan 0); benih yang sama memberi hasil yang sama
  --weight-noise D   setiap bobot dikalikan bilangan acak dari 1-D sampai 1+D (bawaan 0.25)
  --help             bantuan ini

Contoh SPEC.json:
  {"id": "daerah", "normalise": {"method": "minmax", "range": [0, 100]}, "aggregate": "arithmetic",
   "tree": {"name": "indeks", "weight": 1, "children": [
     {"name": "layanan", "weight": 2, "children": [{"column": "antrean", "weight": 1, "direction": -1}]},
     {"column": "puas", "weight": 1, "direction": 1}]}}

Masukan yang salah: keluar dengan status 2, satu baris per kesalahan.
"""


@dataclass(frozen=True)
class Order:
    """What the command line asks for. ``draws`` is 0 without a simulation."""

    spec: str
    data: str
    draws: int = 0
    seed: int = 0
    weight_noise: float = 0.25


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Compute the index named in ``argv`` (the words after ``composite``). Returns the exit status."""
    if "--help" in argv or "-h" in argv:
        write(stdout, USAGE)
        return 0
    try:
        text = _answer(_ordered(argv), stdin)
    except InputRefused as refused:
        write(stderr, "".join(f"{fault}\n" for fault in refused.faults))
        return 2
    write(stdout, text)
    return 0


def _answer(order: Order, stdin: TextIO) -> str:
    rules, rows = content(order.spec, stdin), content(order.data, stdin)
    spec = read_spec(rules)
    table = read_table(rows, spec.id, spec.columns)
    digests = {"spec": hashlib.sha256(rules).hexdigest(), "data": hashlib.sha256(rows).hexdigest()}
    return json.dumps(as_data(spec, score(spec, table), digests, _simulated(order, spec, table)), indent=2) + "\n"


def _simulated(order: Order, spec: Spec, table: Table) -> Simulated | None:
    if not order.draws:
        return None
    found = simulate(spec, table, draws=order.draws, seed=order.seed, noise=order.weight_noise)
    return Simulated(order.draws, order.seed, order.weight_noise, found)


def _ordered(argv: Sequence[str]) -> Order:
    """The command line, understood. Raises ``InputRefused``."""
    words, files, given = list(argv), [], {}
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if name in ("--draws", "--seed", "--weight-noise"):
            given[name] = value if equals else words.pop(0) if words else ""
        elif word.startswith("-") and word != "-":
            raise InputRefused([f"pamong composite: pilihan {word!r} tidak dikenal; lihat --help"])
        else:
            files.append(word)
    if len(files) != 2 or files == ["-", "-"]:
        raise InputRefused(["pamong composite: sebutkan SPEC.json lalu DATA.csv; salah satu boleh -; lihat --help"])
    draws = _whole("--draws", given["--draws"], 1, MOST_DRAWS) if "--draws" in given else 0
    if not draws and given:
        raise InputRefused([f"pamong composite: {next(iter(given))} hanya berarti bersama --draws"])
    spec, data = files
    seed = _whole("--seed", given.get("--seed", "0"), 0, MOST_SEED)
    return Order(spec, data, draws, seed, _noise(given.get("--weight-noise", "0.25")))


def _whole(name: str, text: str, low: int, high: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 30 and low <= int(text) <= high:
        return int(text)
    raise InputRefused([f"pamong composite: {name} harus bilangan bulat {low} sampai {high}, bukan {text!r}"])


def _noise(text: str) -> float:
    try:
        noise = float(text)
    except ValueError:
        noise = math.nan
    if 0 <= noise < 1:
        return noise
    raise InputRefused([f"pamong composite: --weight-noise harus dari 0 sampai kurang dari 1, bukan {text!r}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin, sys.stdout, sys.stderr))
