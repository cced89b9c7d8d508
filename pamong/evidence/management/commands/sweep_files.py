"""``pamong sweep-files``: what nobody wants any more is thrown away, now rather than tonight."""

from __future__ import annotations

from typing import Any

from pamong.common.terminal import Command as TerminalCommand
from pamong.evidence import tasks


class Command(TerminalCommand):
    help = (
        "Membuang berkas yang tidak dipakai: kiriman yang ditinggalkan, kotak masuk yang lewat waktunya, dan berkas "
        "tanpa dokumen yang berumur lebih dari sehari. Aman dijalankan kapan saja; setiap hari berjalan sendiri."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        swept = tasks.sweep()
        self.stdout.write(
            f"{swept.arrivals} kiriman, {swept.pieces} potongan, {swept.files} berkas, "
            f"{swept.halves} tulisan terputus dibuang."
        )
