"""Places on a page: a page of a lower floor names one, a feature above fills it.

``{% place "claim" entry=entry %}`` shows what features have said, in their ``AppConfig.ready``, stands there:
``places.fill("claim", panels.claim)``. The page knows no filler and is whole without any; the filler reads, asks and renders for the
reader of the page, and gives nothing where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

Filler = Callable[..., str]
_FILLERS: dict[str, list[Filler]] = {}


def fill(place: str, filler: Filler) -> None:
    """Have ``filler(request, **given)`` asked wherever a page shows ``place``. Saying it twice is saying it once."""
    fillers = _FILLERS.setdefault(place, [])
    if filler not in fillers:
        fillers.append(filler)


def filled(place: str, request: HttpRequest, **given: Any) -> SafeString:
    """What stands in ``place`` for this request, in the order the features are installed; empty if nothing does."""
    said = (filler(request, **given) for filler in _FILLERS.get(place, ()))
    return format_html_join("", "{}", ((each,) for each in said if each))
