"""``pamong``: everything an operator does at a terminal.

``score`` and ``composite`` work without a database, so only the others wake Django.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

PROGRAM = "pamong"

# name: (management command, what it is for)
COMMANDS = {
    "serve": ("serve", "menjalankan situs: basis data, web, dan pekerja latar, sampai dihentikan"),
    "demo": ("demo", "memuat daerah peragaan ke basis data kosong"),
    "score": ("", "menghitung indeks dari berkas JSON, tanpa basis data"),
    "composite": ("", "menghitung indeks komposit apa pun dari SPEC.json dan DATA.csv"),
    "import-regions": ("import_regions", "memasukkan daftar daerah dari berkas CSV"),
    "import-results": ("import_results", "mencatat hasil semua daerah yang diumumkan dari berkas CSV"),
    "backup": ("backup", "menyimpan basis data dan semua berkas ke satu arsip"),
    "restore": ("restore", "memulihkan basis data dan semua berkas dari arsip"),
    "sweep-files": ("sweep_files", "membuang berkas yang tidak dipakai siapa pun"),
    "verify-audit": ("verify_audit", "memeriksa bahwa jejak perbuatan tidak diutak-atik"),
    "read-again": ("read_again", "meminta mesin membaca ulang dokumen"),
    "createadmin": ("createadmin", "membuat administrator situs"),
}


def usage() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {says}" for name, (_, says) in COMMANDS.items())
    return (
        f"Pemakaian: {PROGRAM} PERINTAH [PILIHAN]\n\nPerintah:\n{lines}\n\n"
        f"Keterangan satu perintah: {PROGRAM} PERINTAH --help"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status: 0 done, 1 failed or faults found, 2 called wrongly."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage(), file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    if arguments[0] in ("--version", "version"):
        from importlib.metadata import version

        print(PROGRAM, version("pamong"))
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"{PROGRAM}: perintah “{name}” tidak dikenal.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        status = _manage(name, rest) if COMMANDS[name][0] else _compute(name, rest)
        sys.stdout.flush()
    except BrokenPipeError:  # its reader has seen enough (``pamong demo | head``)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    return status


def _compute(name: str, arguments: list[str]) -> int:
    """A command of the engine, which needs neither database nor Django."""
    from importlib import import_module

    command = import_module(f"pamong.engine.cli_{name}")
    return int(command.main(arguments, sys.stdin, sys.stdout, sys.stderr))


def _manage(name: str, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility, get_commands
    from django.db import DatabaseError

    from pamong.common.permit import Refused

    try:
        django.setup()
    except ImproperlyConfigured as fault:
        print(f"{PROGRAM}: {fault}", file=sys.stderr)
        return 2
    command, says = COMMANDS[name]
    if command not in get_commands():
        print(f"{PROGRAM} {name}: {says}. Perintah ini belum tersedia dalam pemasangan ini.", file=sys.stderr)
        return 0 if {"-h", "--help"} & set(arguments) else 1
    try:
        ManagementUtility([PROGRAM]).fetch_command(command).run_from_argv([PROGRAM, name, *arguments])
    except Refused as refusal:
        print(*refusal.reasons, sep="\n", file=sys.stderr)
        return 1
    except DatabaseError as fault:
        if "--traceback" in arguments:
            raise
        print(f"Basis data menolak: {fault}. Bila belum disiapkan, jalankan: {PROGRAM} serve", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
