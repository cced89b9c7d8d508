"""Where the document library lives, under the region's address. The page of one document stands in ``reading``."""

from django.urls import path

from pamong.evidence import views

app_name = "documents"

urlpatterns = [
    path("", views.library, name="list"),
    path("ekspor/", views.export, name="export"),
    path("tambah/", views.add, name="add"),
    path("<str:code>/koreksi/", views.correct, name="correct"),
    path("<str:code>/berkas/<int:number>/", views.file, name="file"),
]
