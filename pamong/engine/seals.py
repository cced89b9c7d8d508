"""Seals: the SHA-256 of every edition's file, written down, so that no rule changes unseen.

``python -m pamong.engine.seals`` checks; with ``--write`` it seals the files as they are now.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib

from pamong.engine.edition import FOLDER, available

SEALS = FOLDER / "seals.toml"
HEADER = "# SHA-256 setiap edisi. Ditulis dengan: python -m pamong.engine.seals --write\n\n[seals]\n"


def recorded() -> dict[str, str]:
    """Edition code to the digest that was sealed."""
    seals: dict[str, str] = tomllib.loads(SEALS.read_text(encoding="utf-8"))["seals"]
    return seals


def current() -> dict[str, str]:
    """Edition code to the digest of its file as it is."""
    return {code: hashlib.sha256((FOLDER / f"{code}.toml").read_bytes()).hexdigest() for code in available()}


def broken() -> tuple[str, ...]:
    """Codes of editions that are changed, missing or not sealed."""
    sealed, found = recorded(), current()
    return tuple(sorted(code for code in sealed | found if sealed.get(code) != found.get(code)))


def main(argv: list[str]) -> int:
    if argv == ["--write"]:
        rows = (f'{code} = "{digest}"\n' for code, digest in current().items())
        SEALS.write_text(HEADER + "".join(rows), encoding="utf-8")
    for code in broken():
        sys.stdout.write(f"{code}: segel tidak cocok\n")
    return 1 if broken() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
