"""Examining every chain, and writing down what was found for those who read the trail."""

from __future__ import annotations

from django.utils import timezone

from pamong.audit.models import Check
from pamong.audit.queries import Fault, faults, heads


def check() -> list[Fault]:
    """Examine the whole trail and note for each chain how far it is whole. Returns every fault found.

    Links added while it reads are left to the next time: only what was there at the start is judged.
    """
    noted = {head.chain: head.length for head in heads()}
    at, found = timezone.now(), [fault for fault in faults() if fault.number <= noted.get(fault.chain, fault.number)]
    first = {fault.chain: fault for fault in reversed(found)}
    for chain in noted.keys() | first.keys():
        fault = first.get(chain)
        values = {"at": at, "number": fault.number - 1 if fault else noted[chain], "fault": fault.says if fault else ""}
        Check.objects.update_or_create(chain=chain, defaults=values)
    return found
