"""The library's list and the page of a document, with what was read; ``config.urls`` puts them beside the others."""

from django.urls import path

from pamong.reading import views

urlpatterns = [
    path("", views.library, name="list"),
    path("ekspor/", views.export, name="export"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/isian/", views.fill, name="fill"),
    path("<str:code>/mirip/<str:other>/", views.compare, name="compare"),
    path("<str:code>/baca-ulang/", views.read_again, name="read_again"),
]
