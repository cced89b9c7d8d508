"""Asking for a plan, computing it in the background, giving it up."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.assessments.models import Assessment
from pamong.audit.actions import record
from pamong.common.permit import Refused
from pamong.engine.planner import Impossible, Limits, OutOfReach, Planner
from pamong.engine.planner import Plan as Found
from pamong.engine.situation import Place
from pamong.planning import policies, ranks
from pamong.planning.actions.locking import lock_plan, take_step
from pamong.planning.asks import PAST, Wish
from pamong.planning.models import Plan
from pamong.planning.queries.efforts import efforts
from pamong.planning.queries.ground import Ground, ground
from pamong.planning.queries.plans import agreed_levels
from pamong.planning.queries.portfolio import chance
from pamong.planning.states import UNDER_WAY, State

DOUBLE_CLICK = timedelta(minutes=1)


class Cancelled(Exception):
    """The plan was given up while it was being computed."""


@transaction.atomic
def ask(assessment: Assessment, wish: Wish, *, by: User) -> Plan:
    """Put a question to the planner; the answer comes in the background. Asked twice by a double click, it is one plan.

    A rank becomes the index it takes by the results published now, which are kept with the plan."""
    policies.can_ask(by, assessment).require()
    if wish.until < timezone.localdate():
        raise Refused(PAST)
    aim = ranks.aim(assessment.region, wish.rank or 0) if wish.goal == Plan.Goal.RANK else None
    # One person's questions one after the other: the second of two clicks finds what the first one asked.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    question = {
        "region": assessment.region,
        "assessment": assessment,
        "name": wish.name,
        "goal": wish.goal,
        "target": aim.index if aim else wish.target if wish.goal == Plan.Goal.REACH else None,
        "until": wish.until,
        "edition_code": assessment.edition_code,
        "by": by,
    }
    limits = _limits_as_data(wish) | ({"rank": ranks.as_data(aim)} if aim else {})
    lately = Plan.objects.filter(**question, at__gte=timezone.now() - DOUBLE_CLICK, state__in=UNDER_WAY)
    if again := next((each for each in lately if each.wish == limits), None):
        return again
    plan: Plan = Plan.objects.create(**question, wish=limits)
    record("plan.asked", by=by, on=plan, says=f"meminta rencana “{plan}” untuk penilaian {assessment.year}")
    transaction.on_commit(lambda: async_task("pamong.planning.tasks.solve", plan.pk, group="plan"))
    return plan


def _limits_as_data(wish: Wish) -> dict[str, Any]:
    return {
        "budgets": {slug: str(days) for slug, days in (wish.budgets or {}).items()},
        "otherwise": None if wish.otherwise is None else str(wish.otherwise),
        "cost": None if wish.cost is None else str(wish.cost),
        "without": {name: list(left_out) for name, left_out in asdict(wish.without).items()},
    }


@transaction.atomic
def cancel(plan: Plan, *, by: User) -> Plan:
    """Give up a plan that is still being computed; its worker stops at the next step. Twice is once."""
    plan = lock_plan(plan)
    if plan.state == State.CANCELLED:
        return plan
    policies.can_cancel(by, plan).require()
    take_step(plan, "cancel", finished_at=timezone.now())
    record("plan.cancelled", by=by, on=plan, says=f"membatalkan hitungan rencana “{plan}”")
    return plan


def solve(plan: Plan) -> Plan:
    """Compute ``plan`` and write down its answer. Safe to run again: a finished or cancelled plan stays as it is.

    No transaction spans the computing, so that progress is seen and cancelling possible while it runs."""
    plan = _begin(plan)
    if plan.state != State.RUNNING:
        return plan
    start, found = time.monotonic(), ground(plan.assessment)
    try:
        result = _answer(plan, found)
    except Cancelled:
        return Plan.objects.get(pk=plan.pk)
    except Impossible as impossible:
        return _finish(plan, found, "give_up", {"why": _why(impossible, found)})
    result["seconds"] = f"{time.monotonic() - start:.1f}"
    return _finish(plan, found, "finish", result)


@transaction.atomic
def _begin(plan: Plan) -> Plan:
    plan = lock_plan(plan)
    if plan.state in UNDER_WAY:
        take_step(plan, "begin", done=0, of=0)
    return plan


@transaction.atomic
def _finish(plan: Plan, found: Ground, step: str, result: dict[str, Any]) -> Plan:
    plan = lock_plan(plan)
    if plan.state != State.RUNNING:
        return plan
    digests = {"data_digest": found.digest, "edition_digest": found.edition.digest}
    take_step(plan, step, result=result, finished_at=timezone.now(), **digests)
    record("plan.solved", by=None, on=plan, says=f"menghitung rencana “{plan}”", data_digest=found.digest)
    return plan


def _answer(plan: Plan, found: Ground) -> dict[str, Any]:
    planner = Planner(found.situation, efforts(plan.region, found.edition), found.agencies, _limits(plan, found))
    reached, best = True, None
    if plan.target is not None:
        try:
            best = planner.least(plan.target)
        except OutOfReach as out:
            reached, best = False, out.best
    best = best or planner.best()
    after = found.situation.raised({step.place: step.level for step in best.steps})
    wanted = best.after.band.lower if plan.target is None else plan.target
    report = _reporter(plan)
    curve = planner.curve(best.days, report)
    return _as_data(best, found) | {
        "reached": reached,
        "chance": chance(found, after, wanted or Decimal(0)),
        "curve": [[str(mark.days), str(mark.gain)] for mark in curve],
        "ten_more": {slug: str(gain) for slug, gain in planner.next_ten().items()},
        "solver": _solver(),
    }


def _limits(plan: Plan, found: Ground) -> Limits:
    """The wish and what was promised already, as the planner takes it."""
    wish, codes = plan.wish, {item.pk: code for code, item in found.items.items()}
    agreed = agreed_levels(plan)
    return Limits(
        budgets={slug: Decimal(days) for slug, days in wish["budgets"].items()},
        otherwise=None if wish["otherwise"] is None else Decimal(wish["otherwise"]),
        cost=None if wish["cost"] is None else Decimal(wish["cost"]),
        until=max((plan.until - timezone.localdate(plan.at)).days, 0),
        agreed={(codes[entry], code): level for (entry, code), level in agreed.items() if entry in codes},
        closed=_closed(wish.get("without", {}), found),
    )


def _closed(without: Mapping[str, Sequence[str]], found: Ground) -> frozenset[Place]:
    """Every place that is left out, because of its agency, its entry or its indicator."""
    agencies, entries, indicators = (set(without.get(name, ())) for name in ("agencies", "entries", "indicators"))
    closed = set()
    for code, item in found.items.items():
        is_out = item.agency in agencies or item.code in entries
        every = found.edition.institution_codes if item.is_own else found.edition.innovation_codes
        closed |= {(code, each) for each in every if is_out or each in indicators}
    return frozenset(closed)


def _as_data(best: Found, found: Ground) -> dict[str, Any]:
    return {
        "before": str(best.before.index),
        "after": str(best.after.index),
        "before_band": best.before.band.label,
        "after_band": best.after.band.label,
        "gain": str(best.gain),
        "days": str(best.days),
        "cost": str(best.cost),
        "proven": best.proven,
        "steps": [_step_data(step, found) for step in best.steps],
    }


def _step_data(step: Any, found: Ground) -> dict[str, Any]:
    item = found.items[step.innovation]
    return {
        "item": step.innovation, "entry": item.code, "pk": item.pk, "name": item.name, "agency": item.agency,
        "agency_name": item.agency_name, "indicator": step.indicator, "start": step.start, "level": step.level,
        "points": str(step.points), "gain": str(Fraction(step.gain)), "days": str(step.days), "cost": str(step.cost),
        "lead": step.lead,
    }  # fmt: skip


def _reporter(plan: Plan) -> Any:
    """Writes down how far the computing is, and stops it once the plan was cancelled."""

    def report(done: int, of: int) -> None:
        running = Plan.objects.filter(pk=plan.pk, state=State.RUNNING)
        if not running.update(done=done, of=of):
            raise Cancelled

    return report


def _why(impossible: Impossible, found: Ground) -> str:
    who = "Daerah ini" if impossible.agency is None else found.names[impossible.agency]
    return (
        f"{who} sudah menyepakati pekerjaan {impossible.needed} hari, sedangkan jatahnya {impossible.budget} hari. "
        "Tambah harinya, atau lepas sebagian tugas yang sudah disepakati."
    )


def _solver() -> str:
    from importlib.metadata import version

    return f"HiGHS lewat SciPy {version('scipy')}"
