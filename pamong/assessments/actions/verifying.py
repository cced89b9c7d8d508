"""Judging: begun, verdict by verdict, returned for repair, accepted or rejected as a whole, reopened.

Every act holds the entry's row and says what it had seen; whoever comes second with a stale view changes nothing and is
told what the first one did. Saying the same thing twice is saying it once.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.queries import people_with
from pamong.assessments import packing
from pamong.assessments import verification_changes as changes
from pamong.assessments import verification_policies as policies
from pamong.assessments import verification_queries as queries
from pamong.assessments.actions.assigning import assign, balance, take
from pamong.assessments.actions.locking import lock, reopen_verdict
from pamong.assessments.models import Claim, Entry, Repair, Verdict, VerdictProof
from pamong.assessments.states import ENTRY, State
from pamong.assessments.verification_changes import Seen
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.engine.model import TOP_LEVEL
from pamong.evidence.models import Version
from pamong.notifications.actions import tell

__all__ = ["Seen", "accept", "assign", "balance", "begin", "judge", "reject", "reopen", "return_for_repair", "take"]


class _JudgedMeanwhile(Overtaken):
    """Someone else's verdict stands; they too are told that two were at it."""

    def __init__(self, standing: Verdict) -> None:
        self.standing = standing
        reason = f" dengan alasan “{standing.reason}”" if standing.reason else ""
        super().__init__(
            f"{standing.by} baru saja menilai indikator {standing.indicator} pada tingkat {standing.level}{reason}.",
            "Penilaian Anda belum disimpan; isian Anda masih ada di bawah. Simpan sekali lagi bila tetap berbeda.",
        )


# -- begin --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def begin(entry: Entry, *, by: User) -> Entry:
    """Start verification: from now on the operator cannot withdraw. Twice is once."""
    entry = lock(entry)
    policies.can_judge(by, entry).require()
    if entry.state == State.SUBMITTED:
        _begin(entry, by)
        record("verification.begun", by=by, on=entry, says=f"mulai memverifikasi {entry}")
    return entry


def _begin(entry: Entry, by: User) -> None:
    if entry.state != State.SUBMITTED:
        return
    if entry.verifier_id is None:
        entry.verifier, entry.assigned_at = by, timezone.now()
    entry.state = ENTRY.step("begin", state=entry.state).target
    entry.save(update_fields=["state", "verifier", "assigned_at"])


# -- one verdict ----------------------------------------------------------------------------------------------------------


def judge(entry: Entry, indicator: str, *, by: User, level: int, reason: str = "", seen: Seen) -> Verdict:
    """Find ``level`` proven for one indicator, higher or lower than claimed; a difference needs a reason.

    Raises ``Overtaken`` if the claim, its proofs or the standing verdict are not those ``seen``, and ``Refused`` if ``by``
    may not judge, or not now. Nothing is changed then, except that a colleague whose verdict stands is told of the other.
    """
    try:
        return _judge(entry, indicator, by=by, level=level, reason=reason.strip(), seen=seen)
    except _JudgedMeanwhile as meanwhile:
        _tell_first(entry, meanwhile.standing, by, level)
        raise


@transaction.atomic
def _judge(entry: Entry, indicator: str, *, by: User, level: int, reason: str, seen: Seen) -> Verdict:
    entry = lock(entry)
    policies.can_judge(by, entry).require()
    _known(entry, indicator, level)
    claim: Claim | None = entry.claims.filter(indicator=indicator).first()
    standing: Verdict | None = entry.verdicts.filter(indicator=indicator, stands=True).select_related("by").first()
    if standing and _is_same(standing, claim, by, level, reason):
        return standing
    _not_overtaken(indicator, seen, claim, standing, by)
    if level != _claimed(claim) and not reason:
        raise Refused(
            f"Tulis alasannya: tingkat {level} berbeda dari klaim {_claimed(claim)}, dan pelapor harus tahu mengapa."
        )
    _begin(entry, by)
    made = _write(entry, indicator, claim, standing, by, level, reason)
    if standing and standing.by_id != by.pk:
        _tell_replaced(standing, made)
    record(
        "verdict.given", by=by, on=entry,
        says=f"menilai indikator {indicator} pada {entry}: tingkat {level} (klaim {made.claimed_level})",
        indicator=indicator, level=level, claimed=made.claimed_level, reason=reason,
        before=standing.level if standing else None,
    )  # fmt: skip
    return made


def _known(entry: Entry, indicator: str, level: int) -> None:
    if indicator not in packing.codes_of(entry):
        raise Refused(f"Indikator {indicator} tidak ada pada penilaian ini.")
    if not 0 <= level <= TOP_LEVEL:
        raise Refused(f"Tingkat hanya 0 sampai {TOP_LEVEL}.")


def _claimed(claim: Claim | None) -> int:
    return claim.level if claim else 0


def _is_same(standing: Verdict, claim: Claim | None, by: User, level: int, reason: str) -> bool:
    """Whether this was said already: a double click, or the same form sent again."""
    return (standing.by_id, standing.level, standing.reason, standing.claim_version) == (
        by.pk, level, reason, claim.version if claim else 0,
    )  # fmt: skip


def _not_overtaken(indicator: str, seen: Seen, claim: Claim | None, standing: Verdict | None, by: User) -> None:
    if (claim.version if claim else 0) != seen.claim:
        raise Overtaken(
            f"Klaim atau bukti indikator {indicator} berubah sejak halaman ini dibuka: sekarang klaimnya tingkat "
            f"{_claimed(claim)}.",
            "Penilaian Anda belum disimpan; isian Anda masih ada di bawah. Periksa yang baru, lalu simpan.",
        )
    if (standing.pk if standing else 0) == seen.verdict:
        return
    if standing is None:
        raise Overtaken(
            f"Hasil verifikasi indikator {indicator} dibuka kembali sejak halaman ini dibuka. Periksa lagi, lalu simpan."
        )
    if standing.by_id == by.pk:
        raise Overtaken(
            f"Anda sudah menilai indikator {indicator} pada tingkat {standing.level}, mungkin di jendela lain.",
            "Isian yang ini belum disimpan. Simpan sekali lagi bila ini yang benar.",
        )
    raise _JudgedMeanwhile(standing)


def _write(
    entry: Entry, indicator: str, claim: Claim | None, standing: Verdict | None, by: User, level: int, reason: str
) -> Verdict:
    if standing:
        Verdict.objects.filter(pk=standing.pk).update(stands=False)
    made = Verdict.objects.create(
        region=entry.region,
        entry=entry,
        indicator=indicator,
        level=level,
        claimed_level=_claimed(claim),
        claim_version=claim.version if claim else 0,
        reason=reason,
        by=by,
    )
    before_eyes = Version.objects.filter(is_current=True, document__proofs__claim=claim) if claim else ()
    VerdictProof.objects.bulk_create(VerdictProof(verdict=made, version=version) for version in before_eyes)
    packing.set_verified(entry, indicator, level)
    return made


@transaction.atomic
def _tell_first(entry: Entry, standing: Verdict, by: User, level: int) -> None:
    tell(
        standing.by,
        f"Dinilai bersamaan: {entry}",
        f"{by} juga menilai indikator {standing.indicator} pada {entry} (tingkat {level}) sesudah Anda. Penilaian Anda "
        f"(tingkat {standing.level}) yang berlaku; {by} sudah diberi tahu.",
        region=entry.region,
        key=f"judged-meanwhile:{standing.pk}:{by.pk}",
    )


def _tell_replaced(old: Verdict, new: Verdict) -> None:
    tell(
        old.by,
        f"Penilaian diganti: {new.entry}",
        f"{new.by} menilai kembali indikator {new.indicator} pada {new.entry}: tingkat {new.level}, semula "
        f"{old.level} menurut Anda." + (f" Alasan: {new.reason}" if new.reason else ""),
        region=new.region,
        key=f"verdict-replaced:{new.pk}",
    )


# -- the entry as a whole -------------------------------------------------------------------------------------------------


@transaction.atomic
def return_for_repair(entry: Entry, *, by: User, reasons: Mapping[str, str]) -> Entry:
    """Give the entry back to its agency: ``reasons`` by indicator say what to repair. Their verdicts are reopened."""
    entry = lock(entry)
    said = {code: reason.strip() for code, reason in reasons.items()}
    if entry.state == State.RETURNED and _last_round(entry, by) == said:
        return entry
    policies.can_judge(by, entry).require()
    _named(entry, said)
    _begin(entry, by)
    number = (entry.repairs.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    _write_repairs(entry, said, number, by)
    for code in said:
        reopen_verdict(entry, code, f"Dikembalikan untuk diperbaiki (putaran {number}).")
    entry.due_on = None  # the next round's days count from the day it comes back
    _go(entry, "return_for_repair", "due_on")
    _tell_reporters(entry, f"Perlu perbaikan: {entry}", _repair_letter(entry, said, by), key=f"returned:{number}")
    record(
        "entry.returned", by=by, on=entry,
        says=f"mengembalikan {entry} untuk diperbaiki: indikator {', '.join(said)}", round=number, reasons=said,
    )  # fmt: skip
    return entry


def _last_round(entry: Entry, by: User) -> dict[str, str] | None:
    rows = [each for each in queries.repairs_of(entry) if each.by_id == by.pk and each.answered_at is None]
    newest = [each for each in rows if each.round == rows[0].round]
    return {each.indicator: each.reason for each in newest} if newest else None


def _named(entry: Entry, said: Mapping[str, str]) -> None:
    if not said:
        raise Refused("Pilih sedikitnya satu indikator yang harus diperbaiki.")
    known = packing.codes_of(entry)
    faults = [f"Indikator {code} tidak ada pada penilaian ini." for code in said if code not in known]
    faults += [f"Tulis apa yang harus diperbaiki pada indikator {code}." for code, reason in said.items() if not reason]
    if faults:
        raise Refused(*faults)


def _write_repairs(entry: Entry, said: Mapping[str, str], number: int, by: User) -> None:
    claims = {claim.indicator: claim for claim in entry.claims.filter(indicator__in=said)}
    versions = changes.current_versions(entry)
    Repair.objects.bulk_create(
        Repair(
            region=entry.region,
            entry=entry,
            round=number,
            indicator=code,
            reason=reason,
            claim_version=claims[code].version if code in claims else 0,
            before=changes.now(claims.get(code), versions.get(code, ())).plain(),
            by=by,
        )
        for code, reason in said.items()
    )


def _repair_letter(entry: Entry, said: Mapping[str, str], by: User) -> str:
    lines = "\n".join(f"- Indikator {code}: {reason}" for code, reason in said.items())
    return (
        f"{by} mengembalikan {entry} untuk diperbaiki.\n\n{lines}\n\n"
        "Perbaiki klaim atau buktinya, lalu ajukan kembali. Indikator lain tetap seperti semula."
    )


@transaction.atomic
def accept(entry: Entry, *, by: User, reason: str = "", seen: str | None = None) -> Entry:
    """Accept the entry with the levels found proven. ``seen``: the packed verdicts the person looked at.

    Raises ``Refused`` while a claimed or mandatory indicator is not judged, ``Overtaken`` if verdicts changed meanwhile.
    """
    entry = lock(entry)
    if entry.state == State.ACCEPTED and entry.decided_by_id == by.pk:
        return entry
    policies.can_judge(by, entry).require()
    _same_verdicts(entry, seen)
    if waiting := queries.to_judge(entry):
        raise Refused(f"Belum semua dinilai: indikator {', '.join(waiting)}. Nilai dahulu, lalu terima.")
    _begin(entry, by)
    _decide(entry, "accept", by, reason.strip())
    points = packing.points(entry, "verified")
    _tell_reporters(
        entry, f"Diterima: {entry}",
        f"{entry} diterima dengan nilai {points / packing.HUNDREDTHS:.2f} ".replace(".", ",")
        + f"oleh {by}." + (f" Catatan: {entry.decision_reason}" if entry.decision_reason else ""),
    )  # fmt: skip
    record(
        "entry.accepted", by=by, on=entry, says=f"menerima {entry} dalam penilaian {entry.assessment.year}",
        verified=entry.verified, points=points, reason=entry.decision_reason,
    )  # fmt: skip
    return entry


@transaction.atomic
def reject(entry: Entry, *, by: User, reason: str, seen: str | None = None) -> Entry:
    """Reject the entry as a whole, with the reason: it counts nothing, yet stays in the divisor."""
    entry = lock(entry)
    reason = reason.strip()
    if entry.state == State.REJECTED and entry.decided_by_id == by.pk and entry.decision_reason == reason:
        return entry
    policies.can_judge(by, entry).require()
    _same_verdicts(entry, seen)
    if not reason:
        raise Refused("Tulis alasan penolakan; pelapor berhak mengetahuinya.")
    _begin(entry, by)
    _decide(entry, "reject", by, reason)
    _tell_reporters(entry, f"Ditolak: {entry}", f"{entry} ditolak oleh {by}. Alasan: {reason}")
    record(
        "entry.rejected", by=by, on=entry, says=f"menolak {entry} dalam penilaian {entry.assessment.year}: {reason}",
        reason=reason, verified=entry.verified,
    )  # fmt: skip
    return entry


@transaction.atomic
def reopen(entry: Entry, *, by: User, reason: str) -> Entry:
    """Take back a decision; the verdicts stand, and its verifier decides anew."""
    entry = lock(entry)
    reason = reason.strip()
    policies.can_reopen(by, entry).require()
    if not reason:
        raise Refused("Tulis mengapa keputusan ini dibuka kembali; verifikator dan pelapor membacanya.")
    was, decided_by = entry.get_state_display(), entry.decided_by
    entry.decided_at, entry.decided_by, entry.decision_reason = None, None, ""
    _go(entry, "reopen", "decided_at", "decided_by", "decision_reason")
    letter = f"{by} membuka kembali keputusan “{was}” atas {entry}. Alasan: {reason}"
    for person in {each.pk: each for each in (decided_by, entry.verifier) if each is not None}.values():
        tell(person, f"Dibuka kembali: {entry}", letter, region=entry.region)
    _tell_reporters(entry, f"Dibuka kembali: {entry}", letter)
    record(
        "entry.reopened", by=by, on=entry, says=f"membuka kembali keputusan atas {entry}: {reason}",
        reason=reason, was=was,
    )  # fmt: skip
    return entry


def _same_verdicts(entry: Entry, seen: str | None) -> None:
    if seen is not None and seen != entry.verified:
        raise Overtaken("Hasil verifikasi berubah sejak halaman ini dibuka. Periksa lagi, lalu putuskan.")


def _decide(entry: Entry, step: str, by: User, reason: str) -> None:
    entry.decided_at, entry.decided_by, entry.decision_reason = timezone.now(), by, reason
    _go(entry, step, "decided_at", "decided_by", "decision_reason")


def _go(entry: Entry, step: str, *fields: str) -> None:
    entry.state = ENTRY.step(step, state=entry.state).target
    entry.save(update_fields=["state", *fields])


def _tell_reporters(entry: Entry, subject: str, body: str, *, key: str = "") -> None:
    """Those who report for the agency (the region, for its own indicators), and whoever handed the entry over."""
    if entry.agency is None:
        people = list(people_with(Permission.CLAIM_INSTITUTION, entry.region))
    else:
        people = list(people_with(Permission.SUBMIT, entry.region, entry.agency, region_wide=False))
    if entry.submitted_by is not None and entry.submitted_by not in people:
        people.append(entry.submitted_by)
    for person in people:
        tell(
            person, subject, body, region=entry.region, key=f"entry:{entry.pk}:{key}:{person.pk}" if key else ""
        )  # fmt: skip
