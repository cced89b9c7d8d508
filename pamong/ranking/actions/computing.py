"""Computing about ranks in the background: asked for, worked on by a worker, cancelled by people.

Work is keyed on its row and may be done twice: the same question over the same data has the same answer.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule
from django_q.tasks import async_task, schedule

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.audit.actions import record
from pamong.ranking import policies, queries
from pamong.ranking.models import Run
from pamong.ranking.states import UNDER_WAY, Kind, State
from pamong.ranking.working import PARTS, Answer

TASK = "pamong.ranking.tasks.work"
AFTER_ALL = timedelta(minutes=2)


class Cancelled(Exception):
    """Somebody cancelled the run while it was worked on."""


@transaction.atomic
def start(region: Region, kind: Kind, title: str, asked: dict[str, Any], *, by: User, now: bool = False) -> Run:
    """Have ``asked`` computed by a worker; with ``now`` whoever calls sees to it at once, and a worker should they have died."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    policies.can_start(by, region, kind, queries.under_way(region)).require()
    run = Run.objects.create(region=region, kind=kind, title=title[:160], asked=asked, parts=PARTS, by=by)
    record("run.started", by=by, on=run, says=f"menghitung {kind.label.lower()}{_named(run)}", asked=_short(run))
    if now:
        schedule(TASK, run.pk, schedule_type=Schedule.ONCE, next_run=timezone.now() + AFTER_ALL)
    else:
        transaction.on_commit(partial(async_task, TASK, run.pk, group="ranking"))
    return run


@transaction.atomic
def share(run: Run, *, by: User, shared: bool) -> Run:
    """Show one's own simulation to those who read the region, or to oneself alone again. Twice is once."""
    run = _locked(run.pk)
    policies.can_share(by, run).require()
    if run.shared != shared:
        run.shared = shared
        run.save(update_fields=["shared"])
        record(
            "run.shared",
            by=by,
            on=run,
            says=f"{'membagikan' if shared else 'berhenti membagikan'} simulasi “{run.title}”",
        )
    return run


@transaction.atomic
def discard(run: Run, *, by: User) -> None:
    """Throw one's own simulation away, whoever it was shown to."""
    run = _locked(run.pk)
    policies.can_discard(by, run).require()
    record("run.discarded", by=by, on=run, says=f"membuang simulasi{_named(run)}")
    run.delete()


@transaction.atomic
def cancel(run: Run, *, by: User) -> Run:
    """Stop ``run``; what a worker has of it is thrown away."""
    run = _locked(run.pk)
    policies.can_cancel(by, run).require()
    run.state, run.finished_at = State.CANCELLED, timezone.now()
    run.save(update_fields=["state", "finished_at"])
    record("run.cancelled", by=by, on=run, says=f"membatalkan perhitungan{_named(run)}")
    return run


@transaction.atomic
def begin(pk: int) -> Run | None:
    """Take a run for this worker, as if it had never begun; ``None`` if it is gone or ended."""
    run = Run.objects.select_for_update(of=("self",)).select_related("region").filter(pk=pk).first()
    if run is None or run.state not in UNDER_WAY:
        return None
    run.state, run.done = State.RUNNING, 0
    run.save(update_fields=["state", "done"])
    return run


def progress(run: Run, done: int) -> None:
    """How far it is, for whoever waits. Raises ``Cancelled``."""
    if not Run.objects.filter(pk=run.pk, state=State.RUNNING).update(done=done):
        raise Cancelled


@transaction.atomic
def finish(run: Run, answer: Answer) -> Run:
    """Keep the answer, unless the run was cancelled meanwhile."""
    run = _locked(run.pk)
    if run.state == State.RUNNING:
        run.state, run.data, run.result = State.DONE, answer.data, answer.result
        run.done, run.finished_at = run.parts, timezone.now()
        run.save()
        record("run.finished", by=None, on=run, says=f"menyelesaikan perhitungan{_named(run)}")
    return run


@transaction.atomic
def fail(run: Run, reason: str) -> Run:
    """Say why there is no answer."""
    run = _locked(run.pk)
    if run.state == State.RUNNING:
        run.state, run.reason, run.finished_at = State.FAILED, reason[:400], timezone.now()
        run.save(update_fields=["state", "reason", "finished_at"])
        record("run.failed", by=None, on=run, says=f"tidak dapat menghitung{_named(run)}", reason=reason[:400])
    return run


def _locked(pk: int) -> Run:
    return Run.objects.select_for_update(of=("self",)).select_related("region").get(pk=pk)


def _named(run: Run) -> str:
    """The run's title for the trail, which more people read than may see a simulation kept to oneself."""
    return "" if run.is_private else f": {run.title}"


def _short(run: Run) -> dict[str, Any]:
    """What was asked, without files; of a simulation only how it was drawn."""
    return {key: value for key, value in run.asked.items() if key not in ("spec", "table")}
