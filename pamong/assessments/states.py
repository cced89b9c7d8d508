"""The year's states and an entry's states, and which step leads where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pamong.accounts.roles import Permission
from pamong.engine.lifecycle import Lifecycle, Step


class Phase(TextChoices):
    """Of an assessment."""

    PREPARED = "prepared", _("Disiapkan")
    OPEN = "open", _("Dibuka")
    VERIFYING = "verifying", _("Verifikasi")
    CLOSED = "closed", _("Ditutup")


PHASES = Lifecycle(
    initial=Phase.PREPARED,
    steps=(
        Step("open", frozenset({Phase.PREPARED}), Phase.OPEN, Permission.MANAGE_ASSESSMENT),
        Step("end_reporting", frozenset({Phase.OPEN}), Phase.VERIFYING, Permission.MANAGE_ASSESSMENT),
        Step("extend", frozenset({Phase.OPEN, Phase.VERIFYING}), Phase.OPEN, Permission.MANAGE_ASSESSMENT),
        Step("close", frozenset({Phase.OPEN, Phase.VERIFYING}), Phase.CLOSED, Permission.MANAGE_ASSESSMENT),
    ),
)


class State(TextChoices):
    """Of an entry."""

    DRAFT = "draft", _("Draf")
    AWAITING = "awaiting", _("Menunggu pengesahan")
    SUBMITTED = "submitted", _("Diajukan")
    VERIFYING = "verifying", _("Diverifikasi")
    RETURNED = "returned", _("Perlu perbaikan")
    ACCEPTED = "accepted", _("Diterima")
    REJECTED = "rejected", _("Ditolak")


S = State
ENTRY = Lifecycle(
    initial=S.DRAFT,
    steps=(
        Step("submit", frozenset({S.DRAFT}), S.SUBMITTED, Permission.SUBMIT),
        Step("submit_for_endorsement", frozenset({S.DRAFT}), S.AWAITING, Permission.SUBMIT),
        Step("endorse", frozenset({S.AWAITING}), S.SUBMITTED, Permission.ENDORSE),
        Step("decline", frozenset({S.AWAITING}), S.DRAFT, Permission.ENDORSE),
        Step("withdraw", frozenset({S.AWAITING, S.SUBMITTED}), S.DRAFT, Permission.SUBMIT),
        Step("begin", frozenset({S.SUBMITTED}), S.VERIFYING, Permission.VERIFY),
        Step("return_for_repair", frozenset({S.VERIFYING}), S.RETURNED, Permission.VERIFY),
        Step("resubmit", frozenset({S.RETURNED}), S.VERIFYING, Permission.SUBMIT),
        Step("accept", frozenset({S.VERIFYING}), S.ACCEPTED, Permission.VERIFY),
        Step("reject", frozenset({S.VERIFYING}), S.REJECTED, Permission.VERIFY),
        Step("reopen", frozenset({S.ACCEPTED, S.REJECTED}), S.VERIFYING, Permission.VERIFY),
    ),
)

# Sent upward at least once and not taken back: these are the region's *reported* innovations.
REPORTED = frozenset({S.SUBMITTED, S.VERIFYING, S.RETURNED, S.ACCEPTED, S.REJECTED})
EDITABLE = frozenset({S.DRAFT, S.RETURNED})
