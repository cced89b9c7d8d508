"""All that an act could have changed, as one comparable value."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables acts of this feature write to."""
    models = [*apps.get_app_config("assessments").get_models(), *apps.get_app_config("evidence").get_models()]
    models.remove(apps.get_model("evidence.Content"))  # when bytes were last seen is no act of anybody's
    models += [apps.get_model("audit.Event"), apps.get_model("notifications.Message")]
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}
