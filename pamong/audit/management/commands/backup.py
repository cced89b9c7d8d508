"""``pamong backup``: the whole installation as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from pamong.audit.archive.keeping import make
from pamong.common.terminal import Command as TerminalCommand


class Command(TerminalCommand):
    help = (
        "Menyimpan basis data dan semua berkas ke satu arsip, selagi situs berjalan. Arsip memuat ujung jejak dan "
        "sidik setiap isinya. Isinya data pribadi: simpan di tempat yang aman. Kunci rahasia tidak ikut."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="ARSIP", nargs="?", help="nama arsip (bawaan: pamong-TANGGAL-JAM.tar.gz di folder ini)"
        )

    def handle(self, *args: Any, file: str | None, **options: Any) -> None:
        target = Path(file or f"pamong-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz").absolute()
        manifest = make(target)
        size = target.stat().st_size / 1e6
        self.stdout.write(f"{target}: {len(manifest['members'])} berkas, {size:.1f} MB.")
        if settings.PAMONG.s3_bucket:
            self.stdout.write(
                f"Berkas unggahan ada di bucket {settings.PAMONG.s3_bucket} dan tidak ikut: cadangkan bucket itu tersendiri."
            )
