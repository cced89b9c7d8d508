"""``pamong demo``: load the demonstration and list its accounts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from pamong.common.permit import Refused
from pamong.common.terminal import Command as TerminalCommand
from pamong.demo import loading
from pamong.demo.cast import PASSWORD


class Command(TerminalCommand):
    help = "Muat daerah peragaan (Kota Magelang dan Kabupaten Magetan) ke basis data kosong, lalu tampilkan akunnya."
    prepares = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force-demo", action="store_true", help="muat juga bila basis data tidak kosong")
        parser.add_argument("--all", action="store_true", help="tampilkan semua akun, bukan satu untuk setiap peran")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loading.load(force=options["force_demo"])
        except Refused as refused:
            raise CommandError(" ".join(refused.reasons)) from None
        self.show(everyone=options["all"])

    def show(self, *, everyone: bool) -> None:
        shown: set[str] = set()
        self.stdout.write(f"\nAkun peragaan, kata sandi semuanya: {PASSWORD}\n")
        for account in loading.accounts():
            if everyone or account.role not in shown:
                self.stdout.write(f"  {account.email:34} {account.role:30} {account.place}")
                shown.add(account.role)
        self.stdout.write("")
