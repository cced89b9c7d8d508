"""Chances the region sets, and what-ifs somebody keeps. Neither changes the year."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments.models import Assessment, Entry
from pamong.audit.actions import record
from pamong.planning import policies
from pamong.planning.models import Chance, Scenario
from pamong.planning.supposing import Changes, as_data


@transaction.atomic
def set_chances(assessment: Assessment, chances: Mapping[int, int | None], *, by: User) -> None:
    """Set how likely entries (by key) are accepted, in per cent; ``None`` gives one back to the region's history."""
    policies.can_plan(by, assessment.region).require()
    known = set(Entry.objects.filter(assessment=assessment, pk__in=chances).values_list("pk", flat=True))
    Chance.objects.filter(entry__in=[pk for pk in known if chances[pk] is None]).delete()
    rows = [
        Chance(region=assessment.region, entry_id=pk, percent=percent)
        for pk, percent in chances.items()
        if percent is not None and pk in known
    ]
    Chance.objects.bulk_create(rows, update_conflicts=True, update_fields=["percent"], unique_fields=["entry"])
    record("chances.set", by=by, on=assessment, says=f"menetapkan peluang diterima {len(rows)} inovasi")


@transaction.atomic
def suppose(assessment: Assessment, name: str, changes: Changes, *, by: User) -> Scenario:
    """Keep a what-if."""
    policies.can_suppose(by, assessment.region).require()
    made: Scenario = Scenario.objects.create(
        region=assessment.region, assessment=assessment, name=name, changes=as_data(changes), by=by
    )
    record("scenario.made", by=by, on=made, says=f"membuat pengandaian “{made}” untuk {assessment.year}")
    return made


@transaction.atomic
def change(scenario: Scenario, *, by: User, name: str, changes: Changes) -> Scenario:
    """Suppose something else in ``scenario``."""
    scenario = _lock(scenario)
    policies.can_change(by, scenario).require()
    scenario.name, scenario.changes = name, as_data(changes)
    scenario.save(update_fields=["name", "changes", "at"])
    record("scenario.changed", by=by, on=scenario, says=f"mengubah pengandaian “{scenario}”")
    return scenario


@transaction.atomic
def share(scenario: Scenario, *, by: User, shared: bool) -> Scenario:
    """Show ``scenario`` to those who read the whole region and have its link, or to oneself alone again. Twice is once."""
    scenario = _lock(scenario)
    policies.can_change(by, scenario).require()
    if scenario.shared == shared:
        return scenario
    scenario.shared = shared
    scenario.save(update_fields=["shared"])
    says = f"{'membagikan' if shared else 'berhenti membagikan'} pengandaian “{scenario}”"
    record("scenario.shared", by=by, on=scenario, says=says)
    return scenario


@transaction.atomic
def discard(scenario: Scenario, *, by: User) -> None:
    """Throw ``scenario`` away."""
    scenario = _lock(scenario)
    policies.can_change(by, scenario).require()
    record("scenario.discarded", by=by, on=scenario, says=f"membuang pengandaian “{scenario}”")
    scenario.delete()


def _lock(scenario: Scenario) -> Scenario:
    locked: Scenario = Scenario.objects.select_for_update(of=("self",)).select_related("region").get(pk=scenario.pk)
    return locked
