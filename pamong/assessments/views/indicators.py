"""One indicator: the rule, the claim, its proofs; and the file behind a document replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.assessments import packing, pages, policies, queries, requirements
from pamong.assessments.actions import claiming, proving
from pamong.assessments.answers import needs_value
from pamong.assessments.forms import AnswerForm, UploadForm, levels_for
from pamong.assessments.models import Claim, Entry, Proof
from pamong.assessments.states import Phase
from pamong.assessments.views.entries import base_of, entry_or_404
from pamong.assessments.views.years import get_or_post
from pamong.common.permit import Overtaken, Refused
from pamong.engine.edition import Indicator
from pamong.evidence import policies as documents
from pamong.evidence.forms import VersionForm
from pamong.evidence.models import Document
from pamong.evidence.views import serve

SHOWN = 12


@get_or_post
def indicator(request: RegionRequest, year: int, code: str, indicator: str) -> HttpResponse:
    """Claim a level and bring proofs, all in one form; what was typed survives every refusal."""
    desk = _desk(request, year, code, indicator)
    if request.method != "POST":
        return _render(request, desk)
    if "cari" in request.POST:
        return _render(request, desk, typed_only=True)
    if not desk.is_valid():
        return _render(request, desk, status=422)
    try:
        made = _save(request, desk)
    except Refused as refused:
        _seen(request, desk, refused)
        return _render(request, desk, status=409, refused=refused)
    return _saved(request, desk, made)


@dataclass
class Desk:
    """What one indicator's page works with."""

    entry: Entry
    indicator: Indicator
    claim: Claim | None
    form: AnswerForm
    upload: UploadForm

    def is_valid(self) -> bool:
        """Both forms, the second only if a new document was given."""
        fine = self.form.is_valid()
        return (not self.upload.is_given() or self.upload.is_valid()) and fine

    @property
    def new_document(self) -> dict[str, Any]:
        return self.upload.cleaned_data if self.upload.is_given() else {}


def _desk(request: RegionRequest, year: int, code: str, indicator: str) -> Desk:
    entry = entry_or_404(request, year, code)
    codes = packing.codes_of(entry)
    if indicator not in codes:
        raise Http404
    edition = entry.assessment.edition
    line = edition.indicator(indicator)
    claim = queries.claim_of(entry, indicator)
    limits = requirements.limits(line, edition)
    found = queries.documents_visible_to(request.user, request.region)
    form = AnswerForm(
        request.POST or None,
        indicator=line,
        claim=claim,
        kind=entry.innovation.kind if entry.innovation else "",
        year=entry.assessment.year,
        documents=queries.attachable(found, entry, line),
        also=[(each, f"{each} {edition.indicator(each).name}") for each in codes if each != indicator],
    )
    upload = UploadForm(
        request.POST or None,
        request.FILES or None,
        link_allowed=line.evidence.link_allowed,
        arrivals=queries.inbox(request.user, request.region),
        **limits,
    )
    return Desk(entry, line, claim, form, upload)


def _save(request: RegionRequest, desk: Desk) -> claiming.Answered:
    data = desk.form.cleaned_data
    bundle = claiming.Bundle(
        documents=list(data["documents"]), upload=desk.new_document, passage=data["passage"], also=data["also"]
    )
    return claiming.answer(
        desk.entry, desk.indicator.code, by=request.user, typed=desk.form.typed(), version=data["version"] or 0, bundle=bundle
    )  # fmt: skip


def _seen(request: RegionRequest, desk: Desk, refused: Refused) -> None:
    """After being shown the other person's change, the next attempt counts from there."""
    if isinstance(refused, Overtaken):
        desk.claim = queries.claim_of(desk.entry, desk.indicator.code)
        typed = request.POST.copy()
        typed["version"] = str(desk.claim.version if desk.claim else 0)
        desk.form.data = typed


def _saved(request: RegionRequest, desk: Desk, made: claiming.Answered) -> HttpResponse:
    said = f"Indikator {desk.indicator.code} tersimpan: tingkat {made.claim.level}."
    if made.reused:
        said += f" Berkas itu sudah ada di pustaka sebagai “{made.reused}”; dokumen itulah yang dilampirkan."
    messages.success(request, said)
    _, after = pages.neighbours(packing.codes_of(desk.entry), desk.indicator.code)
    target = after if "lanjut" in request.POST and after else desk.indicator.code
    return redirect(_address(request, desk.entry, target))


def _address(request: RegionRequest, entry: Entry, indicator: str) -> str:
    return reverse("assessments:indicator", args=[request.region.slug, entry.assessment.year, entry.code, indicator])


def _render(
    request: RegionRequest, desk: Desk, status: int = 200, *, refused: Refused | None = None, typed_only: bool = False
) -> HttpResponse:
    entry, line = desk.entry, desk.indicator
    before, after = pages.neighbours(packing.codes_of(entry), line.code)
    may_claim = policies.can_claim(request.user, entry)
    words = request.POST.get("q", "").replace("\x00", "")[:100]
    found = queries.attachable(queries.documents_visible_to(request.user, request.region), entry, line, words)
    shown = list(found[:SHOWN]) if may_claim else []
    proofs = _proofs(request, entry, line, desk.claim)
    verdicts = queries.verdicts_on(entry, line.code)
    kind = entry.innovation.kind if entry.innovation else ""
    context = {
        "entry": entry,
        "base": base_of(entry),
        "assessment": entry.assessment,
        "indicator": line,
        "claim": desk.claim,
        "rule": requirements.rule(entry.assessment.edition, line, levels_for(line, kind), entry.assessment.year),
        "decided_by_number": needs_value(line),
        "form": desk.form,
        "upload": desk.upload,
        "show_errors": status == 422,
        "reasons": refused.reasons if refused else (),
        "existing": getattr(refused, "document", None),
        "file_lost": bool(request.FILES) and status != 200,
        "typed_only": typed_only,
        "found": shown,
        "chosen": set(request.POST.getlist("documents")),
        "proofs": proofs,
        "show_upload": not proofs and not shown,
        "types": requirements.types_in_words(line),
        "limits": requirements.limits(line, entry.assessment.edition),
        "standing": next((each for each in verdicts if each.stands), None),
        "reopened": [each for each in verdicts if not each.stands],
        "repair": queries.open_repairs(entry).get(line.code),
        "before": before,
        "after": after,
        "may_claim": may_claim,
        "is_own": entry.kind == Entry.Kind.INSTITUTION,
    }
    return render(request, "assessments/indicator.html", context, status=status)


def _proofs(request: RegionRequest, entry: Entry, line: Indicator, claim: Claim | None) -> list[dict[str, Any]]:
    """The proofs with their current version, what a verifier may stumble over, and what may be done with them."""
    evidence = requirements.evidence_of(line, claim.basis if claim else "")
    is_open = entry.assessment.phase != Phase.CLOSED
    return [
        {
            "proof": proof,
            "document": proof.document,
            "version": queries.version_judged(proof, entry.assessment),
            "doubts": requirements.doubts(evidence, entry.assessment.year, proof.document),
            "can_replace": is_open and documents.can_replace(request.user, proof.document),
        }
        for proof in queries.proofs_with_versions(entry, line.code)
    ]


def _proof_or_404(request: RegionRequest, year: int, code: str, proof: int) -> Proof:
    entry = entry_or_404(request, year, code)
    return get_object_or_404(queries.proofs_of(entry), pk=proof)


@require_POST
def detach(request: RegionRequest, year: int, code: str, indicator: str, proof: int) -> HttpResponse:
    """Take a proof back; a second click finds it gone."""
    entry = entry_or_404(request, year, code)
    found = queries.proofs_of(entry).filter(pk=proof).first()
    if found is not None:
        claiming.detach(found, by=request.user)
        messages.success(request, f"“{found.document}” dilepas. Dokumennya tetap ada di pustaka.")
    return redirect(_address(request, entry, indicator))


@require_safe
def proof_file(request: RegionRequest, year: int, code: str, proof: int) -> HttpResponseBase:
    """The file of a proof, for whoever may read the entry."""
    found = _proof_or_404(request, year, code, proof)
    version = queries.version_judged(found, found.claim.entry.assessment)
    if version is None:
        raise Http404
    return serve(request, version)


@get_or_post
def replace_document(request: RegionRequest, code: str) -> HttpResponse:
    """Bring a newer file for a document, after seeing which verdicts that reopens."""
    rows = queries.documents_visible_to(request.user, request.region)
    document: Document = get_object_or_404(rows, code=code)
    documents.can_replace(request.user, document).require()
    claims = list(queries.claims_using(document).select_related("entry__innovation", "entry__region"))
    form = VersionForm(
        request.POST or None,
        request.FILES or None,
        link_allowed=proving.links_allowed(claims),
        arrivals=queries.inbox(request.user, request.region),
        **proving.common_limits(claims),
    )

    def done(version: object) -> HttpResponse:
        messages.success(request, "Berkas diganti. Versi sebelumnya tetap tersimpan.")
        return redirect("documents:detail", request.region.slug, document.code)

    return answer(
        request,
        form,
        act=lambda data: proving.replace_document(document, by=request.user, **data),
        done=done,
        template="assessments/replace_document.html",
        context={"document": document, "uses": queries.uses(request.user, document)},
    )
