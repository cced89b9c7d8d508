"""Where the document library lives, under the region's address. Pages that also say what was read in a file
(the lists, the inbox, a new document, one document) stand in ``reading``."""

from django.urls import path

from pamong.evidence.views import arrivals, library, quotas, tus

app_name = "documents"

urlpatterns = [
    path("penyimpanan/", quotas.listing, name="quotas"),
    path("penyimpanan/unduh/", quotas.export, name="quotas_export"),
    path("penyimpanan/<slug:slug>/", quotas.change, name="quota"),
    path("kotak-masuk/<str:code>/hapus/", arrivals.discard, name="discard"),
    path("kotak-masuk/<str:code>/periksa-lagi/", arrivals.try_again, name="try_again"),
    path("buka/<str:token>/", library.opened, name="opened"),
    path("kirim/", tus.send, name="send"),
    path("kirim/<str:code>/", tus.sent, name="sent"),
    path("<str:code>/koreksi/", library.correct, name="correct"),
    path("<str:code>/berkas/<int:number>/", library.file, name="file"),
]
