"""A file is taken out of the inbox to become a document: what its check found is held against what is asked for there."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.common.permit import Refused
from pamong.evidence import policies, storage
from pamong.evidence.actions.checking import check
from pamong.evidence.inspection import Inspected, Limits, kinds, too_large
from pamong.evidence.inspection.video import too_long
from pamong.evidence.models import Arrival
from pamong.evidence.states import Reception

NOT_YET = "Berkas “{}” belum selesai diperiksa. Tunggu sebentar, lalu simpan lagi; berkasnya tidak perlu dikirim ulang."
GONE = "Berkas “{}” tidak ditemukan di penyimpanan server. Hapus dari kotak masuk, lalu kirim lagi."


def taken(arrival: Arrival, by: User | None, limits: Limits) -> Inspected:
    """The file of ``arrival``, which is kept already. Raises ``Refused`` if it is not theirs, not ready or does not fit.

    One still waiting to be checked is checked now, so that nobody need wait for the clock.
    """
    if by is None:
        raise TypeError("whoever takes a file out of the inbox must be named")
    policies.can_handle(by, arrival).require()
    if arrival.state == Reception.WAITING:
        check(arrival)
        arrival.refresh_from_db()
    if arrival.state not in (Reception.READY, Reception.FILED):
        raise Refused(arrival.reason or NOT_YET.format(arrival))
    _check_fits(arrival, limits)
    if not storage.has(arrival.sha256):
        raise Refused(GONE.format(arrival))
    return Inspected(
        None, arrival.sha256, arrival.source_sha256, arrival.size, arrival.media_type, arrival.name, arrival.pages,
        arrival.seconds,
    )  # fmt: skip


def _check_fits(arrival: Arrival, limits: Limits) -> None:
    kind = kinds.BY_MEDIA_TYPE[arrival.media_type]
    if kind.code not in limits.kinds:
        raise Refused(kinds.not_accepted(kind, limits.kinds))
    if arrival.size > limits.max_bytes:
        raise Refused(too_large(limits.max_bytes))
    if limits.max_seconds is not None and (arrival.seconds or 0) > limits.max_seconds:
        raise Refused(too_long(arrival.seconds or 0, limits.max_seconds))
