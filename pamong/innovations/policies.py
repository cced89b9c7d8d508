"""May this person do this to an innovation, now, and if not why."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.standing import standing
from pamong.common.permit import YES, Permit, no
from pamong.evidence import policies as evidence
from pamong.innovations import queries
from pamong.innovations.models import Innovation
from pamong.innovations.states import LIFECYCLE, STEPS, Stage

_STEP_SEATS = {
    Permission.WRITE_INNOVATION: gettext_lazy("operator perangkat daerah ini atau administrator daerah"),
    Permission.MANAGE_REGION: gettext_lazy("administrator daerah (Bappeda/Brida)"),
}


def can_capture(user: User, agency: Agency) -> Permit:
    """Record a new innovation of ``agency``."""
    if not standing(user).may_for(Permission.WRITE_INNOVATION, agency):
        return no(_("Hanya operator perangkat daerah ini atau administrator daerah yang dapat mencatat inovasinya."))
    if agency.closed_on is not None:
        return no(
            _("%(agency)s sudah tidak ada. Pilih perangkat daerah yang melanjutkan tugasnya.") % {"agency": agency}
        )
    return YES


def can_edit(user: User, innovation: Innovation) -> Permit:
    """Write in the profile, and attach documents to it."""
    if not standing(user).may_for(Permission.WRITE_INNOVATION, innovation.agency):
        return no(_("Hanya operator perangkat daerah ini atau administrator daerah yang dapat mengubah profil ini."))
    return YES


def can_bring(user: User, innovation: Innovation) -> Permit:
    """Add a document to the library of the innovation's agency."""
    return evidence.can_add(user, innovation.region, queries.library_of(innovation))


def can_import(user: User, region: Region) -> Permit:
    """Bring a table of innovations: whoever may write for at least one agency."""
    seats = standing(user)
    if seats.may_in(Permission.WRITE_INNOVATION, region) or seats.paths(Permission.WRITE_INNOVATION, region):
        return YES
    return no(_("Hanya operator perangkat daerah atau administrator daerah yang dapat mengimpor inovasi."))


def can_take(user: User, innovation: Innovation, step: str, *, has_document: bool = False) -> Permit:
    """Record ``step`` of the innovation's life, now. ``has_document``: the step comes with a document."""
    if not (seat := can_ever_take(user, innovation, step)):
        return seat
    if not any(each.name == step for each in LIFECYCLE.steps_from(innovation.stage)):
        return no(
            _("Langkah ini tidak dapat dicatat: inovasi berada pada tahapan “%(stage)s”.")
            % {"stage": Stage(innovation.stage).label}
        )
    if needs_document(user, innovation, step) and not has_document:
        return no(_("Lampirkan %(document)s.") % {"document": STEPS[step].document_label.lower()})
    return YES


def can_ever_take(user: User, innovation: Innovation, step: str) -> Permit:
    """Whether the person's seat is the right one for ``step``, whatever the stage and the papers."""
    seats = standing(user)
    wanted = {Permission(each.permission) for each in LIFECYCLE.steps if each.name == step}
    if Permission.ADOPT in wanted:
        # The region's administrator records the head's decree on behalf, with the decree attached.
        wanted.add(Permission.MANAGE_REGION)
    if any(seats.may_for(permission, innovation.agency) for permission in wanted):
        return YES
    return no(_who_takes(step))


def needs_document(user: User, innovation: Innovation, step: str) -> bool:
    """Whether ``step`` must come with a document. Only the head of region adopts on a number alone."""
    return STEPS[step].document_required or (step == "adopt" and not _is_head(user, innovation))


def steps_for(user: User, innovation: Innovation) -> list[str]:
    """The steps possible now that this person's seat allows."""
    return [each.name for each in LIFECYCLE.steps_from(innovation.stage) if can_ever_take(user, innovation, each.name)]


def _is_head(user: User, innovation: Innovation) -> bool:
    return standing(user).may_for(Permission.ADOPT, innovation.agency)


def _who_takes(step: str) -> str:
    permissions = [Permission(each.permission) for each in LIFECYCLE.steps if each.name == step]
    if not permissions:
        return _("Langkah ini tidak dikenal.")
    if permissions[0] is Permission.ADOPT:
        return _("Hanya kepala daerah, atau administrator daerah dengan keputusannya, yang dapat mencatat langkah ini.")
    return _("Hanya %(who)s yang dapat mencatat langkah ini.") % {"who": _STEP_SEATS[permissions[0]]}
