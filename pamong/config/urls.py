"""Every address of the site. Pages of a region stand under its slug; ``RegionMiddleware`` reads it."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from pamong.agencies import home
from pamong.common.views import gallery
from pamong.config.health import health

region_pages: list[URLPattern | URLResolver] = [
    path("inovasi/", include("pamong.innovations.urls")),
    path("dokumen/", include("pamong.evidence.urls")),
    path("penilaian/", include("pamong.assessments.urls")),
    path("verifikasi/", include("pamong.assessments.verification_urls")),
    path("hasil/", include("pamong.scoring.urls")),
    path("kelola/", include("pamong.agencies.urls")),
    path("jejak/", include("pamong.audit.urls")),
    path("pesan-keluar/", include("pamong.notifications.urls")),
    path("", include("pamong.dashboards.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("bahasa/", set_language, name="set_language"),
    path("komponen/", gallery, name="gallery"),
    path("sehat/", health, name="health"),
    path("akun/", include("allauth.urls")),
    path("saya/", include("pamong.accounts.urls")),
    path("situs/", include("pamong.agencies.site_urls")),
    path("<slug:region>/", include(region_pages)),
]
