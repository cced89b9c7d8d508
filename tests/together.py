"""Acts of several people at the same moment, with real threads: for tests that run on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections
from django_scopes import scope

from pamong.agencies.models import Region


def together(region: Region, *acts: Callable[[], Any]) -> list[Any]:
    """Start ``acts`` at the same moment, each on its own connection; what each returned, or the exception it raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            with scope(region=region):
                gate.wait(30)
                return act()
        except Exception as raised:
            return raised
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
