"""A PostgreSQL database in and out of an archive: one ``COPY`` file per table, so that no server program is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

TABLES = "tables.json"
# Rebuilt by itself.
LEFT_OUT = frozenset({"pamong_cache"})
CHUNK = 1 << 20


@transaction.atomic
def dump(folder: Path) -> None:
    """Write every table as of one moment, while others go on writing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        tables = {name: _columns(cursor, name) for name in sorted(connection.introspection.table_names(cursor))}
        tables = {name: columns for name, columns in tables.items() if name not in LEFT_OUT}
        for name, columns in tables.items():
            with (folder / f"{name}.copy").open("wb") as file, cursor.copy(_copy(name, columns, "TO STDOUT")) as rows:
                for block in rows:
                    file.write(block)
    applied = sorted(MigrationLoader(connection).applied_migrations)
    (folder / TABLES).write_text(json.dumps({"tables": tables, "migrations": applied}))


@contextmanager
def replaced(folder: Path, aside: Path) -> Iterator[None]:
    """Put the tables in ``folder`` in place of the database; if the block fails, nothing has happened."""
    plan = json.loads((folder / TABLES).read_text())
    with transaction.atomic():
        _build([tuple(one) for one in plan["migrations"]])
        with connection.cursor() as cursor:
            for name in plan["tables"]:
                cursor.execute(f"DELETE FROM {_quoted(name)}")  # noqa: S608 - the name is of our own schema, quoted
            for name, columns in plan["tables"].items():
                _fill(cursor, name, columns, folder / f"{name}.copy")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _reset_sequences(cursor)
        yield
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def _build(applied: list[tuple[str, str]]) -> None:
    """An empty schema, exactly as it was when the archive was made."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {_quoted(name)} CASCADE")
    executor = MigrationExecutor(connection)
    unknown = [one for one in applied if one not in executor.loader.graph.nodes]
    if unknown:
        raise CommandError(f"Arsip dibuat oleh versi Pamong lain: migrasi {unknown[0]} tidak dikenal di sini.")
    children = executor.loader.graph.node_map
    ends = [one for one in applied if not any(c.key in applied and c.key[0] == one[0] for c in children[one].children)]
    executor.migrate(ends)


def _fill(cursor: Any, name: str, columns: list[str], path: Path) -> None:
    with path.open("rb") as file, cursor.copy(_copy(name, columns, "FROM STDIN")) as rows:
        while block := file.read(CHUNK):
            rows.write(block)


def _reset_sequences(cursor: Any) -> None:
    for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
        cursor.execute(statement)


def _columns(cursor: Any, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _copy(table: str, columns: list[str], end: str) -> str:
    return f"COPY {_quoted(table)} ({', '.join(map(_quoted, columns))}) {end}"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
