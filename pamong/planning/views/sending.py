"""Which innovations to send."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pamong.agencies.http import RegionRequest
from pamong.common.sheets import xlsx_response
from pamong.planning import charts, policies
from pamong.planning.actions.supposing import set_chances
from pamong.planning.forms.efforts import ChancesForm
from pamong.planning.queries import portfolio as queries
from pamong.planning.queries.ground import ground
from pamong.planning.views.common import open_to_readers, tabs, year_or_404

HEADERS = ("Inovasi", "Instansi", "Kematangan", "Peluang diterima (%)", "Saran", "Pengaruh pada indeks", "Alasan")


@require_http_methods(["GET", "HEAD", "POST"])
def portfolio(request: RegionRequest) -> HttpResponse:
    """The best set to send, what each single one does, and where one more begins to cost."""
    open_to_readers(request)
    assessment = year_or_404(request)
    can_set = policies.can_plan(request.user, request.region)
    found = queries.choice(ground(assessment))
    form, status = ChancesForm(rows=found.rows), 200
    if request.method == "POST":
        can_set.require()
        form, status = ChancesForm(request.POST, rows=found.rows), 422
        if form.is_valid():
            set_chances(assessment, form.chances, by=request.user)
            messages.success(request, "Peluang tersimpan, hitungan diperbarui.")
            return redirect(reverse("planning:portfolio", args=[request.region.slug]) + f"?tahun={assessment.year}")
    if request.GET.get("format") == "xlsx":
        rows = (
            (r.item.name, r.item.agency_name, r.maturity, r.percent, r.advice, r.effect, r.barred) for r in found.rows
        )
        return xlsx_response(f"kiriman-{request.region.slug}-{assessment.year}", HEADERS, rows)
    named = {each.name: form[each.name] for each in form}
    context = {
        "assessment": assessment,
        "tabs": tabs(request, assessment),
        "choice": found,
        "rows": [(row, named.get(f"c{row.item.pk}") if can_set else None) for row in found.rows],
        "chart": charts.curve([(float(sent), float(index)) for sent, index in found.points], from_zero=False),
        "form": form,
        "can_set": can_set,
    }
    return render(request, "planning/portfolio.html", context, status=status)
