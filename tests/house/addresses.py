"""Every address of the site, as Django knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def addresses() -> dict[str, str]:
    """Full name (``innovations:detail``) → the address as written (``<slug:region>/inovasi/<code>/``).

    A second address of the same name is told apart by its parts (``agencies:targets year``); one without a name of its own
    is known by itself (``/akun/social/connections/``).
    """
    found: dict[str, str] = {}
    for name, route in _walk(get_resolver().url_patterns, "", ""):
        more = " ".join(parts(route)[1:])
        alone = not name or (name in found and not more)
        found[f"/{route}" if alone else f"{name} {more}" if name in found else name] = route
    return found


def parts(route: str) -> list[str]:
    """The variable parts of an address as written, by name."""
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def _walk(patterns: list[URLPattern | URLResolver], route: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name else "", here
