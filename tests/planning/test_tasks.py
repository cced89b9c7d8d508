"""Tasks: given, finished, dropped, remembered; and what they brought."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from pamong.common.permit import Refused
from pamong.notifications.models import Message
from pamong.planning.actions import agreeing
from pamong.planning.actions.reminding import remind
from pamong.planning.models import Task
from pamong.planning.queries import tasks as queries
from tests.build import People
from tests.planning import build


def _row(task: Task, people: People) -> queries.Row:
    return queries.rows([queries.visible_to(people.region_admin, people.region).get(pk=task.pk)])[0]


def test_what_a_task_brought_is_read_from_the_verdicts(people: People) -> None:
    task = build.task(people)
    row = _row(task, people)
    assert (row.is_proven, row.brought) == (False, 0)
    build.proven(task, people)
    row = _row(task, people)
    assert (row.is_proven, row.says, row.brought) == (True, "terbukti", task.gain)
    found = queries.harvest(queries.rows(queries.visible_to(people.region_admin, people.region)))
    assert found.brought >= task.gain
    assert found.planned == sum(each.gain for each in Task.objects.all())


def test_a_task_is_late_only_while_it_is_open_and_unproven(people: People) -> None:
    task = build.task(people)
    Task.objects.filter(pk=task.pk).update(due_on=build.in_days(-3))
    assert (_row(task, people).is_late, _row(task, people).says) == (True, "terlambat 3 hari")
    agreeing.finish(task, by=people.operator, spent=None)
    assert _row(task, people).is_late is False


def test_a_task_is_given_to_people_of_its_agency_only(people: People) -> None:
    task = build.task(people)
    for by in (people.operator, people.neighbour, people.region_head):
        with pytest.raises(Refused, match="membagi tugas"):
            agreeing.assign(task, by=by, person=people.operator, due_on=build.in_days(5))
    with pytest.raises(Refused, match="tidak mempunyai peran"):
        agreeing.assign(task, by=people.agency_head, person=people.neighbour, due_on=build.in_days(5))
    assert Task.objects.get(pk=task.pk).due_on == task.due_on
    given = agreeing.assign(task, by=people.region_admin, person=people.agency_head, due_on=build.in_days(5))
    assert (given.person, given.due_on) == (people.agency_head, build.in_days(5))
    assert Message.objects.filter(person=people.agency_head, subject__startswith="Tugas baru").count() == 1


def test_the_person_or_an_operator_of_the_agency_finishes_a_task_once(people: People) -> None:
    task = build.task(people)
    with pytest.raises(Refused, match="penanggung jawab"):
        agreeing.finish(task, by=people.neighbour, spent=Decimal(1))
    assert Task.objects.get(pk=task.pk).state == Task.State.OPEN
    done = agreeing.finish(task, by=people.operator, spent=Decimal("2.5"))
    again = agreeing.finish(task, by=people.operator, spent=Decimal(9))
    assert (done.spent, again.spent, again.state) == (Decimal("2.5"), Decimal("2.5"), Task.State.DONE)
    with pytest.raises(Refused, match="sudah selesai"):
        agreeing.drop(task, by=people.agency_head, note="Terlambat")


def test_a_dropped_task_no_longer_counts_as_planned(people: People) -> None:
    task = build.task(people)
    planned = queries.harvest(queries.rows(queries.visible_to(people.region_admin, people.region))).planned
    agreeing.drop(task, by=people.agency_head, note="Aplikasinya dihentikan.")
    after = queries.harvest(queries.rows(queries.visible_to(people.region_admin, people.region))).planned
    assert after == planned - task.gain


def test_people_are_reminded_a_week_and_a_day_before_and_weekly_when_late_once_a_day(people: People) -> None:
    task = build.task(people)
    own = Task.objects.filter(person=people.operator)
    due = task.due_on
    told = [days for days in range(-15, 11) if _reminded(people, due - timedelta(days=days))]
    assert told == [-14, -7, 1, 7]
    body = Message.objects.filter(key=f"tasks:{people.operator.pk}:{due - timedelta(days=1)}").get().body
    assert body.count("\n- ") == own.count()


def _reminded(people: People, today) -> bool:
    before = Message.objects.filter(key__startswith=f"tasks:{people.operator.pk}:").count()
    remind(today)
    remind(today)
    return Message.objects.filter(key__startswith=f"tasks:{people.operator.pk}:").count() == before + 1
