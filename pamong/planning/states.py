"""Which states a plan has, and which step leads where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pamong.accounts.roles import Permission
from pamong.engine.lifecycle import Lifecycle, Step


class State(TextChoices):
    """Of a plan."""

    WAITING = "waiting", _("Menunggu dihitung")
    RUNNING = "running", _("Sedang dihitung")
    DONE = "done", _("Selesai dihitung")
    IMPOSSIBLE = "impossible", _("Tidak ada rencana")
    CANCELLED = "cancelled", _("Dibatalkan")
    AGREED = "agreed", _("Disepakati")


S = State
P = Permission.MANAGE_ASSESSMENT
PLAN = Lifecycle(
    initial=S.WAITING,
    steps=(
        Step("begin", frozenset({S.WAITING, S.RUNNING}), S.RUNNING, P),  # again, should the worker have died
        Step("finish", frozenset({S.RUNNING}), S.DONE, P),
        Step("give_up", frozenset({S.RUNNING}), S.IMPOSSIBLE, P),
        Step("cancel", frozenset({S.WAITING, S.RUNNING}), S.CANCELLED, P),
        Step("agree", frozenset({S.DONE}), S.AGREED, P),
    ),
)
UNDER_WAY = frozenset({S.WAITING, S.RUNNING})
SOLVED = frozenset({S.DONE, S.AGREED})
