"""Questions every act or page asks, put into SQL once.

Django puts a query into words anew each time it is asked. For a row with four others beside it that takes three times as
long as the database takes to answer, and a submission asks five such questions. A ``Question`` keeps the words and only
binds other keys to them. The tenant's scope holds as ever: it is bound like a key, and a forgotten one raises.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError
from django_scopes import get_scope, scope

Row = TypeVar("Row")
NOWHERE = -1  # no region: stands in the words where the one of the scope will be bound


@dataclass(frozen=True, slots=True)
class _Words:
    """A query with its SQL, and whether the region of the scope is bound before the keys."""

    rows: Any
    compiler: Any
    sql: str
    in_region: bool

    def ask(self, bound: tuple[Any, ...]) -> list[Any]:
        """What Django does after putting a query into words."""
        connection = connections[self.rows.db]
        if self.rows.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, bound)
        query = self.rows.query
        known = SimpleNamespace(
            get_compiler=lambda using: compiler,
            extra_select=query.extra_select,
            values_select=query.values_select,
            annotation_select=query.annotation_select,
        )
        source = SimpleNamespace(db=self.rows.db, query=known, _known_related_objects={}, _fields=self.rows._fields)
        return list(self.rows._iterable_class(source))


class Question(Generic[Row]):
    """``Question(lambda entry: Claim.objects.filter(entry=entry))``, asked as ``claims_of(entry.pk)``, answers with a list.

    The keys, plain values as the columns hold them, must be all that the query binds, in the order of its SQL: what never
    changes is sifted by the caller. Raises ``TypeError`` where that is not so, ``ScopeError`` outside any scope.
    """

    def __init__(self, rows: Callable[..., QuerySet[Any, Row]]) -> None:
        self._rows = rows
        self._words: dict[bool, _Words] = {}

    def __call__(self, *keys: object) -> list[Row]:
        here = get_scope()
        free, region = not here.get("_enabled", True), here.get("region")
        if not free and not isinstance(region, Model):  # no scope, or several regions at once: asked in the usual way
            return list(self._rows(*keys))
        words = self._words.get(free)
        if words is None:
            if len(set(keys)) < len(keys):  # which is which cannot be told: next time
                return list(self._rows(*keys))
            words = self._words[free] = self._word(keys, free)
        return words.ask((region.pk, *keys) if words.in_region else keys)

    def _word(self, keys: tuple[object, ...], free: bool) -> _Words:
        with nullcontext() if free else scope(region=NOWHERE):
            rows = self._rows(*keys)
        compiler = rows.query.get_compiler(rows.db)
        sql, bound = compiler.as_sql()
        if tuple(bound) not in (keys, (NOWHERE, *keys)):
            raise TypeError(f"a question must bind its keys and nothing else: {sql} binds {bound}")
        return _Words(rows, compiler, sql, tuple(bound) != keys)
