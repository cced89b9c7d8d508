"""The verifiers' pages: the queue, one entry, one indicator with its proofs beside the rule, and the decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest
from pamong.assessments import pages
from pamong.assessments import queries as assessments
from pamong.assessments import verification_policies as policies
from pamong.assessments import verification_queries as queries
from pamong.assessments import verification_queue as queues
from pamong.assessments.actions import sentences as sentence_actions
from pamong.assessments.actions import verifying
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import State
from pamong.assessments.verification_forms import (
    AssignForm,
    DecisionForm,
    QueueForm,
    RepairForm,
    SentenceForm,
    VerdictForm,
)
from pamong.assessments.verification_sheet import Line, Sheet, rule_of, sheet
from pamong.common.paging import page_of
from pamong.common.permit import Permit, Refused
from pamong.common.sheets import xlsx_response
from pamong.evidence.views.library import page_asked

PER_PAGE = (50, 250)
page_or_form = require_http_methods(["GET", "HEAD", "POST"])
DECISIONS = {
    "accept": ("Terima", "btn-success"),
    "reject": ("Tolak", "btn-danger"),
    "reopen": ("Buka kembali keputusan", "btn-primary"),
}
Act = Callable[[Entry, DecisionForm], object]


# -- the queue ----------------------------------------------------------------------------------------------------------


@require_safe
def queue(request: RegionRequest) -> HttpResponse:
    """Everything sent upward: what waits, since when, for whom, and what it is worth."""
    years, year = _year(request)
    if year is None:
        return render(request, "verification/no_year.html")
    found = queues.queue(request.user, year)
    form = QueueForm(request.GET, queue=found)
    rows = queues.picked(found.rows, form.wanted, request.user)
    many = PER_PAGE[1] if request.GET.get("baris") == str(PER_PAGE[1]) else PER_PAGE[0]
    page = page_of(rows, request, per_page=many)
    context = {
        "years": years,
        "year": year,
        "queue": found,
        "form": form,
        "page": page,
        "rows": pages.waiting(page.object_list, request.path),
        "mine": sum(row.is_open and row.verifier_id == request.user.pk for row in found.rows),
        "tabs": _tabs(request, found),
        "tab": form.wanted.state,
        "can_manage": policies.can_manage_queue(request.user, request.region),
        "is_running": policies.is_running(year),
        "query": request.GET.urlencode(),
    }
    return render(request, "verification/queue.html", context)


def _tabs(request: RegionRequest, found: queues.Queue) -> list[tuple[str, str, str, int]]:
    """All, and every state, each with its number and an address that keeps the other filters."""
    asked = request.GET.copy()
    asked.pop("page", None)
    tabs = [("", "Semua", len(found.rows)), *((s, queues.STATE_LABELS[s], n) for s, n in found.by_state().items())]
    made = []
    for state, label, number in tabs:
        asked["status"] = state
        made.append((state, label, f"?{asked.urlencode()}", number))
    return made


@require_safe
def export(request: RegionRequest) -> HttpResponse:
    """The queue as filtered, for Excel."""
    _, year = _year(request)
    if year is None:
        raise Http404
    found = queues.queue(request.user, year)
    rows = queues.picked(found.rows, QueueForm(request.GET, queue=found).wanted, request.user)
    return xlsx_response(f"verifikasi-{request.region.slug}-{year.year}", queues.HEADERS, map(queues.as_cells, rows))


def _year(request: RegionRequest) -> tuple[list[Assessment], Assessment | None]:
    """The years there are, and the one asked for, or the newest. A stranger to verification finds no page."""
    if not policies.can_see_queue(request.user, request.region):
        raise Http404
    years = queries.years(request.user, request.region)
    asked = request.GET.get("tahun", "")
    return years, next((year for year in years if str(year.year) == asked), years[0] if years else None)


@page_or_form
def balance(request: RegionRequest) -> HttpResponse:
    """Deal out what nobody has yet."""
    _, year = _year(request)
    policies.can_manage_queue(request.user, request.region).require()
    if year is None:
        raise Http404
    people = queries.verifiers(request.region)
    context = {"year": year, "people": people, "queue": queues.queue(request.user, year)}
    if request.method != "POST":
        return render(request, "verification/balance.html", context)
    try:
        dealt = verifying.balance(year, by=request.user)
    except Refused as refused:
        return render(request, "verification/balance.html", context | {"refused": refused.reasons}, status=409)
    messages.success(request, f"{dealt.entries} laporan dibagikan kepada {len(dealt.given)} verifikator.")
    if dealt.left:
        names = ", ".join(str(entry) for entry in dealt.left[:5])
        messages.warning(
            request,
            f"{len(dealt.left)} laporan tidak dapat dibagikan karena semua verifikator terkait dengannya: {names}. "
            "Undang verifikator lain.",
        )
    return redirect("verification:queue", request.region.slug)


# -- one entry ------------------------------------------------------------------------------------------------------------


def _load(request: RegionRequest, code: str) -> Entry:
    rows = assessments.full(queries.visible_to(request.user, request.region)).select_related("decided_by")
    return get_object_or_404(rows, code=code)


def _about(request: RegionRequest, found: Entry, lines: Sheet | None = None) -> dict[str, Any]:
    """What the page of an entry shows around its lines."""
    lines = lines or sheet(found)
    hands = queries.hands_of(request.user, found)
    return {
        "entry": found,
        "sheet": lines,
        "tone": pages.TONES[State(found.state)],
        "affair": queries.affair_label(found),
        "can_judge": policies.can_judge(request.user, found, hands),
        "can_take": policies.can_take(request.user, found, hands),
        "can_assign": policies.can_assign(request.user, found),
        "can_reopen": policies.can_reopen(request.user, found),
        "due_on": queries.due_on(found),
        "late": queries.days_late(found, timezone.localdate()),
    }


@require_safe
def entry(request: RegionRequest, code: str) -> HttpResponse:
    """One entry: all indicators, what is judged, what waits."""
    found = _load(request, code)
    context = _about(request, found)
    if context["can_assign"]:
        people = queries.verifiers(request.region)
        context["assign_form"] = AssignForm(people=people, verifier=found.verifier_id)
    return render(request, "verification/entry.html", context)


@page_or_form
def indicator(request: RegionRequest, code: str, indicator: str) -> HttpResponse:
    """One indicator: rule, claim and proofs side by side, and the verdict."""
    found = _load(request, code)
    lines = sheet(found)
    line = lines.line(indicator)
    if line is None:
        raise Http404
    sentences = [each.text for each in queries.canned_reasons(request.user, request.region)]
    if request.method == "POST":
        return _judge(request, found, lines, line, VerdictForm(request.POST, line=line, sentences=sentences))
    form = VerdictForm(line=line, sentences=sentences)
    return _indicator_page(request, found, lines, line, form)


def _judge(request: RegionRequest, found: Entry, lines: Sheet, line: Line, form: VerdictForm) -> HttpResponse:
    if not form.is_valid():
        return _indicator_page(request, found, lines, line, form, status=422)
    try:
        verifying.judge(
            found, line.code, by=request.user, level=form.cleaned_data["level"], reason=form.words, seen=form.seen
        )
    except Refused as refused:
        return _refused_verdict(request, found.code, line.code, form, refused)
    messages.success(request, f"Indikator {line.code} dinilai tingkat {form.cleaned_data['level']}.")
    following = lines.next_due(line.code)
    if following is None or "stay" in request.POST:
        return redirect("verification:entry", request.region.slug, found.code)
    return redirect("verification:indicator", request.region.slug, found.code, following.code)


def _refused_verdict(
    request: RegionRequest, code: str, indicator: str, form: VerdictForm, refused: Refused
) -> HttpResponse:
    """The page as it is now, with what was typed, and the present state as the one now seen."""
    found = _load(request, code)
    lines = sheet(found)
    line = lines.line(indicator)
    if line is None:
        raise Http404
    typed = request.POST.copy()
    typed.update({"claim": "", "verdict": ""})
    for name, value in VerdictForm.seen_now(line).items():
        typed[name] = str(value)
    typed["reason"], typed["canned"] = form.words, ""
    sentences = [each.text for each in queries.canned_reasons(request.user, request.region)]
    again = VerdictForm(typed, line=line, sentences=sentences)
    return _indicator_page(request, found, lines, line, again, refused=refused.reasons, status=409)


def _indicator_page(
    request: RegionRequest,
    found: Entry,
    lines: Sheet,
    line: Line,
    form: VerdictForm,
    *,
    refused: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    before, after = lines.around(line.code)
    context = {
        "entry": found,
        "sheet": lines,
        "line": line,
        "form": form,
        "refused": refused,
        "before": before,
        "after": after,
        "next_due": lines.next_due(line.code),
        "rule": rule_of(lines.edition, line.indicator),
        "can_judge": policies.can_judge(request.user, found),
        "asked_document": request.GET.get("dokumen", ""),
        "asked_page": page_asked(request),
    }
    return render(request, "verification/indicator.html", context, status=status)


# -- acts on an entry -------------------------------------------------------------------------------------------------------


@require_POST
def begin(request: RegionRequest, code: str) -> HttpResponse:
    """Start, and go to the first indicator that waits."""
    found = _load(request, code)
    verifying.begin(found, by=request.user)
    due = sheet(found).due
    if not due:
        return redirect("verification:entry", request.region.slug, code)
    return redirect("verification:indicator", request.region.slug, code, due[0].code)


@require_POST
def take(request: RegionRequest, code: str) -> HttpResponse:
    """Take the entry, or give it back."""
    back = "lepas" in request.POST
    verifying.take(_load(request, code), by=request.user, back=back)
    messages.success(request, "Entri dilepas kembali ke antrean." if back else "Entri ini sekarang tugas Anda.")
    return redirect("verification:entry", request.region.slug, code)


@require_POST
def assign(request: RegionRequest, code: str) -> HttpResponse:
    found = _load(request, code)
    form = AssignForm(request.POST, people=queries.verifiers(request.region))
    if not form.is_valid():
        return render(request, "verification/entry.html", _about(request, found) | {"assign_form": form}, status=422)
    try:
        verifying.assign(found, form.cleaned_data["verifier"], by=request.user)
    except Refused as refused:
        context = _about(request, found) | {"assign_form": form, "refused": refused.reasons}
        return render(request, "verification/entry.html", context, status=409)
    messages.success(request, "Penugasan disimpan.")
    return redirect("verification:entry", request.region.slug, code)


@page_or_form
def return_for_repair(request: RegionRequest, code: str) -> HttpResponse:
    """Name what must be repaired, indicator by indicator."""
    found = _load(request, code)
    lines = sheet(found)
    form = RepairForm(request.POST or None, sheet=lines)
    context = _about(request, found, lines) | {"form": form}
    if request.method != "POST":
        return render(request, "verification/return.html", context)
    if not form.is_valid():
        return render(request, "verification/return.html", context, status=422)
    try:
        verifying.return_for_repair(found, by=request.user, reasons=form.reasons)
    except Refused as refused:
        return render(request, "verification/return.html", context | {"refused": refused.reasons}, status=409)
    messages.success(request, f"Dikembalikan untuk diperbaiki: {len(form.reasons)} indikator. Operator diberi tahu.")
    return redirect("verification:entry", request.region.slug, code)


@page_or_form
def accept(request: RegionRequest, code: str) -> HttpResponse:
    def act(found: Entry, form: DecisionForm) -> object:
        return verifying.accept(
            found, by=request.user, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        )

    return _decide(request, code, "accept", act, "Entri diterima.", optional=True)


@page_or_form
def reject(request: RegionRequest, code: str) -> HttpResponse:
    def act(found: Entry, form: DecisionForm) -> object:
        return verifying.reject(
            found, by=request.user, reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
        )

    return _decide(request, code, "reject", act, "Entri ditolak; pelapor diberi tahu.")


@page_or_form
def reopen(request: RegionRequest, code: str) -> HttpResponse:
    def act(found: Entry, form: DecisionForm) -> object:
        return verifying.reopen(found, by=request.user, reason=form.cleaned_data["reason"])

    return _decide(request, code, "reopen", act, "Keputusan dibuka kembali.")


def _decide(
    request: RegionRequest, code: str, kind: str, act: Act, told: str, *, optional: bool = False
) -> HttpResponse:
    """Ask once more, then act. ``kind`` names the page."""
    found = _load(request, code)
    form = DecisionForm(request.POST or None, seen=found.verified, optional=optional)
    title, button = DECISIONS[kind]
    context = _about(request, found) | {
        "form": form,
        "kind": kind,
        "title": title,
        "button": button,
        "permit": _permit(request, found, kind),
    }
    context["blocked"] = kind == "accept" and bool(context["sheet"].due)
    if request.method != "POST":
        return render(request, "verification/decide.html", context)
    if not form.is_valid():
        return render(request, "verification/decide.html", context, status=422)
    try:
        act(found, form)
    except Refused as refused:
        fresh = _load(request, code)
        typed = request.POST.copy()
        typed["seen"] = fresh.verified
        again = DecisionForm(typed, optional=optional)
        context |= _about(request, fresh) | {"form": again, "refused": refused.reasons}
        return render(request, "verification/decide.html", context, status=409)
    messages.success(request, told)
    return redirect("verification:entry", request.region.slug, code)


def _permit(request: RegionRequest, found: Entry, kind: str) -> Permit:
    ask = policies.can_reopen if kind == "reopen" else policies.can_judge
    return ask(request.user, found)


# -- the region's sentences ---------------------------------------------------------------------------------------------------


@page_or_form
def sentences(request: RegionRequest) -> HttpResponse:
    """The reasons verifiers choose from."""
    if not policies.can_see_queue(request.user, request.region):
        raise Http404
    form = SentenceForm(request.POST or None)
    rows = queries.canned_reasons(request.user, request.region)
    context = {"form": form, "rows": rows, "can_word": policies.can_word_reasons(request.user, request.region)}
    if request.method != "POST":
        return render(request, "verification/sentences.html", context)
    if not form.is_valid():
        return render(request, "verification/sentences.html", context, status=422)
    sentence_actions.add_sentence(request.region, form.cleaned_data["text"], by=request.user)
    messages.success(request, "Kalimat ditambahkan.")
    return redirect("verification:sentences", request.region.slug)


@require_POST
def remove_sentence(request: RegionRequest, sentence: int) -> HttpResponse:
    rows = queries.canned_reasons(request.user, request.region)
    sentence_actions.remove_sentence(get_object_or_404(rows, pk=sentence), by=request.user)
    messages.success(request, "Kalimat dihapus.")
    return redirect("verification:sentences", request.region.slug)
