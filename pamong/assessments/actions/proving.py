"""A document's file is replaced: everything that rested on the old one is looked at again, visibly."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F

from pamong.accounts.models import User
from pamong.assessments import queries
from pamong.assessments.actions.locking import announce, lay_hands, lock, reopen_verdict
from pamong.assessments.models import Claim, Entry, Hand, Verdict
from pamong.assessments.requirements import accepts, limits
from pamong.assessments.states import ENTRY, Phase, State
from pamong.audit.actions import record
from pamong.evidence.actions import add_version, receive
from pamong.evidence.inspection import Inspected
from pamong.evidence.models import Arrival, Document, Version
from pamong.evidence.policies import can_replace
from pamong.notifications.actions import tell

BECAUSE = "Berkas bukti “{document}” diganti dengan versi {number} sesudah dinilai."


def replace_document(
    document: Document, *, by: User, file: File[bytes] | Arrival | None = None, link: str = ""
) -> Version:
    """Add a version to ``document`` and reopen every verdict that rested on the one before, in years not yet closed.

    Entries already accepted or rejected go back to their verifier, who is told. The old version stays readable. Raises
    ``Refused`` if the new file does not fit an indicator the document proves, or is the same.
    """
    can_replace(by, document).require()
    bounds = common_limits(list(queries.claims_using(document)))
    content = receive(file, by=by, region=document.region, **bounds) if file is not None else None
    return _replace(document, by, content, link)


def common_limits(claims: list[Claim]) -> dict[str, Any]:
    """What a file may be to serve every one of ``claims``; the library's own limits if there is none."""
    each = [
        limits(claim.entry.assessment.edition.indicator(claim.indicator), claim.entry.assessment.edition)
        for claim in claims
    ]
    if not each:
        return {}
    seconds = [one["max_seconds"] for one in each if one["max_seconds"]]
    return {
        "allowed": sorted(set.intersection(*(set(one["allowed"]) for one in each))),
        "max_bytes": min(one["max_bytes"] for one in each),
        "max_seconds": min(seconds, default=None),
    }


def links_allowed(claims: list[Claim]) -> bool:
    """Whether a link may take the file's place for every one of ``claims``."""
    return all(claim.entry.assessment.edition.indicator(claim.indicator).evidence.link_allowed for claim in claims)


@transaction.atomic
def _replace(document: Document, by: User, content: Inspected | None, link: str) -> Version:
    claims = list(queries.claims_using(document))
    entries = {each.entry_id: lock(each.entry) for each in claims}  # in the order of their keys: no deadlock
    before = document.versions.filter(is_current=True).first()
    version = add_version(document, by=by, file=content, link=link)
    if before is not None and version.pk == before.pk:
        return version
    for entry_id, group in groupby(claims, key=lambda each: each.entry_id):
        if entries[entry_id].assessment.phase != Phase.CLOSED:
            _look_again(entries[entry_id], list(group), document, version, by)
    return version


def _look_again(entry: Entry, claims: list[Claim], document: Document, version: Version, by: User) -> None:
    for each in claims:
        accepts(entry.assessment.edition.indicator(each.indicator), entry.assessment.edition, version).require()
    Claim.objects.filter(pk__in=[each.pk for each in claims]).update(version=F("version") + 1)
    announce(entry)
    because = BECAUSE.format(document=str(document)[:120], number=version.number)
    reopened = [verdict for each in claims if (verdict := reopen_verdict(entry, each.indicator, because))]
    returned = _back_to_verification(entry)
    lay_hands(entry, [(by, Hand.Act.UPLOADED)])
    _tell_verifiers(entry, reopened, document)
    indicators = [each.indicator for each in claims]
    record(
        "proof.replaced", by=by, on=entry,
        says=f"mengganti berkas “{document}” pada indikator {', '.join(indicators)} untuk {entry}"
        + (f"; {len(reopened)} hasil verifikasi dibuka lagi" if reopened else ""),
        document=document.code, version=version.number, indicators=indicators,
        reopened=[verdict.indicator for verdict in reopened], back_to_verification=returned,
    )  # fmt: skip


def _back_to_verification(entry: Entry) -> bool:
    """A decision that rested on the old file is no decision any more."""
    if entry.state not in (State.ACCEPTED, State.REJECTED):
        return False
    entry.state = ENTRY.step("reopen", state=entry.state).target
    entry.decided_at, entry.decided_by, entry.decision_reason = None, None, ""
    entry.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])
    return True


def _tell_verifiers(entry: Entry, reopened: list[Verdict], document: Document) -> None:
    people = {verdict.by_id: verdict.by for verdict in reopened}
    if entry.verifier is not None and (reopened or entry.state == State.VERIFYING):
        people[entry.verifier.pk] = entry.verifier
    for person in people.values():
        tell(
            person,
            f"Bukti diganti: {entry}",
            f"Berkas “{document}” pada {entry} diganti"
            + (
                f". Hasil verifikasi indikator {', '.join(v.indicator for v in reopened)} dibuka lagi."
                if reopened
                else "."
            )
            + " Mohon diperiksa kembali.",
            region=entry.region,
        )
