"""An innovation takes part in a year, or takes that back."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments import policies
from pamong.assessments.actions.locking import lock, lock_year
from pamong.assessments.models import Assessment, Entry, EntryScore
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.innovations.models import Innovation


@transaction.atomic
def enter(assessment: Assessment, innovation: Innovation, *, by: User) -> Entry:
    """Let ``innovation`` take part. What the rules still find missing is for the submission; twice gives the same entry."""
    assessment = lock_year(assessment)
    innovation = Innovation.objects.select_related("agency").get(pk=innovation.pk)
    policies.can_enter(by, assessment, innovation).require()
    if assessment.region_id != innovation.region_id:
        raise Refused("Inovasi ini milik daerah lain.")
    entry, is_new = Entry.objects.get_or_create(
        assessment=assessment,
        innovation=innovation,
        kind=Entry.Kind.INNOVATION,
        defaults={"region": assessment.region, "agency": innovation.agency, "affair": innovation.affair},
    )
    if is_new:
        EntryScore.objects.create(entry=entry)
        record(
            "entry.entered", by=by, on=entry,
            says=f"mengikutsertakan {innovation} dalam penilaian {assessment.year}", innovation=innovation.code,
        )  # fmt: skip
    return entry


@transaction.atomic
def remove_entry(entry: Entry, *, by: User) -> None:
    """Take a draft out of the year. What it claimed stays in the trail; documents stay in the library."""
    if not Entry.objects.filter(pk=entry.pk).exists():
        return
    entry = lock(entry)
    policies.can_remove(by, entry).require()
    if entry.verdicts.exists():
        raise Refused("Sudah ada hasil verifikasi, jadi tidak dapat dibatalkan.")
    record(
        "entry.removed", by=by, on=entry,
        says=f"membatalkan keikutsertaan {entry} dalam penilaian {entry.assessment.year}",
        code=entry.code, claimed=entry.claimed,
    )  # fmt: skip
    entry.delete()
