"""The gallery of components."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part pages are made of, with what to write to get it."""
    return render(request, "gallery.html")
