"""The life of an innovation after PP 38/2017: which stages exist and which step leads where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pamong.accounts.roles import Permission
from pamong.engine.lifecycle import Lifecycle, Step


class Stage(TextChoices):
    IDEA = "idea", _("Gagasan")
    PROPOSED = "proposed", _("Diusulkan")
    FEASIBLE = "feasible", _("Dinyatakan layak")
    ADOPTED = "adopted", _("Ditetapkan")
    TRIAL = "trial", _("Uji coba")
    IMPLEMENTED = "implemented", _("Penerapan")
    DORMANT = "dormant", _("Tertidur")
    STOPPED = "stopped", _("Dihentikan")


S = Stage
LIFECYCLE = Lifecycle(
    initial=S.IDEA,
    steps=(
        Step("propose", frozenset({S.IDEA}), S.PROPOSED, Permission.WRITE_INNOVATION),
        Step("find_feasible", frozenset({S.PROPOSED}), S.FEASIBLE, Permission.MANAGE_REGION),
        Step("find_infeasible", frozenset({S.PROPOSED}), S.IDEA, Permission.MANAGE_REGION),
        Step("adopt", frozenset({S.FEASIBLE}), S.ADOPTED, Permission.ADOPT),
        Step("start_trial", frozenset({S.ADOPTED}), S.TRIAL, Permission.WRITE_INNOVATION),
        Step("implement", frozenset({S.ADOPTED, S.TRIAL}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("record_existing", frozenset({S.IDEA}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("develop", frozenset({S.IMPLEMENTED, S.DORMANT}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("fall_dormant", frozenset({S.IMPLEMENTED}), S.DORMANT, Permission.WRITE_INNOVATION),
        Step("revive", frozenset({S.DORMANT}), S.IMPLEMENTED, Permission.WRITE_INNOVATION),
        Step("stop", frozenset({S.ADOPTED, S.TRIAL, S.IMPLEMENTED, S.DORMANT}), S.STOPPED, Permission.WRITE_INNOVATION),
    ),
)

# The ministry knows three stages (*tahapan*); the index counts the last only.
NATIONAL_STAGE = {
    S.IDEA: "inisiatif",
    S.PROPOSED: "inisiatif",
    S.FEASIBLE: "inisiatif",
    S.ADOPTED: "inisiatif",
    S.TRIAL: "uji-coba",
    S.IMPLEMENTED: "penerapan",
    S.DORMANT: "penerapan",
    S.STOPPED: "penerapan",
}
