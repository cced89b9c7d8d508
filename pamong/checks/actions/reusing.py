"""One document brought forward wherever it serves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments.actions import claiming
from pamong.assessments.models import Entry
from pamong.common.permit import Refused
from pamong.evidence.models import Document


@transaction.atomic
def attach(pairs: Iterable[tuple[Entry, str, Document]], *, by: User) -> int:
    """Attach each document to the claim named with it; returns how many. All or nothing.

    Wraps ``claiming.attach``, which asks whether ``by`` may and whether the file fits, and leaves the trace. Raises ``Refused``
    if there is nothing to attach.
    """
    # In the order of their keys: two people attaching at once wait for each other instead of for ever.
    wanted = sorted(pairs, key=lambda each: (each[0].pk, each[1], each[2].pk))
    if not wanted:
        raise Refused("Belum ada yang dipilih. Centang sedikitnya satu indikator.")
    for entry, indicator, document in wanted:
        claiming.attach(entry, indicator, document, by=by)
    return len(wanted)
