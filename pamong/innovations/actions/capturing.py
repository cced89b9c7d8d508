"""The one-minute capture: enough to exist."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.innovations import policies
from pamong.innovations.actions.locking import NameTaken, named, store, tidy_name
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
    name, changed = tidy_name(name), changed.strip()
    if agency.region_id != region.pk:
        raise Refused("Perangkat daerah ini bukan milik daerah ini. Pilih dari daftar.")
    policies.can_capture(by, agency).require()
    _require_sense(name, since, already_running)
    try:
        if (existing := named(region, name)) is not None:
            raise NameTaken(name, existing)
        innovation = _made(region, agency, by, name, changed, since, already_running)
    except NameTaken as taken:
        if taken.existing is not None and _is_repeat(taken.existing, agency, by, changed, since):
            return taken.existing
        raise
    Draft.objects.filter(person=by, region=region, innovation__isnull=True).delete()
    says = f"mencatat inovasi {innovation}" + (" yang sudah berjalan" if already_running else "")
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


def _made(
    region: Region, agency: Agency, by: User, name: str, changed: str, since: date | None, already_running: bool
) -> Innovation:
    innovation = Innovation(region=region, agency=agency, created_by=by, name=name, changed=changed, since=since)
    if not already_running or since is None:
        store(innovation, by=by)
        return innovation
    step = LIFECYCLE.step("record_existing", state=innovation.stage)
    before, innovation.stage, innovation.applied_on = innovation.stage, step.target, since
    store(innovation, by=by)
    LifeEvent.objects.create(
        region=region, innovation=innovation, step=step.name, from_stage=before, to_stage=step.target, on=since, by=by
    )
    return innovation
