from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class ChecksConfig(AppConfig):
    name = "pamong.checks"
    label = "checks"

    def ready(self) -> None:
        from pamong.checks import panels
        from pamong.common import places

        for place, filler in panels.PLACES.items():
            places.fill(place, filler)
        post_migrate.connect(_plan, sender=self)


def _plan(**kwargs: Any) -> None:
    """After every ``migrate`` (so at every start) the clock knows its tasks."""
    from pamong.checks import schedules

    if "django_q_schedule" in connection.introspection.table_names():
        schedules.ensure()
