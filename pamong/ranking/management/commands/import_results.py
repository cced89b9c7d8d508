"""``pamong import-results``: published results of regions from a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from pamong.common.permit import Refused
from pamong.common.terminal import Command as TerminalCommand
from pamong.ranking import queries, tables
from pamong.ranking.actions import bringing as actions
from pamong.ranking.forms import FIRST_YEAR, LAST_YEAR, digest_of
from pamong.ranking.models import Series


class Command(TerminalCommand):
    help = (
        "Mencatat hasil yang diumumkan dari CSV berkolom kode, nama, nilai, dan bila ada peringkat, di antara, sumber. "
        "Semua atau tidak sama sekali; dijalankan dua kali tidak menggandakan. Dengan --dry-run hanya memeriksa."
    )

    prepares = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="BERKAS.csv", help="berkas CSV (UTF-8)")
        parser.add_argument("--series", metavar="KODE", required=True, help="seri hasil, misalnya iid")
        parser.add_argument("--year", metavar="TAHUN", type=int, required=True, help="tahun hasil")
        parser.add_argument("--source", metavar="SUMBER", required=True, help="keputusan atau alamat yang memuatnya")
        parser.add_argument("--regions", metavar="N", type=int, help="jumlah daerah yang dinilai menurut sumbernya")
        parser.add_argument("--dry-run", action="store_true", help="memeriksa saja, tidak mencatat")

    def handle(self, *args: Any, file: str, year: int, source: str, regions: int | None, **options: Any) -> None:
        series = _series(options["series"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise CommandError(f"Tahun harus dari {FIRST_YEAR} sampai {LAST_YEAR}, bukan {year}.")
        content = _content(file)
        rows = _rows(content, series)
        for code, remark in queries.remarks(rows).items():
            self.stderr.write(f"Periksa {code}: {remark}.")
        if options["dry_run"]:
            done, said = actions.would_bring(series, rows, year), "Belum dicatat (--dry-run): "
        else:
            told = actions.Told(year, source[:400], digest_of(content), regions)
            done, said = actions.bring_results(series, rows, told, by=None), ""
        self.stdout.write(f"{said}{done.added} hasil baru, {done.changed} diperbaiki, {done.same} sudah sama.")


def _series(code: str) -> Series:
    every = {each.code: each for each in queries.every_series()}
    if code not in every:
        raise CommandError(f"Seri “{code}” tidak dikenal; yang ada: {', '.join(every)}.")
    return every[code]


def _content(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as fault:
        raise CommandError(f"{file} tidak dapat dibaca: {fault}") from None


def _rows(content: bytes, series: Series) -> list[tables.Given]:
    """The rows of the file. Raises ``CommandError`` with one line per fault."""
    try:
        lines = tables.read(content, series.top)
    except Refused as refused:
        raise CommandError(" ".join(refused.reasons)) from None
    faults = [f"baris {line.number} ({line.says}): {fault}" for line in lines for fault in line.faults]
    if faults:
        raise CommandError("\n".join([*faults[:50], "Tidak ada yang disimpan. Perbaiki berkasnya lalu ulangi."]))
    return [line.given for line in lines if line.given]
