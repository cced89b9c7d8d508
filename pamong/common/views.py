"""The gallery of components."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pamong.common.forms import SampleForm
from pamong.common.permit import no


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part pages are made of, with what to write to get it."""
    return render(
        request,
        "gallery.html",
        {
            "form": SampleForm(),
            "wrong": SampleForm({"design": "Baru dua kata"}, auto_id="salah_%s"),
            "permit": no("Bukti indikator 22 belum dilampirkan.", "Kepala perangkat daerah belum mengesahkan."),
            "page": Paginator(range(1234), 50).page(7),
            "tabs": [("profil", "Profil", "?bagian=profil"), ("bukti", "Bukti", "?bagian=bukti", 12)],
            "today": date(2026, 5, 3),
            "now": timezone.now(),
            "number": Decimal("12345.674"),
            "icons": ICONS.split(),
            "tones": ("neutral", "info", "good", "warn", "bad"),
            "rows": ROWS,
        },
    )


ROWS = (
    ("SIPPUT", "Dinas Sosial", "submitted", "Diajukan", "info", 42.5),
    ("Pak Waris", "Disdukcapil", "accepted", "Diterima", "good", 71),
    ("Kampung Organik", "Dinas Lingkungan Hidup", "returned", "Dikembalikan", "warn", 18.25),
)

ICONS = (
    "home innovation assessment verify document documents target settings trail outbox site user users agency region "
    "plus minus edit trash check close warning info error success arrow-right arrow-left chevron-down chevron-right "
    "menu search filter download upload print link external lock unlock key phone mail calendar clock flag eye comment "
    "return logout help star chart layers image video history globe scale play list shield copy refresh more building bell"
)
