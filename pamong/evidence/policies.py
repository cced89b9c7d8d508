"""May this person do this with the region's documents, now, and if not why."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, no
from pamong.evidence import queries
from pamong.evidence.models import Arrival, Document
from pamong.evidence.states import Reception

WRITERS = (Permission.CLAIM, Permission.WRITE_INNOVATION)


def can_add_any(user: User, region: Region) -> Permit:
    """To the library of ``region`` at all: decides about the button and the page."""
    who = standing(user)
    if any(who.may_in(permission, region) or who.paths(permission, region) for permission in WRITERS):
        return YES
    return no(
        "Dokumen ditambahkan oleh operator perangkat daerah atau administrator daerah. Mintalah kepada salah satunya."
    )


def can_add(user: User, region: Region, agency: Agency | None) -> Permit:
    """To the documents of ``agency``; without one, to those of the whole region."""
    who = standing(user)
    if agency is None:
        if who.may_in(Permission.CLAIM_INSTITUTION, region):
            return YES
        return no("Dokumen untuk seluruh daerah ditambahkan oleh administrator daerah. Pilih instansi Anda.")
    if agency.region_id != region.pk or not any(who.may_for(permission, agency) for permission in WRITERS):
        return no(f"Hanya operator {agency} atau administrator daerah yang dapat menambahkan dokumen untuk {agency}.")
    if agency.closed_on is not None:
        return no(f"{agency} sudah tidak aktif. Pilih instansi penerusnya.")
    return YES


def can_read(user: User, document: Document) -> Permit:
    if queries.visible_to(user, document.region).filter(pk=document.pk).exists():
        return YES
    return no("Dokumen ini milik instansi lain.")


def can_correct(user: User, document: Document) -> Permit:
    """What the document is (number, date, …), and its file: by those who could add it, even after the agency closed."""
    who = standing(user)
    if document.agency is None:
        allowed = who.may_in(Permission.CLAIM_INSTITUTION, document.region)
    else:
        allowed = any(who.may_for(permission, document.agency) for permission in WRITERS)
    if allowed:
        return YES
    return no(
        f"Hanya operator {document.agency or 'daerah'} atau administrator daerah yang dapat mengubah dokumen ini."
    )


can_replace = can_correct


def can_set_quotas(user: User, region: Region) -> Permit:
    """How much each agency may keep."""
    if standing(user).may_in(Permission.MANAGE_REGION, region):
        return YES
    return no("Hanya administrator daerah yang melihat dan mengubah kuota penyimpanan.")


# -- the inbox --------------------------------------------------------------------------------------------------------


def can_handle(user: User, arrival: Arrival) -> Permit:
    """Whatever there is to do with a file in the inbox: by whoever sent it, as long as they may add documents."""
    if arrival.by_id != user.pk:
        return no("Berkas ini ada di kotak masuk orang lain.")
    return can_add_any(user, arrival.region)


def can_send(user: User, arrival: Arrival) -> Permit:
    """More of its bytes."""
    permit = can_handle(user, arrival)
    if permit and arrival.state != Reception.RECEIVING:
        return no("Berkas ini sudah terkirim seluruhnya.")
    return permit


def can_discard(user: User, arrival: Arrival) -> Permit:
    permit = can_handle(user, arrival)
    if permit and arrival.state == Reception.FILED:
        return no("Berkas ini sudah menjadi dokumen di pustaka, jadi tidak dihapus.")
    return permit
