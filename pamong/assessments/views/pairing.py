"""The inbox as a table: which file proves which indicators of which innovation, with guesses filled in already."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pamong.agencies.http import RegionRequest
from pamong.assessments import packing, policies
from pamong.assessments.actions import claiming
from pamong.assessments.forms import PairForm
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.pairing import Guess, guess, open_to
from pamong.assessments.views.years import assessment_or_404, get_or_post
from pamong.common.paging import page_of
from pamong.common.permit import Refused
from pamong.evidence.models import Arrival, Document
from pamong.evidence.queries import same_files, usable
from pamong.reading.models import Finding, Reading
from pamong.reading.offering import fill_in
from pamong.reading.queries import of_arrivals
from pamong.reading.states import State as Read

SHOWN = 50


@dataclass
class Row:
    """One file, its form, the document the library has of it already, what was guessed and read, what stands in its way."""

    arrival: Arrival
    form: PairForm
    same: Document | None
    guessed: Guess
    reading: Reading | None
    reasons: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether what the document is must be looked at: it is wrong, or nobody knows it yet."""
        return bool(self.reasons or self.form.errors or not self.form["subject"].value())

    @property
    def says(self) -> str:
        """What the document is, in a line."""
        about = self.guessed.about
        parts = [about[name].shown for name in ("instrument", "number", "dated", "subject") if name in about]
        return " · ".join(parts)

    @property
    def grave(self) -> list[Finding]:
        """What the machine found that makes the file prove nothing, or that somebody must look at."""
        found = self.reading.findings.all() if self.reading else ()
        return [each for each in found if each.is_grave]


@get_or_post
def pair(request: RegionRequest, year: int) -> HttpResponse:
    """Fifty files at a time. What is right is kept, what is not stays with its reason; the rest waits in the inbox."""
    assessment = assessment_or_404(request, year)
    policies.can_pair_any(request.user, assessment).require()
    entries = {each.code: each for each in open_to(request.user, assessment)}
    page = page_of(usable(request.user, request.region), request, per_page=SHOWN)
    rows = _rows(request, assessment, list(page.object_list), entries)
    status = 200
    if request.method == "POST":
        rows = _paired(request, rows, entries)
        if not any(row.reasons or row.form.errors for row in rows):
            return redirect("assessments:pair", request.region.slug, year)
        status = 422
    names = [(each.code, each.name) for each in (*assessment.edition.innovation, *assessment.edition.institution)]
    context = {"assessment": assessment, "rows": rows, "page": page, "entries": entries, "indicators": names}
    context["being_read"] = sum(bool(row.reading and row.reading.is_under_way) for row in rows)
    return render(request, "assessments/pair.html", context, status=status)


def _rows(
    request: RegionRequest, assessment: Assessment, arrivals: list[Arrival], entries: dict[str, Entry]
) -> list[Row]:
    same = same_files(request.user, request.region, arrivals)
    codes = {code: packing.codes_of(entry) for code, entry in entries.items()}
    every = tuple(dict.fromkeys(code for each in codes.values() for code in each))
    readings = of_arrivals(arrivals, text=True)
    rows = []
    for arrival in arrivals:
        reading = readings.get(arrival.pk)
        facts = reading.seen if reading and reading.state == Read.DONE else None
        guessed = guess(arrival, list(entries.values()), assessment.edition, every, facts)
        initial = {"entry": guessed.entry, "indicators": ", ".join(guessed.indicators)}
        typed = request.POST if request.method == "POST" and f"{arrival.code}-entry" in request.POST else None
        form = PairForm(typed, prefix=arrival.code, initial=initial, entries=entries, codes=codes)
        fill_in(form, guessed.about)
        rows.append(Row(arrival, form, same.get(arrival.code), guessed, reading))
    return rows


def _paired(request: RegionRequest, rows: list[Row], entries: dict[str, Entry]) -> list[Row]:
    """Do every row that can be done; returns those still to be seen to."""
    left, done, reused = [], 0, 0
    for row in rows:
        if not row.form.is_bound or not row.form.is_valid() or not row.form.is_wanted:
            left.append(row)
            continue
        data = row.form.cleaned_data
        try:
            _, is_new = claiming.pair(entries[data["entry"]], data["codes"], row.arrival, by=request.user, about=row.form.about())  # fmt: skip
        except Refused as refused:
            row.reasons = refused.reasons
            left.append(row)
            continue
        done, reused = done + 1, reused + (not is_new)
    if done:
        again = f" {reused} di antaranya sudah ada di pustaka; dokumen itulah yang dilampirkan." if reused else ""
        messages.success(request, f"{done} berkas dilampirkan sebagai bukti.{again}")
    return left
