"""``pamong verify-audit``: whether the trail is what was written."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from pamong.audit.queries import Head, faults, heads
from pamong.common.terminal import Command as TerminalCommand


class Command(TerminalCommand):
    help = (
        "Memeriksa seluruh jejak perbuatan: baris yang diubah, dihapus, dipindah, disisipkan, atau dipotong ekornya. "
        "Mencetak ujung setiap rantai; simpan di tempat lain untuk pembanding. Status keluar 1 bila ada yang salah."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="mencetak ujung rantai sebagai JSON")
        parser.add_argument(
            "--against", metavar="BERKAS", help="membandingkan dengan ujung rantai yang pernah dicetak dengan --json"
        )

    def handle(self, *args: Any, json: bool, against: str | None, **options: Any) -> None:
        found = 0
        for fault in faults(_known(against) if against else None):
            found += 1
            self.stderr.write(str(fault))
        self.stdout.write(_as_json(heads()) if json else _as_lines(heads()))
        if found:
            self.stderr.write(f"{found} kesalahan: jejak tidak utuh.")
            sys.exit(1)
        if not json:
            self.stdout.write("Jejak utuh.")


def _as_lines(ends: list[Head]) -> str:
    return "\n".join(f"{end.chain:<12} {end.length:>8}  {end.digest}" for end in ends) or "Belum ada jejak."


def _as_json(ends: list[Head]) -> str:
    return json.dumps({end.chain: [end.length, end.digest] for end in ends}, indent=1)


def _known(path: str) -> dict[str, Head]:
    try:
        noted = json.loads(Path(path).read_text())
        return {chain: Head(chain, int(length), str(digest)) for chain, (length, digest) in noted.items()}
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        raise CommandError(f"{path} tidak dapat dibaca sebagai ujung rantai: {fault}") from None
