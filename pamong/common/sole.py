"""One process at a time over the data of an installation."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import CommandError


@contextmanager
def sole(home: Path) -> Iterator[None]:
    """Hold the installation's lock. Raises ``CommandError`` if another ``serve`` or ``restore`` holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "pamong.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"Pamong sedang berjalan atas data di {home}. Hentikan lebih dahulu (Ctrl-C di terminalnya)."
            ) from None
        yield
