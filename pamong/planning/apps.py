from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


class PlanningConfig(AppConfig):
    name = "pamong.planning"
    label = "planning"

    def ready(self) -> None:
        post_migrate.connect(_plan, sender=self)


def _plan(**kwargs: Any) -> None:
    """After every ``migrate`` (so at every start) the clock knows its task."""
    from pamong.planning import schedules

    if "django_q_schedule" in connection.introspection.table_names():
        schedules.ensure()
