"""Taking part: entering, the entry with its indicators, what is missing, and an innovation's years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pamong.accounts.roles import Permission
from pamong.agencies.http import RegionRequest, answer, asked
from pamong.agencies.queries import agencies_for
from pamong.assessments import completeness, pages, policies, queries
from pamong.assessments.actions import entering
from pamong.assessments.actions.submitting import needs_endorsement
from pamong.assessments.forms import NoForm
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.sent_profile import profile_sent
from pamong.assessments.states import State
from pamong.assessments.views.years import assessment_or_404, get_or_post
from pamong.common.paging import page_of
from pamong.common.sheets import xlsx_response
from pamong.innovations import queries as innovations
from pamong.innovations.models import Innovation


def entry_or_404(request: RegionRequest, year: int, code: str) -> Entry:
    rows = queries.full(queries.visible_to(request.user, request.region))
    return get_object_or_404(rows, assessment__year=year, code=code)


def base_of(entry: Entry) -> str:
    """The entry's address; those of its parts begin with it."""
    return reverse("assessments:entry", args=[entry.region.slug, entry.assessment.year, entry.code])


def to_entry(request: RegionRequest, entry: Entry, said: str = "") -> HttpResponse:
    if said:
        messages.success(request, said)
    return redirect("assessments:entry", request.region.slug, entry.assessment.year, entry.code)


# -- entering ---------------------------------------------------------------------------------------------------------


@get_or_post
def enter(request: RegionRequest, year: int) -> HttpResponse:
    """Choose an innovation, see what the rules say of it, and let it take part."""
    assessment = assessment_or_404(request, year)
    candidates = _candidates(request, assessment)
    chosen = request.POST.get("inovasi") or asked(request, "inovasi", 12)
    if chosen:
        return _enter_one(request, assessment, chosen)
    words = asked(request, "q")
    found = candidates.filter(name__icontains=words) if words else candidates
    page = page_of(found, request, per_page=25)
    context = {
        "assessment": assessment,
        "permit": policies.may_enter_any(request.user, assessment),
        "page": page,
        "rows": [(each, _blocking(assessment, each)) for each in page.object_list],
        "q": words,
    }
    return render(request, "assessments/enter.html", context)


def _candidates(request: RegionRequest, assessment: Assessment) -> Any:
    mine = queries.of_agencies(
        innovations.visible_to(request.user, request.region),
        agencies_for(request.user, request.region, Permission.CLAIM),
    )
    return queries.not_entered(mine, assessment)


def _blocking(assessment: Assessment, innovation: Any) -> int:
    """How many rules stand in the way now, the indicators aside: they are filled in after entering."""
    found = completeness.eligibility(assessment.edition, innovation, times_entered=innovation.times_entered)
    return sum(each.blocks and each.code != "mandatory" for each in found)


def _enter_one(request: RegionRequest, assessment: Assessment, code: str) -> HttpResponse:
    visible = innovations.visible_to(request.user, request.region).select_related("agency", "region")
    innovation: Innovation = get_object_or_404(visible, code=code)
    known = queries.visible_to(request.user, request.region).filter(assessment=assessment, innovation=innovation)
    if entry := known.select_related("assessment").first():
        return to_entry(request, entry, "Inovasi ini sudah ikut penilaian." if request.method == "POST" else "")
    before = queries.times_entered(innovation, assessment.year)
    named = queries.named_in_regulation(innovation)
    found = completeness.eligibility(assessment.edition, innovation, times_entered=before, named=named)
    context = {
        "assessment": assessment,
        "innovation": innovation,
        "findings": [each for each in found if each.code != "mandatory"],
        "missing": completeness.profile(assessment.edition, innovation),
        "permit": policies.can_enter(request.user, assessment, innovation),
    }
    said = "Inovasi diikutsertakan. Isi tingkat dan bukti setiap indikator."
    return answer(
        request,
        NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: entering.enter(assessment, innovation, by=request.user),
        done=lambda made: to_entry(request, made, said),
        template="assessments/eligibility.html",
        context=context,
    )


@get_or_post
def remove(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """Take a draft out of the year."""
    entry = entry_or_404(request, year, code)

    def done(_: object) -> HttpResponse:
        messages.success(request, f"{entry} tidak lagi ikut penilaian {year}. Dokumennya tetap ada di pustaka.")
        return redirect("assessments:year", request.region.slug, year)

    return answer(
        request,
        NoForm(request.POST if request.method == "POST" else None),
        act=lambda _: entering.remove_entry(entry, by=request.user),
        done=done,
        template="assessments/decide_entry.html",
        context={"entry": entry, "what": "remove", "permit": policies.can_remove(request.user, entry)},
    )


# -- the entry --------------------------------------------------------------------------------------------------------


@require_safe
def entry(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """An entry with all its indicators: what is claimed, found, proven, and what to do next."""
    found = entry_or_404(request, year, code)
    if found.kind == Entry.Kind.INSTITUTION:
        return redirect("assessments:institution", request.region.slug, year)
    return _show(request, found)


@require_safe
def institution(request: RegionRequest, year: int) -> HttpResponse:
    """The region's own indicators, in the same way."""
    rows = queries.full(queries.visible_to(request.user, request.region))
    found = get_object_or_404(rows, assessment__year=year, kind=Entry.Kind.INSTITUTION)
    return _show(request, found)


def _show(request: RegionRequest, entry: Entry) -> HttpResponse:
    sheet = queries.sheet(entry)
    repairs = queries.open_repairs(entry) if entry.state == State.RETURNED else {}
    checked = completeness.of(entry, sheet.answers, times_entered=entry.times_entered)  # type: ignore[attr-defined]
    untouched = len(sheet.untouched(repairs.values()))
    context = {
        "entry": entry,
        "base": base_of(entry),
        "assessment": entry.assessment,
        "checked": checked,
        "rows": pages.indicator_rows(entry, checked, sheet.documents, repairs),
        "claimed": pages.points(entry.score.claimed),
        "verified": pages.points(entry.score.verified),
        "has_verdicts": entry.verified.strip("-") != "",
        "tone": pages.TONES[entry.state],
        "step": pages.next_step(entry, checked, untouched),
        "is_own": entry.kind == Entry.Kind.INSTITUTION,
        "may": permits(request, entry),
    }
    return render(request, "assessments/entry.html", context)


@require_safe
def export(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """The indicators of an entry, with what is claimed, found and proven."""
    entry = entry_or_404(request, year, code)
    sheet = queries.sheet(entry)
    repairs = queries.open_repairs(entry) if entry.state == State.RETURNED else {}
    checked = completeness.of(entry, sheet.answers, times_entered=entry.times_entered)  # type: ignore[attr-defined]
    rows = pages.indicator_rows(entry, checked, sheet.documents, repairs)
    return xlsx_response(f"indikator-{entry.code}-{year}", pages.INDICATOR_HEADERS, map(pages.exported, rows))


def permits(request: RegionRequest, entry: Entry) -> dict[str, Any]:
    """What this person may do with the entry now, by name."""
    names = ("claim", "submit", "endorse", "decline", "withdraw", "resubmit", "remove")
    return {name: getattr(policies, f"can_{name}")(request.user, entry) for name in names}


@require_safe
def check(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """What is missing, indicator by indicator, with the points at stake, before it is handed over."""
    entry = entry_or_404(request, year, code)
    return render(request, "assessments/completeness.html", completeness_context(request, entry))


def completeness_context(request: RegionRequest, entry: Entry) -> dict[str, Any]:
    """What the completeness page shows; shared with a submission that was refused."""
    sheet = queries.sheet(entry)
    repairs = queries.open_repairs(entry) if entry.state == State.RETURNED else {}
    checked = completeness.of(entry, sheet.answers, times_entered=entry.times_entered)  # type: ignore[attr-defined]
    return {
        "entry": entry,
        "base": base_of(entry),
        "assessment": entry.assessment,
        "checked": checked,
        "rows": pages.indicator_rows(entry, checked, sheet.documents, repairs),
        "untouched": sheet.untouched(repairs.values()),
        "findings": [each for each in checked.findings if not each.ok],
        "needs_endorsement": needs_endorsement(entry),
        "is_own": entry.kind == Entry.Kind.INSTITUTION,
        "may": permits(request, entry),
    }


@require_safe
def history(request: RegionRequest, code: str) -> HttpResponse:
    """The years an innovation took part in, and how it was found."""
    visible = innovations.visible_to(request.user, request.region).select_related("agency", "region")
    innovation = get_object_or_404(visible, code=code)
    entries = list(queries.entries_of_innovation(request.user, innovation))
    open_years = [
        each
        for each in queries.assessments(request.user, request.region).select_related("region")
        if policies.can_enter(request.user, each, innovation) and each.pk not in {one.assessment_id for one in entries}
    ]
    context = {
        "innovation": innovation,
        "rows": [(each.assessment, pages.row(each)) for each in entries],
        "open_years": open_years,
    }
    return render(request, "assessments/innovation.html", context)


@require_safe
def profile(request: RegionRequest, year: int, code: str) -> HttpResponse:
    """The innovation's profile as it was handed over, and what has changed in it since."""
    entry = entry_or_404(request, year, code)
    lines = profile_sent(entry)
    if not lines:
        raise Http404
    return render(request, "assessments/profile.html", {"entry": entry, "lines": lines})
