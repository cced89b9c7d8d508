"""May this person ask the machine for another look, now, and if not why."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, no
from pamong.evidence import policies as evidence
from pamong.evidence.models import Document
from pamong.reading.models import Reading


def can_read_again(user: User, document: Document, reading: Reading | None) -> Permit:
    """Whoever may correct the document, or judges it."""
    judges = standing(user).may_in(Permission.VERIFY, document.region)
    if not judges and not evidence.can_correct(user, document):
        return no("Pembacaan ulang diminta oleh operator pemilik dokumen, verifikator, atau administrator daerah.")
    if reading is not None and reading.is_under_way:
        return no("Dokumen ini sedang dibaca. Tunggu sampai selesai.")
    return YES
