"""``pamong read-again``: have documents read once more, all of a region or those whose reading failed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django_scopes import scopes_disabled

from pamong.agencies.models import Region
from pamong.common.terminal import Command as TerminalCommand
from pamong.reading import actions, queries


class Command(TerminalCommand):
    help = "Memasukkan dokumen ke antrean pembacaan mesin sekali lagi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", default="", metavar="SLUG", help="hanya daerah ini")
        parser.add_argument("--failed", action="store_true", help="hanya yang gagal atau terhenti dibaca")

    def handle(self, *args: Any, region: str, failed: bool, **options: Any) -> None:
        with scopes_disabled():
            place = Region.objects.filter(slug=region).first() if region else None
            if region and place is None:
                raise CommandError(
                    f"Daerah “{region}” tidak ada. Tulis seperti pada alamatnya, misalnya kota-magelang."
                )
            count = 0
            for reading in queries.finished(place, failed_only=failed).iterator():
                actions.requeue(reading)
                count += 1
        self.stdout.write(f"{count} dokumen masuk antrean pembacaan.")
