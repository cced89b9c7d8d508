"""Where figures are taken apart, sealed and compared, under the region's address."""

from django.urls import path

from pamong.scoring import views

app_name = "scoring"

urlpatterns = [
    path("<int:year>/telusur/", views.trace, name="trace"),
    path("<int:year>/telusur/unduh/", views.export_trace, name="export-trace"),
    path("<int:year>/telusur/<slug:code>/", views.trace_entry, name="trace-entry"),
    path("<int:year>/telusur/<slug:code>/<slug:indicator>/", views.trace_indicator, name="trace-indicator"),
    path("<int:year>/tutup/", views.close, name="close"),
    path("<int:year>/potret/<slug:value>/", views.snapshot, name="snapshot"),
    path("<int:year>/potret/<slug:value>/masukan/", views.snapshot_inputs, name="snapshot-inputs"),
    path("<int:year>/kementerian/", views.returned, name="returned"),
    path("<int:year>/kementerian/indeks/", views.returned_index, name="returned-index"),
    path("<int:year>/kementerian/inovasi/", views.returned_innovations, name="returned-innovations"),
    path("<int:year>/kementerian/impor/", views.returned_import, name="returned-import"),
    path("<int:year>/kementerian/unduh/", views.export_returned, name="export-returned"),
]
