"""The page of one document, with what was read in it and what the machine found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.common.permit import Refused
from pamong.evidence import actions as library
from pamong.evidence import policies as evidence
from pamong.evidence import queries as documents
from pamong.evidence.forms import CorrectionForm
from pamong.evidence.models import Document
from pamong.evidence.views import detail_context
from pamong.reading import actions, offering, policies, queries
from pamong.reading.models import Reading
from pamong.reading.states import State


@require_safe
def detail(request: RegionRequest, code: str) -> HttpResponse:
    """What a document is, every version of its file, a look at the current one, and what the machine saw in it."""
    context = detail_context(request, code)
    document, version = context["document"], context["version"]
    reading = queries.of(version) if version else None
    facts = reading.seen if reading and reading.state == State.DONE else None
    context |= {
        "reading": reading,
        "facts": facts,
        "findings": queries.findings_of(reading),
        "offers": offering.offers(document, facts) if version and version.is_current else [],
        "can_read_again": policies.can_read_again(request.user, document, reading),
    }
    return render(request, "reading/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: RegionRequest, code: str) -> HttpResponse:
    """The correction form, filled in with what was read; nothing is saved until the person says so."""
    document = _document(request, code)
    offers = offering.offers(document, _facts(document))
    form = CorrectionForm(
        request.POST or None,
        instance=document,
        initial={"base": library.fingerprint(document), **{offer.name: offer.value for offer in offers}},
    )

    def done(_: Document) -> HttpResponse:
        messages.success(request, "Data dokumen tersimpan.")
        return redirect("documents:detail", request.region.slug, code)

    return answer(
        request,
        form,
        act=lambda data: library.correct(document, by=request.user, **data),
        done=done,
        template="reading/fill.html",
        context={"document": _document(request, code), "offers": offers},
        permit=evidence.can_correct(request.user, document),
    )


@require_POST
def read_again(request: RegionRequest, code: str) -> HttpResponse:
    """Have the current version read once more."""
    document = _document(request, code)
    version = document.current
    if version is None:
        raise Refused("Dokumen ini belum berisi berkas. Unggah berkasnya terlebih dahulu.")
    actions.read_again(version, by=request.user)
    messages.success(request, "Dokumen masuk antrean pembacaan.")
    return redirect("documents:detail", request.region.slug, code)


def _facts(document: Document) -> Any:
    reading: Reading | None = queries.of(document.current) if document.current else None
    return reading.seen if reading and reading.state == State.DONE else None


def _document(request: RegionRequest, code: str) -> Document:
    return get_object_or_404(documents.visible_to(request.user, request.region), code=code)
