"""What the ministry returned: the third value, beside claims and verdicts, which it never changes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments import verification_policies as policies
from pamong.assessments.actions.locking import lock_year
from pamong.assessments.models import Assessment, Entry, MinistryMaturity, MinistryResult
from pamong.assessments.states import REPORTED
from pamong.assessments.verification_returned import Returned
from pamong.audit.actions import record
from pamong.common.permit import Refused

__all__ = ["Returned", "record_index", "record_maturities"]


@transaction.atomic
def record_index(
    assessment: Assessment,
    *,
    by: User,
    index: Decimal,
    source: str,
    rank: int | None = None,
    rank_of: int | None = None,
) -> MinistryResult:
    """Write down the region's index as returned, where it stands and where that is written. Twice is once."""
    assessment = lock_year(assessment)
    policies.can_record_returned(by, assessment).require()
    _sensible(index, source, rank, rank_of)
    values = {"index": index, "rank": rank, "rank_of": rank_of, "source": source.strip()}
    known: MinistryResult | None = MinistryResult.objects.filter(assessment=assessment).first()
    before = {name: getattr(known, name) for name in values} if known else None
    if known and before == values:
        return known
    made, _ = MinistryResult.objects.update_or_create(
        assessment=assessment, defaults={**values, "region": assessment.region, "by": by}
    )
    record(
        "returned.index", by=by, on=made,
        says=f"mencatat indeks {assessment.year} dari kementerian: {index:.2f}".replace(".", ","),
        before=_plain(before), after=_plain(values),
    )  # fmt: skip
    return made


def _sensible(index: Decimal, source: str, rank: int | None, rank_of: int | None) -> None:
    faults = []
    if not index.is_finite() or not 0 <= index <= 100 or index != round(index, 2):
        faults.append("Indeks hanya 0 sampai 100, paling banyak dua angka di belakang koma.")
    if not source.strip():
        faults.append("Sebutkan dasarnya, misalnya nomor keputusan menteri.")
    if rank is not None and rank < 1:
        faults.append("Peringkat mulai dari 1.")
    if rank is not None and rank_of is not None and rank > rank_of:
        faults.append("Peringkat tidak mungkin melebihi jumlah daerah yang dinilai.")
    if faults:
        raise Refused(*faults)


@transaction.atomic
def record_maturities(assessment: Assessment, rows: Sequence[Returned], *, by: User) -> int:
    """Write down what was returned for innovations, all or none; how many rows that changed. Twice changes nothing."""
    assessment = lock_year(assessment)
    policies.can_record_returned(by, assessment).require()
    entries = {
        entry.code: entry
        for entry in Entry.objects.filter(
            assessment=assessment, kind=Entry.Kind.INNOVATION, state__in=REPORTED
        ).select_related("innovation", "returned")
    }
    _all_known(assessment, rows, entries)
    changes = [change for row in rows if (change := _written(entries[row.entry], row, by))]
    if changes:
        record(
            "returned.maturities", by=by, on=assessment,
            says=f"mencatat hasil kementerian {assessment.year} untuk {len(changes)} inovasi", changes=changes,
        )  # fmt: skip
    return len(changes)


def _all_known(assessment: Assessment, rows: Sequence[Returned], entries: dict[str, Entry]) -> None:
    top = assessment.edition.maturity_maximum
    faults = [f"Inovasi {row.entry} tidak dilaporkan pada penilaian ini." for row in rows if row.entry not in entries]
    faults += [
        f"Kematangan {row.entry} hanya 0 sampai {top}, paling banyak dua angka di belakang koma."
        for row in rows
        if not row.maturity.is_finite() or not 0 <= row.maturity <= top or row.maturity != round(row.maturity, 2)
    ]
    if len({row.entry for row in rows}) < len(rows):
        faults.append("Ada inovasi yang disebut lebih dari sekali. Hapus baris gandanya.")
    if faults:
        raise Refused(*faults)


def _written(entry: Entry, row: Returned, by: User) -> dict[str, Any] | None:
    """Write one row; what changed, or ``None``."""
    values = {"maturity": row.maturity, "accepted": row.accepted, "note": row.note.strip()[:300]}
    known: MinistryMaturity | None = getattr(entry, "returned", None)
    before = {name: getattr(known, name) for name in values} if known else None
    if before == values:
        return None
    MinistryMaturity.objects.update_or_create(entry=entry, defaults={**values, "region_id": entry.region_id, "by": by})
    return {"entry": entry.code, "before": _plain(before), "after": _plain(values)}


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}
