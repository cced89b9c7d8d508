"""Handing an entry over: submitted, endorsed or sent back by the agency's head, withdrawn, submitted again after repair."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.queries import people_with
from pamong.assessments import completeness, policies, queries
from pamong.assessments.actions.locking import lay_hands, lock
from pamong.assessments.models import Entry, Hand
from pamong.assessments.states import ENTRY, State
from pamong.audit.actions import record
from pamong.common.permit import Permit, Refused
from pamong.notifications.actions import tell


@transaction.atomic
def submit(entry: Entry, *, by: User) -> Entry:
    """Hand ``entry`` over: to the agency's head where the region asks for that, else to the verifiers.

    A second click finds it handed over. Raises ``Refused`` with every reason the edition or the calendar gives.
    """
    entry = lock(entry)
    if entry.state in (State.AWAITING, State.SUBMITTED) and entry.submitted_by_id == by.pk:
        return entry
    policies.can_submit(by, entry).require()
    _complete(entry).require()
    step = "submit_for_endorsement" if needs_endorsement(entry) else "submit"
    entry.submitted_at, entry.submitted_by, entry.decision_reason = timezone.now(), by, ""
    _go(entry, step, "submitted_at", "submitted_by", "decision_reason", *_profile(entry))
    lay_hands(entry, [(by, Hand.Act.SUBMITTED)])
    if entry.state == State.AWAITING:
        _ask_heads(entry, by)
    record(
        "entry.submitted", by=by, on=entry,
        says=f"mengajukan {entry} untuk penilaian {entry.assessment.year}", claimed=entry.claimed,
    )  # fmt: skip
    return entry


def needs_endorsement(entry: Entry) -> bool:
    """Whether an agency's head must agree; the region's own indicators have none."""
    return entry.region.endorsement_required and entry.agency_id is not None


def _profile(entry: Entry) -> tuple[str, ...]:
    """Hold on to the profile as it is handed over: its version, and the affair the index counts. Returns the fields set."""
    if entry.innovation is None:
        return ()
    entry.affair, entry.profile_version = entry.innovation.affair, entry.innovation.version
    return ("affair", "profile_version")


def _complete(entry: Entry) -> Permit:
    before = queries.times_entered(entry.innovation, entry.assessment.year) if entry.innovation else 0
    return completeness.of(entry, queries.answers(entry), times_entered=before).permit


@transaction.atomic
def endorse(entry: Entry, *, by: User) -> Entry:
    """The agency's head agrees that this is sent in the agency's name."""
    entry = lock(entry)
    if entry.state == State.SUBMITTED and entry.endorsed_by_id == by.pk:
        return entry
    policies.can_endorse(by, entry).require()
    entry.endorsed_at, entry.endorsed_by = timezone.now(), by
    _go(entry, "endorse", "endorsed_at", "endorsed_by")
    lay_hands(entry, [(by, Hand.Act.ENDORSED)])
    record(
        "entry.endorsed", by=by, on=entry, says=f"mengesahkan {entry} untuk penilaian {entry.assessment.year}"
    )  # fmt: skip
    return entry


@transaction.atomic
def decline(entry: Entry, *, by: User, reason: str) -> Entry:
    """The agency's head sends it back with a reason; it may be mended and submitted again."""
    entry = lock(entry)
    reason = reason.strip()
    if entry.state == State.DRAFT and reason and entry.decision_reason == reason:
        return entry
    policies.can_decline(by, entry).require()
    if not reason:
        raise Refused("Tulis alasan pengembalian, supaya pelapor tahu apa yang harus diperbaiki.")
    submitter = entry.submitted_by
    entry.decision_reason = reason
    _take_back(entry, "decline", "decision_reason")
    if submitter is not None:
        tell(
            submitter, f"Belum disahkan: {entry}", f"{by} mengembalikan {entry}. Alasan: {reason}", region=entry.region
        )
    record(
        "entry.declined", by=by, on=entry, says=f"mengembalikan {entry} sebelum disahkan: {reason}", reason=reason
    )  # fmt: skip
    return entry


@transaction.atomic
def withdraw(entry: Entry, *, by: User) -> Entry:
    """Take the entry back to a draft, before verification begins."""
    entry = lock(entry)
    if entry.state == State.DRAFT:
        return entry
    policies.can_withdraw(by, entry).require()
    verifier = entry.verifier
    entry.verifier, entry.assigned_at, entry.due_on = None, None, None
    _take_back(entry, "withdraw", "verifier", "assigned_at", "due_on")
    if verifier is not None:
        tell(
            verifier,
            f"Ditarik kembali: {entry}",
            f"{by} menarik kembali {entry}. Anda tidak perlu memeriksanya.",
            region=entry.region,
        )
    record(
        "entry.withdrawn", by=by, on=entry, says=f"menarik kembali {entry} dari penilaian {entry.assessment.year}"
    )  # fmt: skip
    return entry


@transaction.atomic
def resubmit(entry: Entry, *, by: User) -> Entry:
    """Give a returned entry back to its verifier, every returned indicator changed or answered with a note."""
    entry = lock(entry)
    if entry.state == State.VERIFYING and entry.submitted_by_id == by.pk and entry.repairs.exists():
        return entry
    policies.can_resubmit(by, entry).require()
    _repaired(entry)
    now = timezone.now()
    answered = list(entry.repairs.filter(answered_at=None).values_list("indicator", flat=True))
    entry.repairs.filter(answered_at=None).update(answered_at=now)
    entry.submitted_at, entry.submitted_by = now, by
    _go(entry, "resubmit", "submitted_at", "submitted_by", *_profile(entry))
    lay_hands(entry, [(by, Hand.Act.SUBMITTED)])
    if entry.verifier is not None:
        tell(
            entry.verifier,
            f"Sudah diperbaiki: {entry}",
            f"{by} mengajukan kembali {entry} setelah memperbaiki indikator {', '.join(answered)}.",
            region=entry.region,
        )
    record(
        "entry.resubmitted", by=by, on=entry, says=f"mengajukan kembali {entry} setelah perbaikan",
        indicators=answered, claimed=entry.claimed,
    )  # fmt: skip
    return entry


def _repaired(entry: Entry) -> None:
    waiting = queries.sheet(entry).untouched(entry.repairs.filter(answered_at=None))
    if waiting:
        raise Refused(
            *(
                f"Indikator {each.indicator} dikembalikan dengan alasan “{each.reason}” dan belum diubah. "
                "Perbaiki klaim atau buktinya, atau tulis keterangan mengapa tetap."
                for each in waiting
            )
        )
    _complete_content(entry)


def _complete_content(entry: Entry) -> None:
    """What the edition calls mandatory still holds; dates and profile were looked at when it was first handed over."""
    lines = completeness.of(entry, queries.answers(entry)).lines
    missing = [fault for line in lines for fault in line.faults]
    if missing:
        raise Refused(*missing)


def _take_back(entry: Entry, step: str, *fields: str) -> None:
    entry.submitted_at = entry.submitted_by = entry.endorsed_at = entry.endorsed_by = None
    _go(entry, step, "submitted_at", "submitted_by", "endorsed_at", "endorsed_by", *fields)


def _go(entry: Entry, step: str, *fields: str) -> None:
    entry.state = ENTRY.step(step, state=entry.state).target
    entry.save(update_fields=["state", *fields])


def _ask_heads(entry: Entry, by: User) -> None:
    for head in people_with(Permission.ENDORSE, entry.region, entry.agency):
        tell(
            head,
            f"Menunggu pengesahan: {entry}",
            f"{by} mengajukan {entry} untuk penilaian {entry.assessment.year} atas nama {entry.agency}. "
            "Buka Pamong untuk mengesahkan atau mengembalikannya.",
            region=entry.region,
        )
