"""A plan agreed on becomes tasks: given to people, moved, finished or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.queries.people import possible_stewards
from pamong.assessments.models import Entry
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.engine.index import rounded
from pamong.notifications.actions import tell
from pamong.planning import policies
from pamong.planning.actions.locking import lock_plan, take_step
from pamong.planning.asks import Share
from pamong.planning.models import Plan, Task


@transaction.atomic
def agree(plan: Plan, shares: Mapping[str, Share], *, by: User) -> Plan:
    """Make a task of every step; ``shares`` by agency slug (empty: the region's own). Everybody named is told once.

    Raises ``Refused`` if an entry of the plan is gone or has an open task for the same indicator."""
    plan = lock_plan(plan)
    policies.can_agree(by, plan).require()
    steps = plan.result["steps"]
    _require_room(steps)
    entries = Entry.objects.filter(assessment=plan.assessment_id).in_bulk([each["pk"] for each in steps])
    if len(entries) < len({each["pk"] for each in steps}):
        raise Refused("Sebagian inovasi dalam rencana ini tidak lagi diikutkan. Hitung rencananya sekali lagi.")
    Task.objects.bulk_create([_task(plan, each, entries[each["pk"]], shares[each["agency"]]) for each in steps])
    take_step(plan, "agree")
    for share in {share.person: share for share in shares.values() if share.person}.values():
        _tell(plan, share, [each for each in steps if shares[each["agency"]].person == share.person])
    record("plan.agreed", by=by, on=plan, says=f"menyepakati rencana “{plan}” dengan {len(steps)} tugas")
    return plan


@transaction.atomic
def assign(task: Task, *, by: User, person: User | None, due_on: date) -> Task:
    """Give an open task to ``person`` (``None``: to nobody yet) with a day. Raises ``Refused`` for a stranger to the agency."""
    task = lock(task)
    policies.can_assign(by, task).require()
    if person is not None and task.agency is not None and person not in possible_stewards(task.agency):
        raise Refused(f"{person} tidak mempunyai peran di {task.agency}. Pilih orang dari daftar.")
    if task.person_id == (person.pk if person else None) and task.due_on == due_on:
        return task
    newly = person is not None and person.pk not in (task.person_id, by.pk)
    task.person, task.due_on = person, due_on
    task.save(update_fields=["person", "due_on"])
    if newly and person:
        tell(person, f"Tugas baru: {described(task)}", f"Tenggat {due_on:%d-%m-%Y}.", region=task.region)
    whom = f"kepada {person}" if person else "kepada belum seorang pun"
    record(
        "task.assigned", by=by, on=task, says=f"memberikan tugas {described(task)} {whom}, tenggat {due_on:%d-%m-%Y}"
    )
    return task


@transaction.atomic
def finish(task: Task, *, by: User, spent: Decimal | None, note: str = "") -> Task:
    """The work is done; ``spent``: the working days it took, from which the region's own efforts are learnt. Twice is once."""
    task = lock(task)
    if task.state == Task.State.DONE:
        return task
    policies.can_finish(by, task).require()
    _end(task, Task.State.DONE, by, spent=spent, note=note)
    took = f" dalam {spent} hari kerja" if spent is not None else ""
    record("task.finished", by=by, on=task, says=f"menyelesaikan tugas {described(task)}{took}")
    return task


@transaction.atomic
def drop(task: Task, *, by: User, note: str) -> Task:
    """Let go of a task, with the reason. Twice is once."""
    task = lock(task)
    if task.state == Task.State.DROPPED:
        return task
    policies.can_assign(by, task).require()
    _end(task, Task.State.DROPPED, by, note=note)
    record("task.dropped", by=by, on=task, says=f"melepas tugas {described(task)}: {note}")
    return task


def described(task: Task) -> str:
    """The task in a few words."""
    name = task.entry.assessment.edition.indicators[task.indicator].name
    return f"{name} tingkat {task.level} untuk {task.entry}"


def lock(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    locked: Task = rows.select_related("region", "agency__region", "entry__assessment", "entry__innovation").get(
        pk=task.pk
    )
    return locked


def _end(task: Task, state: str, by: User, **values: Any) -> None:
    task.state, task.ended_at, task.ended_by = state, timezone.now(), by
    for field, value in values.items():
        setattr(task, field, value)
    task.save(update_fields=["state", "ended_at", "ended_by", *values])


def _task(plan: Plan, step: Mapping[str, Any], entry: Entry, share: Share) -> Task:
    return Task(
        region=plan.region,
        plan=plan,
        entry=entry,
        agency_id=entry.agency_id,
        indicator=step["indicator"],
        start=step["start"],
        level=step["level"],
        days=Decimal(step["days"]),
        cost=Decimal(step["cost"]),
        gain=rounded(Fraction(step["gain"]), 10),
        person=share.person,
        due_on=share.due_on,
    )


def _require_room(steps: list[dict[str, Any]]) -> None:
    """No place has two open tasks: what was promised earlier stands, unless it is finished or dropped first."""
    busy = set(
        Task.objects.filter(entry__in={each["pk"] for each in steps}, state=Task.State.OPEN).values_list(
            "entry_id", "indicator"
        )
    )
    taken = [each["name"] for each in steps if (each["pk"], each["indicator"]) in busy]
    if taken:
        raise Refused(
            f"Sudah ada tugas berjalan untuk indikator yang sama pada {', '.join(sorted(set(taken))[:5])}. "
            "Selesaikan atau lepas tugas itu dahulu, atau hitung rencana baru."
        )


def _tell(plan: Plan, share: Share, steps: list[dict[str, Any]]) -> None:
    if share.person is None or not steps:
        return
    indicators = plan.assessment.edition.indicators
    lines = "\n".join(
        f"- {each['name']}: {indicators[each['indicator']].name} ke tingkat {each['level']}" for each in steps
    )
    body = f"Rencana “{plan}” disepakati. Bagian Anda, tenggat {share.due_on:%d-%m-%Y}:\n\n{lines}\n"
    tell(
        share.person,
        f"{len(steps)} tugas dari rencana {plan}",
        body,
        region=plan.region,
        key=f"plan:{plan.pk}:{share.person.pk}",
    )
