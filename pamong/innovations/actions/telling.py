"""Who hears of a step, in the transaction of the step."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.queries import people_with
from pamong.innovations.models import Innovation, LifeEvent
from pamong.innovations.states import STEPS
from pamong.notifications.actions import tell_all

# Whose turn it is after the step, or whose work was decided upon.
_HEARS = {
    "propose": Permission.MANAGE_REGION,
    "find_feasible": Permission.WRITE_INNOVATION,
    "find_infeasible": Permission.WRITE_INNOVATION,
    "adopt": Permission.WRITE_INNOVATION,
}


def tell_of(event: LifeEvent, innovation: Innovation, by: User) -> None:
    """Tell those concerned, but not the one who did it."""
    if event.step not in _HEARS:
        return
    info = STEPS[event.step]
    people = people_with(_HEARS[event.step], innovation.region, innovation.agency).exclude(pk=by.pk)
    body = f"{info.story}\n\nInovasi: {innovation.name}\nPerangkat daerah: {innovation.agency.name}\n"
    body += f"Tanggal: {event.on.day}/{event.on.month}/{event.on.year}\nDicatat oleh: {by}\n"
    tell_all(
        people,
        f"{innovation.name}: {info.story}",
        body + (f"\n{event.note}\n" if event.note else ""),
        region=innovation.region,
        key=f"innovation-step:{event.pk}",
    )
