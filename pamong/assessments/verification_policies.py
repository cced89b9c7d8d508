"""May this person verify this, now, and if not why. Nobody judges what they had a hand in, nor their own house."""

from __future__ import annotations

from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.standing import standing
from pamong.assessments import verification_queries as queries
from pamong.assessments.models import Assessment, Entry, Hand
from pamong.assessments.states import Phase, State
from pamong.common.permit import YES, Permit, all_of, no

P = Permission


def can_see_queue(user: User, region: Region) -> Permit:
    """The verifiers' pages: for verifiers, for who runs the year, and for quality controllers."""
    if queries.sees_queue(user, region):
        return YES
    return no("Antrean verifikasi hanya untuk verifikator dan administrator daerah.")


def can_manage_queue(user: User, region: Region) -> Permit:
    """Hand out entries and keep the region's sentences."""
    if standing(user).may_in(P.MANAGE_ASSESSMENT, region):
        return YES
    return no("Hanya administrator daerah yang dapat membagi antrean verifikasi.")


def can_word_reasons(user: User, region: Region) -> Permit:
    """Keep the reasons the region's verifiers use often."""
    if standing(user).may_in(P.VERIFY, region) or can_manage_queue(user, region):
        return YES
    return no("Hanya verifikator dan administrator daerah yang dapat mengatur kalimat alasan.")


def is_running(assessment: Assessment) -> Permit:
    """Whether anything may still change in the year."""
    if assessment.phase == Phase.CLOSED:
        return no(f"Penilaian {assessment.year} sudah ditutup; isinya tidak berubah lagi.")
    return YES


def may_verify(user: User, entry: Entry, hands: frozenset[str] | None = None) -> Permit:
    """Whether ``user`` is one who may judge ``entry`` at all, whatever its state: a verifier, and a stranger to it.

    ``hands``: what they did for it, where that is already known.
    """
    if not standing(user).may_in(P.VERIFY, entry.region):
        return no("Hanya verifikator daerah ini yang dapat menilai.")
    return is_impartial(user, entry.agency, queries.hands_of(user, entry) if hands is None else hands)


def is_impartial(user: User, agency: Agency | None, hands: frozenset[str]) -> Permit:
    """Whether ``user`` neither works at ``agency`` nor had a hand in the entry (``hands``: the acts)."""
    if hands:
        acts = ", ".join(str(Hand.Act(act).label) for act in Hand.Act.values if act in hands)
        return no(f"Anda ikut {acts} pada laporan ini, jadi verifikator lain yang harus menilainya.")
    if agency is not None and standing(user).works_at(agency):
        return no(f"Entri ini milik {agency}, instansi Anda sendiri, jadi verifikator lain yang harus menilainya.")
    return YES


def can_judge(user: User, entry: Entry, hands: frozenset[str] | None = None) -> Permit:
    """Give a verdict on an indicator, begin, return for repair, accept or reject."""
    may = may_verify(user, entry, hands)
    return all_of((is_running(entry.assessment), _is_under_verification(entry))) if may else may


_WAIT = {
    State.DRAFT: "Entri ini masih draf atau ditarik kembali oleh operator; tunggu sampai diajukan.",
    State.AWAITING: "Entri ini menunggu pengesahan kepala perangkat daerah.",
    State.RETURNED: "Entri ini sedang diperbaiki operator; penilaian dilanjutkan sesudah diajukan kembali.",
    State.ACCEPTED: "Entri ini sudah diterima. Bila keliru, minta administrator daerah membukanya kembali.",
    State.REJECTED: "Entri ini sudah ditolak. Bila keliru, minta administrator daerah membukanya kembali.",
}


def _is_under_verification(entry: Entry) -> Permit:
    reason = _WAIT.get(State(entry.state))
    return no(reason) if reason else YES


def can_reopen(user: User, entry: Entry) -> Permit:
    """Take back a decision, before the year closes."""
    if not standing(user).may_in(P.MANAGE_ASSESSMENT, entry.region):
        return no("Hanya administrator daerah yang dapat membuka kembali keputusan.")
    if entry.state not in (State.ACCEPTED, State.REJECTED):
        return no(f"Entri ini belum diputus ({entry.get_state_display()}), jadi tidak ada yang dibuka kembali.")
    return is_running(entry.assessment)


def can_assign(user: User, entry: Entry) -> Permit:
    """Say who verifies ``entry``: whoever runs the year, for anybody."""
    return all_of((can_manage_queue(user, entry.region), _is_assignable(entry)))


def can_take(user: User, entry: Entry, hands: frozenset[str] | None = None) -> Permit:
    """Take an entry nobody has, or give back one's own."""
    if entry.verifier_id not in (None, user.pk):
        return no(f"Entri ini sudah ditugaskan kepada {entry.verifier}. Minta administrator daerah memindahkannya.")
    may = may_verify(user, entry, hands)
    return _is_assignable(entry) if may else may


def _is_assignable(entry: Entry) -> Permit:
    if entry.state not in (State.SUBMITTED, State.VERIFYING, State.RETURNED):
        return no(f"Entri berstatus {entry.get_state_display()} tidak dapat ditugaskan.")
    return is_running(entry.assessment)


def can_record_returned(user: User, assessment: Assessment) -> Permit:
    """Write down what the ministry returned: the ministry's own layer, so also after the year is closed."""
    if not standing(user).may_in(P.MANAGE_ASSESSMENT, assessment.region):
        return no("Hanya administrator daerah yang dapat mencatat hasil kementerian.")
    if assessment.phase == Phase.PREPARED or (
        assessment.phase == Phase.OPEN and timezone.localdate() <= assessment.closes_on
    ):
        return no("Hasil kementerian dicatat sesudah pelaporan berakhir. Akhiri dahulu pelaporannya.")
    return YES
