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
from pamong.innovations.actions import papers
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
    policies.can_edit(by, innovation).require()
    if slot not in Attachment.Slot.values:
        raise Refused("Jenis lampiran tidak dikenal. Pilih dari daftar.")
    kind = Attachment.Slot(slot)
    allowed, most = limits(kind)
    paper = {
        "instrument": _INSTRUMENT[kind],
        "subject": (subject.strip() or f"{kind.label} {innovation}")[:250],
        "number": number,
        "dated": dated,
        "file": file,
        "link": link,
        "max_bytes": most,
        **({} if allowed is None else {"allowed": allowed}),
    }
    return _attached(innovation, kind, by, papers.ready(paper, by=by, innovation=innovation) or {})


def limits(slot: Attachment.Slot) -> tuple[tuple[str, ...] | None, int]:
    """The kinds of file (``None``: the usual ones) and the bytes the edition admits for ``slot``."""
    field = rules.fields().get(SLOT_FIELD[slot])
    megabytes = field.max_mb if field and field.max_mb else rules.current().files.profile_mb
    return (field.file_types if field and field.file_types else None), megabytes * MEGABYTE


@transaction.atomic
def _attached(innovation: Innovation, kind: Attachment.Slot, by: User, paper: dict[str, Any]) -> Attachment:
    innovation = locked(innovation)
    policies.can_edit(by, innovation).require()
    return _placed(innovation, kind, papers.added(paper, by=by, innovation=innovation), by)


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
