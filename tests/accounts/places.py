"""Every page the navigation may lead to, as empty pages: which of them are shown is what is tested."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLResolver, include, path

from pamong.config.urls import urlpatterns as real


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def _pages(app: str, **names: str) -> tuple[list[object], str]:
    return [path(where, page, name=name) for name, where in names.items()], app


region_pages = [
    path("inovasi/", include(_pages("innovations", list="", detail="satu/"))),
    path("penilaian/", include(_pages("assessments", list=""))),
    path("verifikasi/", include(_pages("verification", queue=""))),
    path("dokumen/", include(_pages("documents", list=""))),
    path("kelola/", include(_pages("agencies", manage="", list="instansi/"))),
    path("hasil/", include(_pages("scoring", trace="2026/telusur/"))),
    path("jejak/", include(_pages("audit", list=""))),
    path("pesan-keluar/", include(_pages("outbox", list=""))),
    path("", include(_pages("dashboards", region="", compliance="kepatuhan/"))),
]

urlpatterns = [
    path("situs/", include(_pages("site", home=""))),
    path("<slug:region>/", include(region_pages)),
    *(one for one in real if not (isinstance(one, URLResolver) and str(one.pattern) in ("situs/", "<slug:region>/"))),
]
