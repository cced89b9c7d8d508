"""Pages of the document library, and the only way a kept file leaves the server."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_safe

from pamong.agencies.http import RegionRequest
from pamong.common.permit import Refused
from pamong.evidence import actions, addresses, policies, queries, serving
from pamong.evidence.forms import CorrectionForm, LibraryDocumentForm
from pamong.evidence.models import Arrival, Document, Version


def add(request: RegionRequest, fill_in: Callable[[LibraryDocumentForm, Arrival], None]) -> HttpResponse:
    """Add a document to the library. ``fill_in`` puts into the form what is known of the file it is to be made of."""
    policies.can_add_any(request.user, request.region).require()
    agencies = queries.agencies_to_add_for(request.user, request.region)
    arrivals = queries.usable(request.user, request.region)
    form = LibraryDocumentForm(
        request.POST or None,
        request.FILES or None,
        agencies=agencies,
        for_region=bool(policies.can_add(request.user, request.region, None)),
        arrivals=arrivals,
        initial={"agency": _only(agencies), "arrival": request.GET.get("kiriman")},
    )
    if arrival := arrivals.filter(code=request.GET.get("kiriman", "")).first():
        fill_in(form, arrival)
    if request.method != "POST":
        return render(request, "evidence/add.html", {"form": form})
    if not form.is_valid():
        return render(request, "evidence/add.html", {"form": form}, status=422)
    try:
        document = actions.add_document(region=request.region, by=request.user, **form.limits, **form.cleaned_data)
    except Refused as refused:
        context = {
            "form": form,
            "refused": refused,
            "existing": getattr(refused, "document", None),
            "file_lost": bool(request.FILES),
        }
        return render(request, "evidence/add.html", context, status=409)
    said = "Dokumen ini sudah tersimpan oleh klik Anda sebelumnya; tidak ditambahkan dua kali." if document.repeated else "Dokumen tersimpan."  # fmt: skip
    messages.success(request, said)
    return redirect("documents:detail", request.region.slug, document.code)


def _only(agencies: Any) -> Any:
    """The agency, if there is no choice."""
    first = list(agencies[:2])
    return first[0] if len(first) == 1 else None


def detail_context(request: RegionRequest, code: str) -> dict[str, Any]:
    """What the page of a document shows of the library; the floor above adds what was read in it. 404 for strangers."""
    document = _document(request, code)
    versions = list(queries.versions(document))
    version = _shown(request, versions)
    return {
        "document": document,
        "versions": versions,
        "version": version,
        "file_url": file_url(request, version),
        "at_page": page_asked(request),
        "can_correct": policies.can_correct(request.user, document),
        "replace_url": _replace_url(request, document),
    }


def page_asked(request: RegionRequest) -> int:
    """The page to jump to (``?halaman=``); 0 if none."""
    asked = request.GET.get("halaman", "")
    return int(asked) if re.fullmatch(r"[1-9][0-9]{0,3}", asked) else 0


def _shown(request: RegionRequest, versions: list[Version]) -> Version | None:
    """The version asked for by ``?versi=``, otherwise the current one."""
    asked = [version for version in versions if str(version.number) == request.GET.get("versi")]
    return next(iter(asked or versions), None)


def _replace_url(request: RegionRequest, document: Document) -> str:
    """Where a newer version is brought. That page belongs to a higher floor, which reopens what the old version had proven."""
    if not policies.can_replace(request.user, document):
        return ""
    try:
        return reverse("assessments:replace_document", args=[request.region.slug, document.code])
    except NoReverseMatch:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: RegionRequest, code: str) -> HttpResponse:
    """Correct number, date and so on; the file stays."""
    document = _document(request, code)
    policies.can_correct(request.user, document).require()
    form = CorrectionForm(request.POST or None, instance=document, initial={"base": actions.fingerprint(document)})
    context: dict[str, Any] = {"form": form, "document": _document(request, code)}
    if request.method != "POST":
        return render(request, "evidence/correct.html", context)
    if not form.is_valid():
        return render(request, "evidence/correct.html", context, status=422)
    try:
        actions.correct(document, by=request.user, **form.cleaned_data)
    except Refused as refused:
        # The person has now seen what the other wrote (it stands above the form): the next attempt counts from there.
        form.data = {**request.POST.dict(), "base": actions.fingerprint(context["document"])}
        return render(request, "evidence/correct.html", {**context, "refused": refused}, status=409)
    messages.success(request, "Data dokumen tersimpan.")
    return redirect("documents:detail", request.region.slug, code)


@require_safe
def file(request: RegionRequest, code: str, number: int) -> HttpResponseBase:
    """The file of one version, for whoever may read its document."""
    version = queries.version(_document(request, code), number)
    if version is None:
        raise Http404
    return serve(request, version)


def serve(request: HttpRequest, version: Version) -> HttpResponse:
    """Lead to the file of ``version``. The caller has asked whether this person may read it. ``?unduh=1`` saves it."""
    if version.link:
        raise Http404
    save = request.GET.get("unduh") == "1"
    if save and (elsewhere := serving.direct(version)):
        return HttpResponseRedirect(elsewhere)
    return redirect(addresses.of(request, version, request.path) + ("?unduh=1" if save else ""))


@require_safe
def opened(request: RegionRequest, token: str) -> HttpResponseBase:
    """The bytes, for the person a short-lived address was made for."""
    address = addresses.read(request, token)
    version = queries.any_version(address.version) if address else None
    if address is None or version is None:
        raise Http404
    if not address.is_valid:
        return redirect(f"{address.door}?{request.GET.urlencode()}")
    try:
        return serving.respond(request, version, save=request.GET.get("unduh") == "1")
    except FileNotFoundError as gone:
        raise Refused(
            "Berkas ini tidak ditemukan di penyimpanan server. Hubungi administrator agar dipulihkan dari cadangan."
        ) from gone
    except OSError as away:
        raise Refused("Penyimpanan berkas sedang tidak dapat dijangkau. Coba lagi sebentar lagi.") from away


def file_url(request: RegionRequest, version: Version | None) -> str:
    """The door to the file, or the link itself; empty if there is none."""
    if version is None:
        return ""
    return version.link or reverse("documents:file", args=[request.region.slug, version.document.code, version.number])


def _document(request: RegionRequest, code: str) -> Document:
    return get_object_or_404(queries.visible_to(request.user, request.region), code=code)
