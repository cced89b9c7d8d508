"""Search of the library by what stands in the documents. The same hits on SQLite (FTS5) and PostgreSQL (tsvector)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from pamong.evidence import queries as library
from pamong.evidence.models import Document
from pamong.reading.models import Reading
from pamong.reading.states import State
from pamong.reading.stems import STOP, forms, stem, tokens

MOST_WORDS = 8
AROUND = 90

_SQLITE = "SELECT rowid FROM reading_search WHERE reading_search MATCH %s"
_POSTGRES = "SELECT reading_id FROM reading_words WHERE array_to_tsvector(string_to_array(stems, ' ')) @@ %s::tsquery"


def search(documents: QuerySet[Document], *, words: str = "", **narrowed: Any) -> QuerySet[Document]:
    """``documents`` that hold all ``words``, each in their text or in what is written about them; ``narrowed`` as the library does.

    Documents whose subject or number holds them all come first, then the newest.
    """
    found = library.narrowed(documents, **narrowed)
    asked = words.split()[:MOST_WORDS]
    for word in asked:
        found = found.filter(library.mentions(word) | in_text(word))
    return found.order_by(_named_first(asked), "-pk") if asked else found


def in_text(word: str) -> Q:
    """The document's current version holds every part of ``word`` in its text. Nobody searches for stop words alone."""
    wanted = [sorted(forms(part)) for part in tokens(word) if part not in STOP]
    if not wanted:
        return Q(pk__in=[])
    hits = Reading.objects.filter(pk__in=_matching(wanted), state=State.DONE, version__is_current=True)
    return Q(pk__in=hits.order_by().values("version__document"))


def _matching(wanted: list[list[str]]) -> RawSQL:
    # Stems are letters and digits only (``stems.tokens``): nothing in them can end the quotes.
    if connection.vendor == "postgresql":
        return RawSQL(_POSTGRES, [_joined(wanted, " & ", " | ", "'")])  # noqa: S611
    return RawSQL(_SQLITE, [_joined(wanted, " AND ", " OR ", '"')])  # noqa: S611


def _joined(wanted: list[list[str]], every: str, either: str, quote: str) -> str:
    return every.join(f"({either.join(f'{quote}{one}{quote}' for one in group)})" for group in wanted)


def _named_first(words: Iterable[str]) -> Case:
    named = Q()
    for word in words:
        named &= Q(subject__icontains=word) | Q(number__icontains=word)
    return Case(When(named, then=Value(0)), default=Value(1), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a word stands: the page, and the words around it."""

    page: int
    text: str


def passages(documents: Iterable[Document], words: str) -> dict[int, Passage]:
    """For the documents of one page of the list: where the first of ``words`` stands in their text. One query."""
    asked = [word for word in words.split()[:MOST_WORDS] if word.lower() not in STOP]
    if not asked:
        return {}
    rows = Reading.objects.filter(
        version__document__in=[one.pk for one in documents], version__is_current=True, state=State.DONE
    )
    found = ((document, _passage(text, asked)) for document, text in rows.values_list("version__document", "text"))
    return {document: passage for document, passage in found if passage is not None}


def _passage(text: str, words: list[str]) -> Passage | None:
    for word in words:
        for form in (word, stem(word.lower())):
            match = re.search(re.escape(form), text, re.I)
            if match:
                return _around(text, match.start(), match.end())
    return None


def _around(text: str, start: int, end: int) -> Passage:
    page = text.count("\f", 0, start) + 1
    first, last = text.rfind("\f", 0, start) + 1, text.find("\f", end)
    left, right = max(first, start - AROUND), min(last if last >= 0 else len(text), end + AROUND)
    shown = " ".join(text[left:right].split())
    return Passage(page, f"{'…' if left > first else ''}{shown}{'…' if right - end == AROUND else ''}")
