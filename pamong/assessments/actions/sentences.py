"""The reasons a region's verifiers use often."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.assessments import verification_policies as policies
from pamong.assessments.models import CannedReason
from pamong.audit.actions import record
from pamong.common.permit import Refused


@transaction.atomic
def add_sentence(region: Region, text: str, *, by: User) -> CannedReason:
    """Keep ``text`` for everybody who verifies in ``region``. Twice is once."""
    policies.can_word_reasons(by, region).require()
    text = " ".join(text.split())
    if not text:
        raise Refused("Tulis kalimatnya.")
    kept, is_new = CannedReason.objects.get_or_create(region=region, text=text)
    if is_new:
        record("sentence.added", by=by, on=kept, says=f"menambah kalimat alasan “{text}”")
    return kept


@transaction.atomic
def remove_sentence(sentence: CannedReason, *, by: User) -> None:
    """Forget ``sentence``; verdicts that used it keep their words. Twice is once."""
    policies.can_word_reasons(by, sentence.region).require()
    kept = CannedReason.objects.filter(pk=sentence.pk).first()
    if kept is None:
        return
    record("sentence.removed", by=by, on=kept, says=f"menghapus kalimat alasan “{kept.text}”")
    kept.delete()
