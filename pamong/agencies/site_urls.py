"""The installation's own pages, for its administrators. ``config`` adds the outbox and inviting, one floor higher."""

from django.urls import path

from pamong.agencies.views import site, trail

app_name = "site"

urlpatterns = [
    path("", site.home, name="home"),
    path("daerah/", site.region_list, name="regions"),
    path("daerah/unduh/", site.region_export, name="regions_export"),
    path("daerah/tambah/", site.region_add, name="region_add"),
    path("daerah/impor/", site.region_import, name="region_import"),
    path("daerah/batas/", site.boundaries, name="boundaries"),
    path("daerah/<slug:slug>/perbaiki/", site.region_edit, name="region_edit"),
    path("daerah/<slug:slug>/keadaan/", site.region_switch, name="region_switch"),
    path("orang/", site.persons, name="people"),
    path("orang/unduh/", site.people_export, name="people_export"),
    path("orang/<int:pk>/", site.person, name="person"),
    path("orang/<int:pk>/keadaan/", site.person_switch, name="person_switch"),
    path("peran/<int:pk>/akhiri/", site.end, name="end"),
    path("undangan/", site.invitations, name="invitations"),
    path("undangan/unduh/", site.invitations_export, name="invitations_export"),
    path("undangan/<int:pk>/cabut/", site.revoke, name="revoke"),
    path("jejak/", trail.site, name="trail"),
    path("jejak/unduh/", trail.site_export, name="trail_export"),
    path("jejak/periksa/", trail.site_check, name="trail_check"),
]
