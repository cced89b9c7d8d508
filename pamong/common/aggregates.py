"""Aggregates both databases have under other names."""

from __future__ import annotations

from typing import Any

from django.db.models import Aggregate, CharField


class Joined(Aggregate):
    """The values of a group as one text, a comma between two, in no particular order: one row where there were many."""

    function = "GROUP_CONCAT"
    allow_distinct = True
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "%(function)s(%(distinct)s%(expressions)s, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **context)
