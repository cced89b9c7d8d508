"""One page of a long list."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(rows: Any, request: HttpRequest, per_page: int = 50, name: str = "page") -> Page[Any]:
    """Return the page of ``rows`` (an ordered queryset or a list) that ``?page=`` asks for.

    Nonsense is the first page, a number past the end the last one, so that no number reaches the database unbounded.
    """
    return Paginator(rows, per_page).get_page(request.GET.get(name))
