"""What this feature says on pages of lower floors, by the place each page names."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from pamong.accounts.models import User
from pamong.assessments import policies as assessments
from pamong.assessments.models import Entry
from pamong.checks import queries
from pamong.checks.queries import Look, carrying, reuse
from pamong.checks.queries.missing import EDITABLE
from pamong.common.permit import Permit
from pamong.evidence.models import Document

KEPT = "_looks"  # on the request: the page of an entry shows twenty claims and asks once


def claim(request: HttpRequest, *, entry: Entry, indicator: str) -> str:
    """Beside a claim: advice and findings, for whoever prepares it."""
    look = _looks(request, entry).get(indicator)
    said = ""
    if look is not None and (look.is_due or look.examination):
        context = {"look": look, "entry": entry, "can_review": None}
        said = render_to_string("checks/_look.html", context, request)
    return mark_safe(said + _fits(request, entry, indicator))  # noqa: S308 (both are rendered templates)


def _fits(request: HttpRequest, entry: Entry, indicator: str) -> str:
    """Documents that would serve here too, for who may attach them."""
    user: User = request.user  # type: ignore[assignment]
    if entry.innovation_id is None or not assessments.can_claim(user, entry):
        return ""
    documents = reuse.for_claim(user, entry, indicator)
    context = {"documents": documents, "entry": entry, "indicator": indicator}
    return render_to_string("checks/_fits.html", context, request) if documents else ""


def document(request: HttpRequest, *, document: Document) -> str:
    """On the page of a document: where it would serve too."""
    proposals = reuse.proposals(request.user, document)  # type: ignore[arg-type]
    context = {"proposals": proposals, "document": document}
    return render_to_string("checks/_proposals.html", context, request) if proposals else ""


def taking_part(request: HttpRequest, *, entry: Entry) -> str:
    """On the page of an entry that can still be changed: the way to last year's proofs."""
    if entry.innovation_id is None or entry.state not in EDITABLE:
        return ""
    earlier = carrying.before(entry)
    context = {"entry": entry, "earlier": earlier}
    return render_to_string("checks/_carry_link.html", context, request) if earlier else ""


def brief(request: HttpRequest, *, entry: Entry, indicator: str) -> str:
    """Beside the claim in a row of the completeness page: the advice, where it differs."""
    look = _looks(request, entry).get(indicator)
    return render_to_string("checks/_brief.html", {"look": look}, request) if look and look.differs else ""


def lacking(request: HttpRequest, *, entry: Entry, indicator: str) -> str:
    """What a row that is otherwise complete still lacks: findings that stand in the way or must be looked at."""
    look = _looks(request, entry).get(indicator)
    return (
        render_to_string("checks/_lacking.html", {"look": look}, request)
        if look and (look.blocks or look.warns)
        else ""
    )


def verdict(request: HttpRequest, *, entry: Entry, indicator: str, can_review: Permit) -> str:
    """Beside the documents a verifier judges: the same findings, to accept or dismiss for who ``can_review``."""
    look = _looks(request, entry).get(indicator)
    if look is None or not (look.is_due or look.examination):
        return ""
    return render_to_string("checks/_look.html", {"look": look, "entry": entry, "can_review": can_review}, request)


def regulation(request: HttpRequest, *, entry: Entry | str) -> str:
    """Among what the rules say of an innovation: is its name in the regulation? Before it takes part nobody knows."""
    if not isinstance(entry, Entry):
        return ""
    look = _looks(request, entry).get("16")
    said = [each for each in look.findings if each.row.rule == "name" and not each.is_dismissed] if look else []
    return render_to_string("checks/_regulation.html", {"said": said[0], "entry": entry}, request) if said else ""


def _looks(request: HttpRequest, entry: Entry) -> dict[str, Look]:
    kept: dict[int, dict[str, Look]] = request.__dict__.setdefault(KEPT, {})
    if entry.pk not in kept:
        kept[entry.pk] = queries.looks(entry)
    return kept[entry.pk]


PLACES: dict[str, Callable[..., str]] = {
    "claim": claim,
    "brief": brief,
    "document": document,
    "entry": taking_part,
    "lacking": lacking,
    "verdict": verdict,
    "regulation": regulation,
}
