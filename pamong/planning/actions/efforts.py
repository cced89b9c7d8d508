"""What a level takes here: set by the region, or left to estimate and history again."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.audit.actions import record
from pamong.engine.edition import Indicator
from pamong.engine.gaps import Effort
from pamong.planning import policies
from pamong.planning.models import EffortSetting


@transaction.atomic
def set_efforts(region: Region, indicator: Indicator, efforts: Mapping[int, Effort | None], *, by: User) -> None:
    """Set what each level of ``indicator`` takes; ``None`` gives the level back to history and estimate."""
    policies.can_plan(by, region).require()
    for level, effort in efforts.items():
        rows = EffortSetting.objects.filter(region=region, indicator=indicator.code, level=level)
        if effort is None:
            rows.delete()
            continue
        values = {"days": effort.days, "cost": effort.cost, "lead": effort.lead}
        EffortSetting.objects.update_or_create(region=region, indicator=indicator.code, level=level, defaults=values)
    says = f"menetapkan upaya indikator {indicator.code} {indicator.name}"
    told = {str(level): None if each is None else str(each.days) for level, each in efforts.items()}
    record("effort.set", by=by, on=region, says=says, indicator=indicator.code, days=told)
