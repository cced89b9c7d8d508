"""Closing the year: everything frozen, and both indices sealed in the same transaction."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments.actions import year
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.scoring import policies, snapshots
from pamong.scoring.actions.refreshing import refresh
from pamong.scoring.models import Snapshot
from pamong.scoring.queries import CLAIMED, VERIFIED, undecided
from pamong.scoring.queries.inputs import Value, inputs_of, reported


@transaction.atomic
def close(assessment: Assessment, *, by: User, leaving_undecided: bool = False) -> Assessment:
    """Freeze the year and seal the claimed and the verified index. Twice is once.

    Raises ``Refused`` while anything sent upward is undecided, unless ``leaving_undecided``: then what is undecided counts
    as not accepted.
    """
    if assessment.phase != Phase.CLOSED:
        policies.can_close(by, assessment).require()
    closed = year.close_year(assessment, by=by, leaving_undecided=leaving_undecided)
    if closed.snapshots.exists():
        return closed
    waiting = undecided(closed)
    if waiting and not leaving_undecided:
        names = ", ".join(str(entry) for entry in waiting[:5])
        raise Refused(
            f"Masih ada {len(waiting)} yang belum diputus: {names}. Selesaikan verifikasinya, atau nyatakan bahwa "
            "penilaian ditutup tanpa menunggunya; yang belum diputus dihitung tidak diterima."
        )
    rows = reported(closed)
    sealed = [
        _seal(closed, value, by, snapshots.inputs_as_data(inputs_of(closed, rows, value)))
        for value in (CLAIMED, VERIFIED)
    ]
    refresh(closed)
    record(
        "assessment.sealed", by=by, on=closed,
        says=f"menyegel angka penilaian {closed.year}: klaim {_shown(sealed[0])}, terverifikasi {_shown(sealed[1])}",
        digests={each.value: each.digest for each in sealed},
    )  # fmt: skip
    return closed


def _seal(assessment: Assessment, value: Value, by: User, inputs: snapshots.JSON) -> Snapshot:
    given = snapshots.inputs_from_data(inputs)
    result = snapshots.computed(given)
    made: Snapshot = Snapshot.objects.create(
        region=assessment.region,
        assessment=assessment,
        value=value,
        edition_code=given.edition.code,
        edition_digest=given.edition.digest,
        inputs=inputs,
        result=result,
        digest=snapshots.digest_of(inputs, result),
        by=by,
    )
    return made


def _shown(snapshot: Snapshot) -> str:
    return str(snapshot.result["index"]).replace(".", ",")
