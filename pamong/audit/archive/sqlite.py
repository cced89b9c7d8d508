"""A SQLite database in and out of an archive: the file itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

NAME = "database.sqlite3"


def dump(folder: Path) -> None:
    """Write a copy as of one moment, while others go on writing."""
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / NAME)) as copy:
        connection.connection.backup(copy)
        # One file, whatever the original's journal: the archive holds no -wal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def replaced(folder: Path, aside: Path) -> Iterator[None]:
    """Put the copy in ``folder`` in place of the database; if the block fails, the former one is put back."""
    path = Path(str(connection.settings_dict["NAME"]))
    parts = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
    connections.close_all()
    held = [(part, aside / part.name) for part in parts if part.exists()]
    for part, kept in held:
        shutil.move(part, kept)
    try:
        shutil.move(folder / NAME, path)
        path.chmod(0o600)
        call_command("migrate", interactive=False, verbosity=0)
        yield
    except BaseException:
        connections.close_all()
        for part in parts:
            part.unlink(missing_ok=True)
        for part, kept in held:
            shutil.move(kept, part)
        raise
