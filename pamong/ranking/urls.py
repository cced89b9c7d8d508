"""Where ranks live: under the region's address, and for bringing results under the site's."""

from django.urls import path

from pamong.ranking.views import runs, tables

app_name = "ranking"

urlpatterns = [
    path("", tables.table, name="table"),
    path("unduh/", tables.export, name="export"),
    path("menuju/", tables.aim, name="toward"),
    path("riwayat/", tables.history, name="history"),
    path("hitung/", runs.runs, name="runs"),
    path("hitung/unduh/", runs.runs_export, name="runs_export"),
    path("hitung/kekokohan/", runs.robustness, name="robustness"),
    path("hitung/prakiraan/", runs.forecast, name="forecast"),
    path("hitung/simulasi/", runs.composite, name="composite"),
    path("hitung/idsd/", runs.idsd, name="idsd"),
    path("hitung/semua-daerah/", runs.nation, name="nation"),
    path("hitung/<str:code>/", runs.run, name="run"),
    path("hitung/<str:code>/unduh/", runs.export, name="run_export"),
    path("hitung/<str:code>/bagikan/", runs.share, name="run_share"),
    path("hitung/<str:code>/buang/", runs.discard, name="run_discard"),
    path("hitung/<str:code>/batalkan/", runs.cancel, name="run_cancel"),
]

site = [
    path("peringkat/", tables.published, name="published"),
    path("peringkat/unduh/", tables.published_export, name="published_export"),
    path("peringkat/impor/", tables.bring, name="results_bring"),
    path("peringkat/seri/", tables.add_series, name="series_add"),
    path("peringkat/kelompok/", tables.set_cluster, name="cluster_set"),
]
