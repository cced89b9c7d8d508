"""Tasks: the list, one task, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pamong.agencies.http import RegionRequest, asked
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.planning import policies
from pamong.planning.actions import agreeing as acts
from pamong.planning.forms.tasks import AssignForm, DropForm, FinishForm
from pamong.planning.models import Task
from pamong.planning.queries import people
from pamong.planning.queries import tasks as queries
from pamong.planning.views.common import asked_year, open_to, tabs

HEADERS = (
    "Inovasi", "Instansi", "Indikator", "Dari tingkat", "Ke tingkat", "Penanggung jawab", "Tenggat", "Keadaan", "Hari kerja",
    "Direncanakan (indeks)", "Terbukti (indeks)",
)  # fmt: skip


@require_safe
def index(request: RegionRequest) -> HttpResponse:
    """Every task this person may see, what is due first."""
    open_to(request)
    filters = {"state": asked(request, "keadaan") or "berjalan", "agency": asked(request, "instansi")}
    mine, late = "saya" in request.GET, "terlambat" in request.GET
    every = queries.visible_to(request.user, request.region)
    chosen = queries.narrowed(every, mine=request.user if mine else None, late=late, **filters)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(f"tugas-{request.region.slug}", HEADERS, map(_exported, queries.rows(chosen)))
    page = page_of(chosen, request)
    context = {
        "tabs": tabs(request, asked_year(request)),
        "page": page,
        "rows": queries.rows(page.object_list),
        "filters": filters,
        "mine": mine,
        "late": late,
        "agencies": every.order_by("agency__name").values_list("agency__slug", "agency__name").distinct(),
        "query": request.GET.urlencode(),
    }
    return render(request, "planning/tasks.html", context)


def _exported(row: queries.Row) -> tuple[object, ...]:
    task = row.task
    return (
        str(task.entry), row.agency, row.label, task.start, task.level, str(task.person or ""), task.due_on, row.says,
        task.days, task.gain, row.brought,
    )  # fmt: skip


def _one(request: RegionRequest, pk: int) -> Task:
    return get_object_or_404(queries.visible_to(request.user, request.region), pk=pk)


@require_safe
def task(request: RegionRequest, pk: int) -> HttpResponse:
    """One task: what is asked, how far it is, and what can be done with it."""
    return _page(request, _one(request, pk))


def _page(request: RegionRequest, found: Task, status: int = 200, **context: Any) -> HttpResponse:
    can_assign = policies.can_assign(request.user, found)
    shown = {
        "task": found,
        "row": queries.rows([found])[0],
        "tabs": tabs(request, found.entry.assessment),
        "can_assign": can_assign,
        "can_finish": policies.can_finish(request.user, found),
        "assign_form": AssignForm(people=people.able_for(found), task=found) if can_assign else None,
        "finish_form": FinishForm(),
        "drop_form": DropForm(),
        **context,
    }
    return render(request, "planning/task.html", shown, status=status)


def _act(request: RegionRequest, found: Task, name: str, form: forms.Form, act: Callable[[dict[str, Any]], Task], says: str) -> HttpResponse:  # fmt: skip
    """Do ``act`` with what ``form`` says; else the page again with what was typed."""
    if not form.is_valid():
        return _page(request, found, 422, **{name: form})
    try:
        act(form.cleaned_data)
    except Refused as refused:
        return _page(request, found, 409, reasons=refused.reasons, **{name: form})
    messages.success(request, says)
    return redirect("planning:task", request.region.slug, found.pk)


@require_POST
def assign(request: RegionRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    form = AssignForm(request.POST, people=people.able_for(found), task=found)
    return _act(
        request,
        found,
        "assign_form",
        form,
        lambda data: acts.assign(found, by=request.user, **data),
        "Tugas dibagikan.",
    )


@require_POST
def finish(request: RegionRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    form = FinishForm(request.POST)
    return _act(request, found, "finish_form", form, lambda data: acts.finish(found, by=request.user, **data), "Tugas selesai. Hasilnya dihitung setelah verifikator memutus.")  # fmt: skip


@require_POST
def drop(request: RegionRequest, pk: int) -> HttpResponse:
    found = _one(request, pk)
    form = DropForm(request.POST)
    return _act(
        request, found, "drop_form", form, lambda data: acts.drop(found, by=request.user, **data), "Tugas dilepas."
    )
