"""What arrived whole is opened and either kept, refused with its reason, or, when the check itself fails, held for another try.

Begun by a task as soon as the last byte is there, and again by the clock should that task have died.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import BinaryIO, cast

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_q.tasks import async_task

from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.evidence import antivirus, pieces, storage
from pamong.evidence.actions.arriving import release
from pamong.evidence.actions.keeping import keep
from pamong.evidence.actions.unpacking import unpack
from pamong.evidence.inspection import Inspected, Limits, inspect, kinds
from pamong.evidence.inspection.apart import Unchecked
from pamong.evidence.models import Arrival
from pamong.evidence.states import Reception

LEASE = timedelta(minutes=5)
ATTEMPTS = 3

GIVEN_UP = (
    "Berkas ini belum dapat diperiksa: pemeriksaannya terhenti tiga kali. Berkasnya tidak hilang. Coba periksa lagi, "
    "atau hapus lalu kirim hasil “Cetak, Simpan sebagai PDF”."
)


def check(arrival: Arrival) -> None:
    """Open ``arrival`` and write down what it is. Does nothing if it is done already, or under way elsewhere.

    Whatever befalls the check, the file stays: without room in the store or a virus scanner that answers it is tried again
    later, after a breakdown at most ``ATTEMPTS`` times.
    """
    if not _held(arrival):
        return
    names = list(arrival.pieces.values_list("name", flat=True))
    try:
        with pieces.whole(names) as (whole, digest):
            file = cast(BinaryIO, whole)
            if arrival.archive_id is None and kinds.is_archive(file.read(4), arrival.name):
                unpack(file, arrival)
                _settle_unpacked(arrival)
            else:
                _settle_ready(arrival, _kept(file, arrival, digest))
    except storage.NoRoom:
        _put_off(arrival)
    except antivirus.Away as away:
        _put_off(arrival, *away.reasons)
    except Unchecked as fault:
        _settle_stuck(arrival, *fault.reasons)
    except Refused as refused:
        _settle_refused(arrival, " ".join(refused.reasons))


def _held(arrival: Arrival) -> bool:
    """Take the file for this check alone, until the lease runs out. One that broke down too often is given up."""
    now = timezone.now()
    free = Q(held_until=None) | Q(held_until__lt=now)
    rows = Arrival.objects.filter(free, pk=arrival.pk, state=Reception.WAITING)
    if not rows.update(held_until=now + LEASE, attempts=F("attempts") + 1):
        return False
    arrival.refresh_from_db()
    if arrival.attempts > ATTEMPTS:
        _settle_stuck(arrival, GIVEN_UP)
        return False
    return True


def _kept(file: BinaryIO, arrival: Arrival, digest: str) -> Inspected:
    limits = Limits(frozenset(kinds.KINDS), settings.UPLOAD_MAX_BYTES)
    inspected = inspect(file, arrival.name, limits, is_clean=storage.has, digest=digest, always_apart=True)
    try:
        antivirus.check(file)
        keep(inspected)
    finally:
        if inspected.content not in (file, None):
            inspected.content.close()
    return inspected


@transaction.atomic
def _settle_ready(arrival: Arrival, found: Inspected) -> None:
    if (row := _still_waiting(arrival)) is None:
        return
    row.state, row.reason, row.name = Reception.READY, "", found.name
    row.sha256, row.source_sha256 = found.sha256, found.source_sha256
    row.size, row.media_type, row.pages, row.seconds = found.size, found.media_type, found.pages, found.seconds
    _settle(row)
    record(
        "arrival.received", by=row.by, on=row, says=f"mengirim berkas “{row}” ke kotak masuknya",
        sha256=row.sha256, source_sha256=row.source_sha256, size=row.size,
    )  # fmt: skip
    for task in settings.TASKS_ON_RECEPTION:
        transaction.on_commit(partial(async_task, task, row.pk, group="arrival"), robust=True)


@transaction.atomic
def _settle_unpacked(arrival: Arrival) -> None:
    if (row := _still_waiting(arrival)) is None:
        return
    row.state = Reception.UNPACKED
    _settle(row)
    members = row.members.count()
    record("arrival.unpacked", by=row.by, on=row, says=f"mengirim “{row}”, yang dibongkar menjadi {members} berkas", size=row.length)  # fmt: skip


@transaction.atomic
def _settle_refused(arrival: Arrival, reason: str) -> None:
    if (row := _still_waiting(arrival)) is None:
        return
    row.state, row.reason = Reception.REFUSED, reason
    _settle(row)
    record("arrival.refused", by=None, on=row, says=f"menolak berkas “{row}” dari {row.by}: {reason}", size=row.length)


@transaction.atomic
def _settle_stuck(arrival: Arrival, reason: str) -> None:
    if (row := _still_waiting(arrival)) is None:
        return
    row.state, row.reason, row.held_until = Reception.STUCK, reason, None
    row.save(update_fields=["state", "reason", "held_until"])
    record(
        "arrival.stuck", by=None, on=row, says=f"belum dapat memeriksa berkas “{row}” dari {row.by}", size=row.length
    )


def _put_off(arrival: Arrival, reason: str = "") -> None:
    """The store or the scanner failed, not the file: the clock tries again, as often as it takes."""
    rows = Arrival.objects.filter(pk=arrival.pk, state=Reception.WAITING)
    rows.update(held_until=timezone.now() + timedelta(seconds=30), attempts=F("attempts") - 1, reason=reason)


def _still_waiting(arrival: Arrival) -> Arrival | None:
    """The row, locked; ``None`` if its person took it back, or another check was quicker."""
    rows = Arrival.objects.select_for_update(of=("self",)).select_related("by", "region")
    return rows.filter(pk=arrival.pk, state=Reception.WAITING).first()


def _settle(row: Arrival) -> None:
    row.held_until, row.touched_at = None, timezone.now()
    row.save()
    release(row)
