"""How much each agency may keep: checked when a document is made, inside its transaction, and changed by the administrator."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.evidence import policies, queries
from pamong.evidence.models import Quota


def check_room(agency: Agency, more: int) -> None:
    """Raises ``Refused`` if ``more`` bytes do not fit into what ``agency`` may keep. Holds the agency until the transaction
    ends, so that of two files sent at once both cannot take the last room."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    (room,) = queries.rooms([agency])
    if more > room.free:
        raise Refused(room.full(more))


def check_any_room(user: User, region: Region, length: int) -> str:
    """Why a file of ``length`` bytes could become a document of none of the agencies ``user`` adds for; empty if it could."""
    if policies.can_add(user, region, None):
        return ""
    rooms = queries.rooms(queries.agencies_to_add_for(user, region))
    widest = max(rooms, key=lambda room: room.free, default=None)
    return widest.full(length) if widest and length > widest.free else ""


@transaction.atomic
def set_quota(agency: Agency, *, by: User, megabytes: int | None) -> None:
    """Let ``agency`` keep ``megabytes``; ``None`` takes the installation's default again. What it keeps already stays.

    Raises ``Refused`` if ``by`` does not run the region or the number makes no sense.
    """
    policies.can_set_quotas(by, agency.region).require()
    if megabytes is not None and not 1 <= megabytes <= Quota.MOST:
        raise Refused(f"Isi kuota antara 1 dan {Quota.MOST} MB, atau kosongkan untuk memakai kuota bawaan.")
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    (before,) = queries.rooms([agency])
    if before.own == megabytes:
        return
    if megabytes is None:
        Quota.objects.filter(agency=agency).delete()
    else:
        Quota.objects.update_or_create(agency=agency, defaults={"region": agency.region, "megabytes": megabytes})
    (after,) = queries.rooms([agency])
    record(
        "quota.changed", by=by, on=agency, changes={"megabytes": [before.own, megabytes]},
        says=f"mengubah kuota dokumen {agency} dari {before.most_text} menjadi {after.most_text}",
    )  # fmt: skip
