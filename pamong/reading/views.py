"""The library, searched by what stands in its documents; and the page of one, with what was read in it and found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pamong.agencies.http import RegionRequest, answer
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.common.sheets import xlsx_response
from pamong.evidence import policies as evidence
from pamong.evidence import queries as documents
from pamong.evidence.actions import correct, fingerprint
from pamong.evidence.forms import CorrectionForm, LibraryFilter
from pamong.evidence.models import Arrival, Document
from pamong.evidence.views import arrivals, detail_context
from pamong.evidence.views import library as library_pages
from pamong.reading import actions, offering, policies, queries, resembling, searching
from pamong.reading.facts import Facts
from pamong.reading.models import Reading
from pamong.reading.states import State

HEADERS = (
    "Kode", "Jenis", "Tentang", "Nomor", "Tanggal", "Penerbit", "Berlaku sejak", "Berlaku sampai", "Instansi",
    "Versi", "Nama berkas", "Tautan", "Ukuran (bita)", "SHA-256", "Diunggah",
)  # fmt: skip


@require_safe
def library(request: RegionRequest) -> HttpResponse:
    """Every document the person may read, searched and paged."""
    form = LibraryFilter(request.GET, agencies=documents.agencies_with_documents(request.user, request.region))
    found = searching.search(documents.visible_to(request.user, request.region), **form.wanted())
    page = page_of(found, request, per_page=50)
    _annotate(list(page), form.wanted()["words"])
    context = {
        "form": form,
        "page": page,
        "can_add": evidence.can_add_any(request.user, request.region),
        "is_filtered": any(form.wanted().values()),
    }
    return render(request, "evidence/list.html", context)


def _annotate(shown: list[Document], words: str) -> None:
    """Beside each document of the page: how many findings are grave, and where the words stand in its text."""
    counts = queries.graver([version for document in shown if (version := document.current)])
    places = searching.passages(shown, words)
    for document in shown:
        version = document.current
        document.grave = counts.get(version.pk) if version else None  # type: ignore[attr-defined]
        document.passage = places.get(document.pk)  # type: ignore[attr-defined]


@require_safe
def export(request: RegionRequest) -> HttpResponseBase:
    """What the library shows, as a workbook."""
    form = LibraryFilter(request.GET, agencies=documents.agencies_with_documents(request.user, request.region))
    found = searching.search(documents.visible_to(request.user, request.region), **form.wanted())
    return xlsx_response(f"dokumen-{request.region.slug}", HEADERS, _rows(found))


def _rows(found: Any) -> Iterator[list[Any]]:
    for document in found.iterator(chunk_size=500):
        version = document.current
        about = [
            document.code, document.get_instrument_display(), document.subject, document.number, document.dated,
            document.issuer, document.valid_from, document.valid_until,
            document.agency.name if document.agency else "Seluruh daerah",
        ]  # fmt: skip
        if version is None:
            yield [*about, *[""] * 6]
        else:
            yield [
                *about,
                version.number,
                version.original_name,
                version.link,
                version.size,
                version.sha256,
                version.at,
            ]


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
        "twins": resembling.twins_of(request.user, version),
        "can_read_again": policies.can_read_again(request.user, document, reading),
    }
    return render(request, "reading/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: RegionRequest) -> HttpResponse:
    """What a person has sent, with what was read in it."""
    return arrivals.inbox(request, _notes)


def _notes(sent: Iterable[Arrival]) -> dict[int, arrivals.Note]:
    return {pk: _note(reading) for pk, reading in queries.of_arrivals(sent).items()}


def _note(reading: Reading) -> arrivals.Note:
    done = reading.state == State.DONE
    told = offering.told(cast(Arrival, reading.arrival), reading.fields_seen) if done else {}
    says = " · ".join(told[name].shown for name in ("instrument", "number", "dated", "subject") if name in told)
    grave = (each for each in reading.findings.all() if each.is_grave)
    faults = tuple((each.tone, each.get_severity_display(), f"{each.title} {each.remedy}") for each in grave)
    return arrivals.Note(says, faults, reading.is_under_way)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: RegionRequest) -> HttpResponse:
    """Add a document to the library; what was read in the chosen file stands in the form, for a person to check."""

    def fill_in(form: BaseForm, arrival: Arrival) -> None:
        reading = queries.of_arrivals([arrival]).get(arrival.pk)
        offering.fill_in(form, offering.told(arrival, _fields_of(reading)))

    return library_pages.add(request, fill_in)


@require_safe
def seen_in(request: RegionRequest, code: str) -> JsonResponse:
    """What was read in a file of the inbox, for a form that is open: values by field, each with where it comes from."""
    arrival = get_object_or_404(documents.usable(request.user, request.region), code=code)
    reading = queries.of_arrivals([arrival]).get(arrival.pk)
    told = offering.told(arrival, _fields_of(reading))
    fields = {name: {"value": str(one.value), "hint": one.hint} for name, one in told.items()}
    return JsonResponse({"is_done": bool(reading and not reading.is_under_way), "fields": fields})


def _fields_of(reading: Reading | None) -> Facts | None:
    return reading.fields_seen if reading and reading.state == State.DONE else None


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: RegionRequest, code: str) -> HttpResponse:
    """The correction form, filled in with what was read; nothing is saved until the person says so."""
    document = _document(request, code)
    offers = offering.offers(document, _facts(document))
    form = CorrectionForm(
        request.POST or None,
        instance=document,
        initial={"base": fingerprint(document), **{offer.name: offer.value for offer in offers}},
    )

    def done(_: Document) -> HttpResponse:
        messages.success(request, "Data dokumen tersimpan.")
        return redirect("documents:detail", request.region.slug, code)

    return answer(
        request,
        form,
        act=lambda data: correct(document, by=request.user, **data),
        done=done,
        template="reading/fill.html",
        context={"document": _document(request, code), "offers": offers},
        permit=evidence.can_correct(request.user, document),
    )


@require_safe
def compare(request: RegionRequest, code: str, other: str) -> HttpResponse:
    """Two documents that are alike, side by side. Only for whoever may read both."""
    document = _document(request, code)
    twins = resembling.twins_of(request.user, document.current)
    twin = next((one for one in twins if one.document.code == other), None)
    if twin is None or document.current is None:
        raise Http404
    context = {"document": document, "twin": twin, "sides": resembling.sides(document, twin)}
    return render(request, "reading/compare.html", context)


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
