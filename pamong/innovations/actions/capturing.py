"""The one-minute capture: enough to exist."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.innovations import checks, policies
from pamong.innovations.actions.locking import NameTaken, named, store, tidy_name, tidy_text
from pamong.innovations.models import Draft, Innovation, LifeEvent
from pamong.innovations.states import LIFECYCLE

__all__ = ["NameTaken", "capture"]


@transaction.atomic
def capture(
    *, region: Region, agency: Agency, by: User, name: str, changed: str, since: date | None, already_running: bool
) -> Innovation:
    """Record a new innovation. One already running is applied ``since`` that day; else it is an idea.

    The same capture sent twice by the same person gives the same innovation. Raises ``NameTaken`` if the name belongs
    to another one, ``Refused`` if ``by`` may not or the date cannot be.
    """
    name, changed = tidy_name(name), tidy_text(changed)
    if agency.region_id != region.pk:
        raise Refused("Perangkat daerah ini bukan milik daerah ini. Pilih dari daftar.")
    policies.can_capture(by, agency).require()
    _require_sense(name, since, already_running)
    values = {"name": name, "changed": changed, "since": since, "applied_on": since if already_running else None}
    try:
        innovation = record_new(region=region, agency=agency, by=by, applied=already_running, values=values)
    except NameTaken as taken:
        if taken.existing is not None and _is_repeat(taken.existing, agency, by, changed, since):
            return taken.existing
        raise
    Draft.objects.filter(person=by, region=region, innovation__isnull=True).delete()
    return innovation


def record_new(*, region: Region, agency: Agency, by: User, applied: bool, values: Mapping[str, Any]) -> Innovation:
    """``capture`` with any fields of the profile, for callers that already stand in a transaction. Leaves drafts alone."""
    policies.can_capture(by, agency).require()
    if faults := checks.profile_faults(values):
        raise Refused(*faults.values())
    if (existing := named(region, values["name"])) is not None:
        raise NameTaken(values["name"], existing)
    innovation = Innovation(region=region, agency=agency, created_by=by, **values)
    before = innovation.stage
    if applied:
        innovation.stage = LIFECYCLE.step("record_existing", state=before).target
    store(innovation, by=by)
    if applied and innovation.applied_on is not None:
        LifeEvent.objects.create(
            region=region, innovation=innovation, step="record_existing", from_stage=before, to_stage=innovation.stage,
            on=innovation.applied_on, by=by,
        )  # fmt: skip
    says = f"mencatat inovasi {innovation}" + (" yang sudah berjalan" if applied else "")
    record("innovation.captured", by=by, on=innovation, says=says, code=innovation.code, agency=agency.name)
    return innovation


def _require_sense(name: str, since: date | None, already_running: bool) -> None:
    if not name:
        raise Refused("Tulis nama inovasinya.")
    if already_running and since is None:
        raise Refused("Tulis sejak kapan inovasi ini berjalan, misalnya Juni 2025.")
    if since is not None and since > timezone.localdate():
        raise Refused("Tanggal “sejak” belum terjadi. Periksa lagi.")


def _is_repeat(existing: Innovation, agency: Agency, by: User, changed: str, since: date | None) -> bool:
    """A double click, or the same form in a second window."""
    same = (existing.agency_id, existing.created_by_id, existing.changed, existing.since)
    return same == (agency.pk, by.pk, changed, since)
