"""People are reminded before a proof goes stale, each of the set numbers of days once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.formats import date_format

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.queries import people_with
from pamong.audit.actions import record
from pamong.checks import policies
from pamong.checks.models import Reminding
from pamong.checks.queries.expiring import Ending, days_of, due
from pamong.common.permit import Refused
from pamong.notifications.actions import tell_all

MOST_DAYS, MOST_REMINDERS = 365, 6

BODY = """{document} berlaku sampai {until}, {days} hari lagi.

Dokumen ini dipakai sebagai bukti:
{uses}

Siapkan perpanjangan atau penggantinya, lalu ganti berkasnya di pustaka dokumen agar bukti tetap berlaku.
"""


def remind(region: Region, today: date) -> int:
    """Remind the people of every document about to end; returns how many messages. Twice on a day is once."""
    days = days_of(region)
    if not days:
        return 0
    return sum(_remind(region, ending, days) for ending in due(region, today, max(days)))


@transaction.atomic
def _remind(region: Region, ending: Ending, days: Sequence[int]) -> int:
    """The reminder of the narrowest number of days that holds; its key names it, so it is written once."""
    document = ending.document
    step = min(each for each in days if ending.days <= each)
    people = people_with(Permission.CLAIM, region, document.agency, region_wide=document.agency is None)
    body = BODY.format(
        document=f"“{document.subject}”" + (f" nomor {document.number}" if document.number else ""),
        until=date_format(ending.until, "j F Y"), days=ending.days, uses="\n".join(f"- {use}" for use in ending.uses),
    )  # fmt: skip
    told = tell_all(
        people, f"Segera berakhir: {document.subject}", body, region=region,
        key=f"expiry:{document.pk}:{ending.until.isoformat()}:{step}",
    )  # fmt: skip
    return len(told)


@transaction.atomic
def set_days(region: Region, *, by: User, days: Sequence[int]) -> Reminding:
    """Set how many days before the end people are reminded; none: never. Raises ``Refused`` for too many or nonsense."""
    policies.can_set_reminders(by, region).require()
    wanted = sorted(set(days), reverse=True)
    if len(wanted) > MOST_REMINDERS or any(not 1 <= each <= MOST_DAYS for each in wanted):
        raise Refused(f"Isi paling banyak {MOST_REMINDERS} angka, masing-masing 1 sampai {MOST_DAYS} hari.")
    row, _ = Reminding.objects.select_for_update().get_or_create(region=region)
    if row.days == wanted:
        return row
    row.days = wanted
    row.save(update_fields=["days"])
    said = ", ".join(map(str, wanted)) or "tidak ada"
    record(
        "reminders.set", by=by, on=region, says=f"mengatur pengingat masa berlaku: {said} hari sebelumnya", days=wanted
    )
    return row
