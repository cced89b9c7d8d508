"""The pages of the library that also say what was read in a file; ``config.urls`` puts them beside the others."""

from django.urls import path

from pamong.reading import views

urlpatterns = [
    path("", views.library, name="list"),
    path("ekspor/", views.export, name="export"),
    path("tambah/", views.add, name="add"),
    path("kotak-masuk/", views.inbox, name="inbox"),
    path("kotak-masuk/<str:code>/terbaca/", views.seen_in, name="seen_in"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/isian/", views.fill, name="fill"),
    path("<str:code>/mirip/<str:other>/", views.compare, name="compare"),
    path("<str:code>/baca-ulang/", views.read_again, name="read_again"),
]
