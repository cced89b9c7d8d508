"""May this person do this, now, and if not why: the year, the entry, its claims and proofs."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import PHASES, REPORTED, Phase, State
from pamong.common.permit import YES, Permit, all_of, no
from pamong.innovations.models import Innovation

P = Permission


# -- the year ---------------------------------------------------------------------------------------------------------


def can_manage(user: User, region: Region) -> Permit:
    """Prepare and run the assessment year."""
    if standing(user).may_in(P.MANAGE_ASSESSMENT, region):
        return YES
    return no("Hanya administrator daerah yang dapat mengatur tahun penilaian. Hubungi Bappeda/Brida.")


def can_reschedule(user: User, assessment: Assessment) -> Permit:
    return _phase_step(user, assessment, "open", "Tanggal hanya dapat diubah sebelum dibuka; sesudahnya perpanjanglah.")


def can_open(user: User, assessment: Assessment) -> Permit:
    return _phase_step(user, assessment, "open", "Penilaian ini sudah dibuka.")


def can_extend(user: User, assessment: Assessment) -> Permit:
    return _phase_step(
        user, assessment, "extend", "Hanya penilaian yang sedang dibuka atau diverifikasi yang dapat diperpanjang."
    )


def can_end_reporting(user: User, assessment: Assessment) -> Permit:
    return _phase_step(user, assessment, "end_reporting", "Pelaporan hanya dapat diakhiri selama penilaian dibuka.")


def can_close(user: User, assessment: Assessment) -> Permit:
    return _phase_step(
        user, assessment, "close", "Hanya penilaian yang sudah dibuka dan belum ditutup yang dapat ditutup."
    )


def _phase_step(user: User, assessment: Assessment, step: str, reason: str) -> Permit:
    allowed = can_manage(user, assessment.region)
    if step not in {each.name for each in PHASES.steps_from(assessment.phase)}:
        return all_of((allowed, no(reason)))
    return allowed


def takes_work(assessment: Assessment, today: date | None = None) -> Permit:
    """Whether entries may be made and filled in: open, and not past its closing date."""
    today = today or timezone.localdate()
    if assessment.phase == Phase.CLOSED:
        return no(f"Penilaian {assessment.year} sudah ditutup; isinya tidak berubah lagi.")
    if assessment.phase == Phase.PREPARED:
        return no(f"Penilaian {assessment.year} belum dibuka. Tunggu administrator daerah membukanya.")
    if assessment.phase == Phase.VERIFYING or today > assessment.closes_on:
        return no(
            f"Pelaporan {assessment.year} sudah berakhir. Bila perlu, minta administrator daerah memperpanjangnya."
        )
    return YES


def takes_reports(assessment: Assessment) -> Permit:
    """Whether entries may be handed over today."""
    working = takes_work(assessment)
    if working and timezone.localdate() < assessment.opens_on:
        return no(f"Pengajuan dimulai {_day(assessment.opens_on)}. Sampai saat itu isian dapat disiapkan.")
    return working


# -- the entry --------------------------------------------------------------------------------------------------------


def can_enter(user: User, assessment: Assessment, innovation: Innovation) -> Permit:
    """Enter ``innovation``. What is not yet in order does not stop this: it is named, and asked for before submitting."""
    if not standing(user).may_for(P.CLAIM, innovation.agency):
        return no(f"Hanya pengelola {innovation.agency} yang dapat mengikutsertakan inovasi ini.")
    return takes_work(assessment)


def may_enter_any(user: User, assessment: Assessment) -> Permit:
    """Enter some innovation: decides about the button."""
    seats = standing(user)
    if not seats.may_in(P.CLAIM, assessment.region) and not seats.paths(P.CLAIM, assessment.region):
        return no("Inovasi diikutsertakan oleh operator perangkat daerahnya.")
    return takes_work(assessment)


def can_pair_any(user: User, assessment: Assessment) -> Permit:
    """Say of many files at once what they prove: decides about the page. Each entry is asked for again by ``can_claim``."""
    seats = standing(user)
    if not seats.may_in(P.CLAIM, assessment.region) and not seats.paths(P.CLAIM, assessment.region):
        return no("Bukti dilampirkan oleh operator perangkat daerahnya.")
    if assessment.phase in (Phase.CLOSED, Phase.PREPARED):
        return takes_work(assessment)
    return YES


def can_claim(user: User, entry: Entry) -> Permit:
    """Change claims and proofs."""
    if not _holds(user, entry, P.CLAIM):
        return no(f"Hanya {_owner(entry)} yang dapat mengubah klaim dan bukti ini.")
    return _is_editable(entry)


def _is_editable(entry: Entry) -> Permit:
    if entry.assessment.phase == Phase.CLOSED:
        return takes_work(entry.assessment)
    if entry.state == State.RETURNED:
        return YES
    if entry.state == State.DRAFT:
        return takes_work(entry.assessment)
    return no(_LOCKED[State(entry.state)])


_LOCKED = {
    State.AWAITING: "Isian terkunci karena menunggu pengesahan. Tarik kembali bila ingin mengubahnya.",
    State.SUBMITTED: "Isian terkunci karena sudah diajukan. Tarik kembali bila ingin mengubahnya, selama verifikasi belum dimulai.",
    State.VERIFYING: "Isian terkunci karena sedang diverifikasi. Isian dapat diubah lagi bila verifikator mengembalikannya.",
    State.ACCEPTED: "Isian terkunci karena sudah diterima verifikator.",
    State.REJECTED: "Isian terkunci karena sudah ditolak verifikator. Hubungi verifikator bila ada kekeliruan.",
}


def can_remove(user: User, entry: Entry) -> Permit:
    if entry.kind == Entry.Kind.INSTITUTION:
        return no("Indikator daerah selalu ikut dinilai.")
    if entry.state != State.DRAFT:
        return no("Hanya keikutsertaan berstatus draf yang dapat dibatalkan. Tarik kembali dahulu.")
    return can_claim(user, entry)


def can_submit(user: User, entry: Entry) -> Permit:
    """Hand the entry over. What the edition demands of its content is asked in ``completeness``."""
    if not _holds(user, entry, P.SUBMIT):
        return no(f"Hanya {_owner(entry)} yang dapat mengajukan.")
    if entry.state != State.DRAFT:
        return no(f"Sudah tidak berstatus draf ({entry.get_state_display()}), jadi tidak dapat diajukan lagi.")
    return takes_reports(entry.assessment)


def can_endorse(user: User, entry: Entry) -> Permit:
    """Endorse, or send back, what is sent in the agency's name."""
    if entry.agency is None or not standing(user).may_for(P.ENDORSE, entry.agency):
        return no(f"Hanya kepala {entry.agency or 'perangkat daerah'} yang dapat mengesahkan.")
    if entry.state != State.AWAITING:
        return no(f"Tidak sedang menunggu pengesahan ({entry.get_state_display()}).")
    return takes_reports(entry.assessment)


def can_decline(user: User, entry: Entry) -> Permit:
    """As ``can_endorse``, but also after the dates: sending back never comes too late."""
    if entry.agency is None or not standing(user).may_for(P.ENDORSE, entry.agency):
        return no(f"Hanya kepala {entry.agency or 'perangkat daerah'} yang dapat mengembalikan.")
    if entry.state != State.AWAITING:
        return no(f"Tidak sedang menunggu pengesahan ({entry.get_state_display()}).")
    return takes_work(entry.assessment) if entry.assessment.phase == Phase.CLOSED else YES


def can_withdraw(user: User, entry: Entry) -> Permit:
    if not _holds(user, entry, P.SUBMIT):
        return no(f"Hanya {_owner(entry)} yang dapat menarik kembali.")
    if entry.state not in (State.AWAITING, State.SUBMITTED):
        if entry.state in REPORTED:
            return no("Verifikasi sudah dimulai, jadi tidak dapat ditarik kembali. Hubungi verifikator.")
        return no("Belum diajukan, jadi tidak ada yang ditarik kembali.")
    return takes_work(entry.assessment)


def can_resubmit(user: User, entry: Entry) -> Permit:
    if not _holds(user, entry, P.SUBMIT):
        return no(f"Hanya {_owner(entry)} yang dapat mengajukan kembali.")
    if entry.state != State.RETURNED:
        return no(f"Tidak sedang diperbaiki ({entry.get_state_display()}).")
    if entry.assessment.phase == Phase.CLOSED:
        return takes_work(entry.assessment)
    return YES


def _holds(user: User, entry: Entry, permission: Permission) -> bool:
    """Over an innovation's entry by its agency; over the region's own indicators by the region."""
    if entry.agency is None:
        return standing(user).may_in(P.CLAIM_INSTITUTION, entry.region)
    return standing(user).may_for(permission, entry.agency)


def _owner(entry: Entry) -> str:
    return f"pengelola {entry.agency}" if entry.agency else "administrator daerah"


def _day(day: date) -> str:
    from django.utils.formats import date_format

    return date_format(day, "j F Y")
