"""A verifier's word on what the machine found."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments.models import Entry
from pamong.audit.actions import record
from pamong.checks import policies
from pamong.checks.models import Examination, Finding, Review
from pamong.checks.rules import advice
from pamong.common.permit import Refused

SAYS = {Review.Word.ACCEPTED: "membenarkan", Review.Word.DISMISSED: "menepis"}


@transaction.atomic
def review(entry: Entry, indicator: str, key: str, *, by: User, word: str, reason: str = "") -> Review:
    """Accept the finding ``key`` on a claim of ``entry``, or dismiss it for a reason; saying so again changes nothing.

    The advice follows, claim and verdict do not. Raises ``Refused`` if ``by`` may not, no reason is given for a dismissal, or
    the finding is no longer there.
    """
    policies.can_review(by, entry).require()
    reason = reason.strip()
    if word == Review.Word.DISMISSED and not reason:
        raise Refused("Tulis alasan menepis temuan ini: alasan itu dipakai untuk memperbaiki aturannya.")
    looked = Examination.objects.select_for_update().filter(claim__entry=entry, claim__indicator=indicator).first()
    found = looked.findings.filter(key=key).first() if looked else None
    if looked is None or found is None:
        raise Refused("Temuan ini sudah berubah sejak halaman dibuka. Muat ulang halamannya, lalu periksa lagi.")
    present = Review.objects.filter(entry=entry, indicator=indicator, key=key).first()
    if present and (present.word, present.reason) == (word, reason):
        return present
    made = _write(entry, indicator, found, present, by, word, reason)
    looked.advice = _advised(looked, entry, indicator)
    looked.save(update_fields=["advice"])
    record(
        f"finding.{word}", by=by, on=entry,
        says=f"{SAYS[Review.Word(word)]} temuan pada indikator {indicator} untuk {entry}: {found.message}",
        indicator=indicator, rule=found.rule, reason=reason,
    )  # fmt: skip
    return made


def _write(
    entry: Entry, indicator: str, found: Finding, present: Review | None, by: User, word: str, reason: str
) -> Review:
    row = present or Review(region=entry.region, entry=entry, indicator=indicator, key=found.key)
    row.rule, row.severity, row.message = found.rule, found.severity, found.message
    row.word, row.reason, row.by = word, reason, by
    row.save()
    return row


def _advised(looked: Examination, entry: Entry, indicator: str) -> int | None:
    """The advice without what is dismissed."""
    gone = Review.objects.filter(entry=entry, indicator=indicator, word=Review.Word.DISMISSED).values("key")
    return advice(looked.findings.exclude(key__in=gone))
