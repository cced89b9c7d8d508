"""One page of a long list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(
    rows: Any, request: HttpRequest, per_page: int = 50, name: str = "page", total: int | None = None
) -> Page[Any]:
    """Return the page of ``rows`` (an ordered queryset or a list) that ``?page=`` asks for.

    Nonsense is the first page, a number past the end the last one, so that no number reaches the database unbounded.
    ``total`` spares the counting where it is known how many rows there are.
    """
    pages = Paginator(rows, per_page)
    if total is not None:
        pages.count = total
    return pages.get_page(request.GET.get(name))
