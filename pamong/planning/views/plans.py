"""Asking for plans, reading them, agreeing on one."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.common.paging import page_of
from pamong.engine.efforts import ENOUGH
from pamong.planning import charts, policies, ranks
from pamong.planning.actions import agreeing
from pamong.planning.actions import plans as acts
from pamong.planning.forms.plans import AgreeForm, WishForm
from pamong.planning.models import Plan
from pamong.planning.queries import people
from pamong.planning.queries import plans as queries
from pamong.planning.queries import tasks as task_queries
from pamong.planning.queries.ground import ground, visible_codes
from pamong.planning.queries.portfolio import USUAL
from pamong.planning.states import UNDER_WAY
from pamong.planning.views.common import asked_year, open_to, tabs, year_or_404

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
TONES = {
    "waiting": "info",
    "running": "info",
    "done": "neutral",
    "impossible": "bad",
    "cancelled": "neutral",
    "agreed": "good",
}
USUAL_DAYS = Decimal(20)  # four weeks of one person


@require_safe
def index(request: RegionRequest) -> HttpResponse:
    """Every plan this person may see, newest first."""
    open_to(request)
    assessment = asked_year(request)
    found = page_of(queries.visible_to(request.user, request.region), request, per_page=20)
    context = {
        "assessment": assessment,
        "tabs": tabs(request, assessment),
        "page": found,
        "rows": [(plan, TONES[plan.state]) for plan in found],
        "can_plan": policies.can_plan(request.user, request.region),
        "can_ask": policies.can_ask(request.user, assessment) if assessment else None,
    }
    return render(request, "planning/list.html", context)


@get_or_post
def new(request: RegionRequest) -> HttpResponse:
    """Ask the planner."""
    assessment = year_or_404(request)
    policies.can_ask(request.user, assessment).require()
    found, basis = ground(assessment), ranks.basis(request.region)
    form = WishForm(
        request.POST if request.method == "POST" else None, found=found, basis=basis,
        initial=_usual(request, assessment, basis),
    )  # fmt: skip
    return answer(
        request,
        form,
        act=lambda _: acts.ask(assessment, form.wish, by=request.user),
        done=lambda plan: redirect("planning:plan", request.region.slug, plan.code),
        template="planning/new.html",
        context={
            "assessment": assessment,
            "now": found.situation.score(),
            "enough": ENOUGH,
            "basis": basis,
            "aim": _aimed(request, basis),
        },
    )


def _usual(request: RegionRequest, assessment: Any, basis: ranks.Basis | None) -> dict[str, Any]:
    target, rank = _number(request.GET.get("indeks", "")), _rank(request)
    goal = Plan.Goal.MOST
    if target is not None:
        goal = Plan.Goal.REACH
    elif rank and basis:
        goal = Plan.Goal.RANK
    name = f"Menuju peringkat {rank}" if rank else "Rencana"
    return {
        "name": f"{name} {timezone.localdate():%d-%m-%Y}",
        "goal": goal,
        "target": target,
        "rank": rank if goal == Plan.Goal.RANK else None,
        "until": max(assessment.internal_deadline, timezone.localdate()),
        "otherwise": USUAL_DAYS,
    }


def _rank(request: RegionRequest) -> int | None:
    text = (request.POST.get("rank", "") or request.GET.get("peringkat", "")).strip()
    return int(text) or None if re.fullmatch("[0-9]{1,4}", text) else None


def _aimed(request: RegionRequest, basis: ranks.Basis | None) -> ranks.Aim | None:
    """The index that the rank in the form takes, so that it is known before the plan is asked for."""
    rank = _rank(request)
    wanted = request.POST.get("goal", Plan.Goal.RANK) == Plan.Goal.RANK and "indeks" not in request.GET
    return ranks.aim(request.region, rank) if basis and rank and rank <= basis.of and wanted else None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= 100 else None


def _one(request: RegionRequest, code: str) -> Plan:
    return get_object_or_404(queries.visible_to(request.user, request.region), code=code)


@require_safe
def plan(request: RegionRequest, code: str) -> HttpResponse:
    """What the planner answered: from where to where, who does what, and what more days would bring."""
    found = _one(request, code)
    codes = visible_codes(request.user, request.region, found.assessment)
    told = queries.told(found, codes)
    tasks = task_queries.visible_to(request.user, request.region).filter(plan=found)
    rows = task_queries.rows(tasks)
    context = {
        "plan": found,
        "tone": TONES[found.state],
        "tabs": tabs(request, found.assessment),
        "told": told,
        "chart": charts.curve([(float(days), float(gain)) for days, gain in told.curve]) if told else None,
        "under_way": found.state in UNDER_WAY,
        "harvest": task_queries.harvest(rows) if rows else None,
        "now": ground(found.assessment).situation.score().index if rows else None,
        "can_cancel": policies.can_cancel(request.user, found),
        "can_agree": policies.can_agree(request.user, found),
        "can_plan": policies.can_plan(request.user, request.region),
        "sees_all": policies.can_see_all(request.user, request.region),
        "usual": USUAL,
        "days_left": (found.until - timezone.localdate()).days,
    }
    template = (
        "planning/_under_way.html"
        if request.headers.get("HX-Request") and context["under_way"]
        else "planning/plan.html"
    )
    response = render(request, template, context)
    if request.headers.get("HX-Request") and not context["under_way"]:
        response["HX-Refresh"] = "true"  # it is finished: the whole page has something to show
    return response


@require_POST
def cancel(request: RegionRequest, code: str) -> HttpResponse:
    found = _one(request, code)
    acts.cancel(found, by=request.user)
    messages.info(request, "Hitungan dibatalkan.")
    return redirect("planning:plan", request.region.slug, code)


@get_or_post
def agree(request: RegionRequest, code: str) -> HttpResponse:
    """Who answers for what by when; then the plan becomes tasks."""
    found = _one(request, code)
    permit = policies.can_agree(request.user, found)
    permit.require()
    houses = people.houses_of(found)
    able = people.able_in(found.region, houses)
    form = AgreeForm(
        request.POST if request.method == "POST" else None,
        houses=[(each.slug, each.name) for each in houses],
        people=able,
        proposed=people.proposed(found.region, houses, able),
        plan=found,
    )

    def done(agreed: Plan) -> HttpResponse:
        messages.success(
            request, f"Rencana disepakati. {agreed.tasks.count()} tugas dibagikan; penanggung jawab diberi tahu."
        )
        return redirect("planning:plan", request.region.slug, agreed.code)

    return answer(
        request,
        form,
        act=lambda _: agreeing.agree(found, form.shares, by=request.user),
        done=done,
        template="planning/agree.html",
        context={
            "plan": found,
            "told": queries.told(found, visible_codes(request.user, request.region, found.assessment)),
        },
    )
