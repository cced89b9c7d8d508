"""``pamong serve``: everything one machine needs, in one command."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError, CommandParser
from django.db import connections

from pamong.common.sole import sole
from pamong.common.supervisor import Part, Supervisor
from pamong.common.terminal import Command as TerminalCommand


class Command(TerminalCommand):
    help = (
        "Menyiapkan basis data lalu menjalankan web dan pekerja latar. Yang mati dijalankan lagi; "
        "Ctrl-C atau SIGTERM menghentikan semuanya dengan tertib."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="memuat daerah peragaan pada jalan pertama")
        parser.add_argument("--bind", default=settings.PAMONG.bind, help="alamat dan porta (%(default)s)")

    def handle(self, *args: Any, demo: bool, bind: str, **options: Any) -> None:
        host, _, port = bind.rpartition(":")
        with sole(Path(settings.HOME)):
            _check_free(host, port)
            self._prepare()
            if demo:
                self._demo()
            connections.close_all()
            url = f"http://{host}:{port}"
            Supervisor(_parts(bind), _environ(), self._say).run(
                lambda: _answers(host, port), lambda: self._say(f"Pamong siap di {url} (Ctrl-C untuk berhenti)")
            )
        self._say("Pamong berhenti.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _prepare(self) -> None:
        self._say("Menyiapkan basis data …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)

    def _demo(self) -> None:
        if settings.PRODUCTION:
            raise CommandError("Peragaan memakai kata sandi yang diketahui umum; tidak dimuat pada profil production.")
        if "demo" not in get_commands():
            self._say("Peragaan tidak tersedia dalam pemasangan ini.")
            return
        self._say("Memuat daerah peragaan bila belum ada; yang pertama kali makan waktu …")
        try:
            call_command("demo", stdout=self.stdout)
        except CommandError as fault:
            self._say(f"Peragaan tidak dimuat: {fault}")


def _check_free(host: str, port: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except (OSError, ValueError) as fault:
            raise CommandError(
                f"Alamat {host}:{port} tidak dapat dipakai ({fault}). Pilih yang lain: --bind 127.0.0.1:8001"
            ) from None


def _answers(host: str, port: str) -> bool:
    target = "127.0.0.1" if host == "0.0.0.0" else host.strip("[]")  # noqa: S104
    try:
        socket.create_connection((target, int(port)), timeout=0.2).close()
    except OSError:
        return False
    return True


def _environ() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "pamong.config.settings")}


def _parts(bind: str) -> list[Part]:
    pamong = settings.PAMONG
    web = [
        *(sys.executable, "-m", "gunicorn", "pamong.config.wsgi", "--bind", bind, "--preload", "--no-control-socket"),
        *("--worker-class", "gthread", "--workers", str(pamong.workers), "--threads", str(pamong.threads)),
        *("--graceful-timeout", "30", "--timeout", "60", "--keep-alive", "15", "--log-level", "warning"),
        # A worker is replaced now and then, so that no leak can grow for weeks.
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
        *(("--worker-tmp-dir", "/dev/shm") if os.path.isdir("/dev/shm") else ()),  # noqa: S108
    ]
    return [Part("Web", web), Part("Pekerja latar", [sys.executable, "-m", "django", "qcluster"])]
