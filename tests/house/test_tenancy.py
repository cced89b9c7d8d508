"""Regions are isolated by construction: who forgets the tenant is stopped, not served."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from pamong.agencies.models import Region
from tests import build

# They may stand outside any region, and say which people see them in their own queries.
OUTSIDE_A_REGION = {"agencies.Membership", "agencies.Invitation", "notifications.Message", "agencies.ImportFile"}


def _of_a_region() -> list[type[models.Model]]:
    def has_region(model: type[models.Model]) -> bool:
        return any(f.name == "region" and f.related_model is Region for f in model._meta.fields)

    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("pamong.")]
    return [m for m in ours if has_region(m) and not hasattr(m, "history_id") and m._meta.label not in OUTSIDE_A_REGION]


MODELS = [pytest.param(model, id=model._meta.label) for model in _of_a_region()]


@pytest.mark.parametrize("model", MODELS)
def test_a_forgotten_tenant_raises(model: Any) -> None:
    for ask in (model.objects.all, model.objects.count, model.objects.filter, model.objects.first):
        with pytest.raises(ScopeError):
            ask()


@pytest.mark.parametrize("model", MODELS)
def test_only_rows_of_the_region_are_asked_for(model: Any, db: None) -> None:
    region = build.region()
    with scope(region=region):
        where = str(model.objects.all().query.where)
    assert str(region) in where or str(region.pk) in where


@pytest.mark.parametrize("model", MODELS)
def test_a_row_cannot_be_without_its_region(model: type[models.Model]) -> None:
    assert not model._meta.get_field("region").null
