"""Every address of the site. Pages of a region stand under its slug; ``RegionMiddleware`` reads it."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from pamong.agencies import home, site_urls
from pamong.agencies import urls as agencies_urls
from pamong.agencies.views.accepting import invitation
from pamong.common.views import gallery
from pamong.config.health import health
from pamong.evidence import urls as evidence_urls
from pamong.notifications import inviting_urls
from pamong.ranking import urls as ranking_urls
from pamong.reading import urls as reading_urls

region_pages: list[URLPattern | URLResolver] = [
    path("inovasi/", include("pamong.innovations.urls")),
    path("dokumen/", include(([*evidence_urls.urlpatterns, *reading_urls.urlpatterns], "documents"))),
    path("penilaian/", include("pamong.assessments.urls")),
    path("verifikasi/", include("pamong.assessments.verification_urls")),
    path("pemeriksaan/", include("pamong.checks.urls")),
    path("hasil/", include("pamong.scoring.urls")),
    path("rencana/", include("pamong.planning.urls")),
    path("kelola/", include(([*agencies_urls.urlpatterns, *inviting_urls.region], "agencies"))),
    path("jejak/", include("pamong.agencies.trail_urls")),
    path("peringkat/", include("pamong.ranking.urls")),
    path("pesan-keluar/", include("pamong.notifications.urls")),
    path("", include("pamong.dashboards.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("bahasa/", set_language, name="set_language"),
    path("komponen/", gallery, name="gallery"),
    path("sehat/", health, name="health"),
    # The address is who one is: administrators change it. An account is joined to the single sign-on by its address only.
    path("akun/email/", RedirectView.as_view(pattern_name="accounts:profile"), name="account_email"),
    path("akun/3rdparty/", RedirectView.as_view(pattern_name="accounts:profile"), name="socialaccount_connections"),
    path("akun/", include("allauth.urls")),
    path("saya/", include("pamong.accounts.urls")),
    path("undangan/<str:token>/", invitation, name="invitation"),
    path("situs/", include(([*site_urls.urlpatterns, *inviting_urls.site, *ranking_urls.site], "site"))),
    path("<slug:region>/", include(region_pages)),
]
