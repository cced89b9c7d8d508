"""A file arrives in the inbox of the person who sends it: begun, received piece by piece, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.evidence import pieces, policies, queries
from pamong.evidence.actions.quotas import check_any_room
from pamong.evidence.inspection import too_large
from pamong.evidence.inspection.names import plain
from pamong.evidence.models import Arrival, Document, Piece
from pamong.evidence.states import Reception
from pamong.evidence.uploads import longest

MOST = 500

ELSEWHERE = "Berkas ini sudah berlanjut dari tempat lain."


class TooLarge(Refused):
    """Refused for its size alone; waiting does not help, a smaller file does."""


def begin(*, region: Region, by: User, name: str, length: int) -> Arrival:
    """Announce a file of ``length`` bytes. Raises ``Refused`` if ``by`` may not add documents, or has no room for it."""
    policies.can_add_any(by, region).require()
    most = longest(name)
    if length > most:
        raise TooLarge(too_large(most))
    if full := check_any_room(by, region, length):
        raise TooLarge(full)
    return _begin(region, by, plain(name)[:120] or "berkas", length)


@transaction.atomic
def _begin(region: Region, by: User, name: str, length: int) -> Arrival:
    # One person's files one after the other, or many at once would each find room.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    check_room(by, region, length)
    state = Reception.RECEIVING if length else Reception.REFUSED
    reason = "" if length else "Berkas ini kosong. Periksa berkasnya di komputer atau ponsel Anda, lalu unggah lagi."
    return Arrival.objects.create(region=region, by=by, name=name, length=length, state=state, reason=reason)


def check_room(by: User, region: Region, length: int, files: int = 1) -> None:
    """Raises ``TooLarge`` if the inbox of ``by`` has no room for that much more."""
    held = queries.held_by(by, region)
    if held.files + files > MOST:
        raise TooLarge(f"Kotak masuk Anda sudah berisi {held.files} berkas (paling banyak {MOST}). Pasangkan atau hapus sebagian dahulu.")  # fmt: skip
    if held.bytes + length > settings.INBOX_MAX_BYTES:
        most = settings.INBOX_MAX_BYTES // 1024 // 1024
        raise TooLarge(f"Kotak masuk Anda penuh (paling banyak {most} MB). Pasangkan atau hapus sebagian isinya, lalu kirim lagi.")  # fmt: skip


def receive_pieces(arrival: Arrival, *, by: User, offset: int, source: Iterable[bytes]) -> int:
    """Append what ``source`` yields, from ``offset`` on, and return how far the file has arrived now.

    Every few megabytes are safe at once, so that whatever breaks off the sending, only what came last must be sent again.
    Raises ``Overtaken`` if ``offset`` is not where the file stands, ``TooLarge`` beyond its announced length, ``OSError`` as
    ``source`` does.
    """
    policies.can_send(by, arrival).require()
    if offset != arrival.offset:
        raise Overtaken(ELSEWHERE)
    for data in pieces.cut(source):
        if offset + len(data) > arrival.length:
            raise TooLarge("Yang dikirim lebih panjang daripada ukuran berkas yang disebutkan.")
        offset = _append(arrival, offset, data)
    return offset


def _append(arrival: Arrival, offset: int, data: bytes) -> int:
    name = pieces.keep(data)
    try:
        return _advance(arrival, offset, len(data), name)
    except BaseException:
        pieces.drop([name])
        raise


@transaction.atomic
def _advance(arrival: Arrival, offset: int, size: int, name: str) -> int:
    """Move the arrival on, if nobody else has: of two senders at once, one goes on and the other is told."""
    after = offset + size
    state = Reception.WAITING if after == arrival.length else Reception.RECEIVING
    rows = Arrival.objects.filter(pk=arrival.pk, offset=offset, state=Reception.RECEIVING)
    if not rows.update(offset=after, state=state, touched_at=timezone.now()):
        raise Overtaken(ELSEWHERE)
    Piece.objects.create(arrival=arrival, region_id=arrival.region_id, start=offset, size=size, name=name)
    if state == Reception.WAITING:
        have_checked(arrival)
    return after


def have_checked(arrival: Arrival) -> None:
    """Have the background worker check ``arrival`` as soon as this transaction has succeeded."""
    region, pk = arrival.region_id, arrival.pk
    # Should this fail, the clock finds the file waiting.
    transaction.on_commit(lambda: async_task("pamong.evidence.tasks.check", region, pk, group="arrivals"), robust=True)


def bring(file: BinaryIO, name: str, length: int, *, region: Region, by: User) -> Arrival:
    """Put a file that came whole, with a plain form, into the inbox. Raises ``Refused`` as ``begin`` does."""
    arrival = begin(region=region, by=by, name=name, length=length)
    if length:
        receive_pieces(arrival, by=by, offset=0, source=_sips(file))
    arrival.refresh_from_db()
    return arrival


def _sips(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while sip := file.read(pieces.SIP):
        yield sip


@transaction.atomic
def try_again(arrival: Arrival, *, by: User) -> Arrival:
    """Have a file checked once more whose check broke down. A second click finds it waiting already."""
    arrival = _locked(arrival)
    policies.can_handle(by, arrival).require()
    if arrival.state == Reception.STUCK:
        arrival.state, arrival.attempts, arrival.reason = Reception.WAITING, 0, ""
        arrival.save(update_fields=["state", "attempts", "reason"])
        have_checked(arrival)
    return arrival


@transaction.atomic
def discard(arrival: Arrival, *, by: User) -> None:
    """Take a file back, whole or not. Raises ``Refused`` once it is a document."""
    arrival = _locked(arrival)
    policies.can_discard(by, arrival).require()
    throw_away(arrival)
    record("arrival.discarded", by=by, on=arrival, says=f"menghapus berkas “{arrival}” dari kotak masuknya", size=arrival.length)  # fmt: skip


def file_as(document: Document, sha256: str, *, by: User) -> None:
    """What ``by`` sent and now is ``document`` leaves the inbox. Inside the transaction of the act that made it one."""
    rows = Arrival.objects.filter(region=document.region, by=by, state=Reception.READY, sha256=sha256)
    rows.update(state=Reception.FILED, document=document, touched_at=timezone.now())


def throw_away(arrival: Arrival) -> None:
    """Remove the row now, and the pieces when the transaction has succeeded."""
    release(arrival)
    Arrival.objects.filter(archive=arrival).update(archive=None, member=None)
    Arrival.objects.filter(pk=arrival.pk).delete()


def release(arrival: Arrival) -> None:
    """Let the pieces of ``arrival`` go: nobody needs them any more."""
    names = list(arrival.pieces.values_list("name", flat=True))
    arrival.pieces.all().delete()
    transaction.on_commit(lambda: pieces.drop(names), robust=True)


def _locked(arrival: Arrival) -> Arrival:
    return Arrival.objects.select_for_update(of=("self",)).select_related("by", "region").get(pk=arrival.pk)
