"""The profile's own documents: budget, business profile, HKI, award, photograph."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from pamong.accounts.models import User
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.evidence.models import Document
from pamong.innovations import policies, rules
from pamong.innovations.actions.locking import locked
from pamong.innovations.models import Attachment, Innovation

SLOT_FIELD = {
    Attachment.Slot.BUDGET: "budget",
    Attachment.Slot.BUSINESS: "business_profile",
    Attachment.Slot.IP: "ip_document",
    Attachment.Slot.AWARD: "award_document",
    Attachment.Slot.PHOTO: "photo",
}
_INSTRUMENT = {
    Attachment.Slot.BUDGET: Document.Instrument.BUDGET,
    Attachment.Slot.BUSINESS: Document.Instrument.OTHER,
    Attachment.Slot.IP: Document.Instrument.CERTIFICATE,
    Attachment.Slot.AWARD: Document.Instrument.CERTIFICATE,
    Attachment.Slot.PHOTO: Document.Instrument.PICTURE,
}
MEGABYTE = 1024 * 1024


@transaction.atomic
def attach(
    innovation: Innovation,
    slot: str,
    *,
    by: User,
    file: Any = None,
    link: str = "",
    subject: str = "",
    number: str = "",
    dated: date | None = None,
) -> Attachment:
    """Add a document to the profile: types and size as the edition's field says. Raises ``Refused``."""
    innovation = locked(innovation)
    policies.can_edit(by, innovation).require()
    if slot not in Attachment.Slot.values:
        raise Refused("Jenis lampiran tidak dikenal. Pilih dari daftar.")
    kind = Attachment.Slot(slot)
    field = rules.fields().get(SLOT_FIELD[kind])
    from pamong.evidence import actions as evidence

    document = evidence.add_document(
        region=innovation.region,
        agency=innovation.agency,
        by=by,
        instrument=_INSTRUMENT[kind],
        subject=(subject or f"{kind.label} {innovation}")[:250],
        number=number,
        dated=dated,
        file=file,
        link=link,
        allowed=field.file_types if field else None,
        max_bytes=(field.max_mb if field and field.max_mb else rules.current().files.profile_mb) * MEGABYTE,
    )
    return _placed(innovation, kind, document, by)


def _placed(innovation: Innovation, kind: Attachment.Slot, document: Document, by: User) -> Attachment:
    attachment, made = Attachment.objects.get_or_create(
        region=innovation.region, innovation=innovation, slot=kind, document=document
    )
    if made:
        says = f"melampirkan {kind.label.lower()} pada profil {innovation}"
        record("innovation.attached", by=by, on=innovation, says=says, slot=kind.value, document=document.code)
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Take a document off the profile; the document itself stays. Done twice, nothing more happens."""
    innovation = locked(attachment.innovation)
    policies.can_edit(by, innovation).require()
    gone, _rows = Attachment.objects.filter(pk=attachment.pk).delete()
    if gone:
        says = f"melepas {Attachment.Slot(attachment.slot).label.lower()} dari profil {innovation}"
        record("innovation.detached", by=by, on=innovation, says=says, slot=attachment.slot)
