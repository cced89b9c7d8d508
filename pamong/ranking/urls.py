"""Where ranks live: under the region's address, and for bringing results under the site's."""

from django.urls import path

from pamong.ranking import views

app_name = "ranking"

urlpatterns = [
    path("", views.table, name="table"),
    path("unduh/", views.export, name="export"),
    path("riwayat/", views.history, name="history"),
]

site = [
    path("peringkat/", views.published, name="published"),
    path("peringkat/impor/", views.bring, name="results_bring"),
    path("peringkat/seri/", views.add_series, name="series_add"),
    path("peringkat/kelompok/", views.set_cluster, name="cluster_set"),
]
