"""Seals: the SHA-256 of every edition's file, and of the file of its checks, written down, so that no rule changes unseen.

``python -m pamong.engine.seals`` checks; with ``--write`` it seals the files as they are now.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from pathlib import Path

from pamong.engine.checks import FOLDER as CHECKS
from pamong.engine.edition import FOLDER, available

SEALS = FOLDER / "seals.toml"
HEADER = "# SHA-256 setiap edisi dan pemeriksaannya. Ditulis dengan: python -m pamong.engine.seals --write\n"
TABLES = {"seals": FOLDER, "checks": CHECKS}


def recorded(table: str = "seals") -> dict[str, str]:
    """Edition code to the digest that was sealed: of the edition, or (``checks``) of its checks."""
    seals: dict[str, str] = tomllib.loads(SEALS.read_text(encoding="utf-8")).get(table, {})
    return seals


def current(folder: Path = FOLDER) -> dict[str, str]:
    """Edition code to the digest of its file in ``folder`` as it is."""
    files = {code: folder / f"{code}.toml" for code in available()}
    return {code: hashlib.sha256(file.read_bytes()).hexdigest() for code, file in files.items() if file.exists()}


def broken() -> tuple[str, ...]:
    """Codes of editions whose file, or file of checks, is changed, missing or not sealed."""
    found: set[str] = set()
    for table, folder in TABLES.items():
        sealed, present = recorded(table), current(folder)
        found |= {code for code in sealed | present if sealed.get(code) != present.get(code)}
    return tuple(sorted(found))


def main(argv: list[str]) -> int:
    if argv == ["--write"]:
        SEALS.write_text(HEADER + "".join(_table(name, current(folder)) for name, folder in TABLES.items()), "utf-8")
    for code in broken():
        sys.stdout.write(f"{code}: segel tidak cocok\n")
    return 1 if broken() else 0


def _table(name: str, digests: dict[str, str]) -> str:
    return f"\n[{name}]\n" + "".join(f'{code} = "{digest}"\n' for code, digest in digests.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
