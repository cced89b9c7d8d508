"""``pamong restore``: an archive back in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from pamong.audit.archive.keeping import put_back
from pamong.common.sole import sole
from pamong.common.terminal import Command as TerminalCommand


class Command(TerminalCommand):
    help = (
        "Memulihkan basis data dan semua berkas dari arsip. Arsip diperiksa seluruhnya sebelum ada yang disentuh; bila "
        "gagal, data semula tetap dipakai. Situs harus berhenti lebih dahulu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="ARSIP", help="arsip buatan pamong backup")
        parser.add_argument(
            "--force", action="store_true", help="mengganti data yang ada, setelah menyimpannya dalam arsip tersendiri"
        )

    def handle(self, *args: Any, file: str, force: bool, **options: Any) -> None:
        with sole(Path(settings.HOME)):
            manifest, kept = put_back(Path(file).absolute(), force=force)
        self.stdout.write(f"Dipulihkan ke keadaan {manifest['at']}: {len(manifest['members'])} berkas, jejak utuh.")
        if kept:
            self.stdout.write(f"Data sebelumnya disimpan di {kept}.")
