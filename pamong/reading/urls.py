"""Pages of one document that show what was read in it; ``config.urls`` puts them beside those of the library."""

from django.urls import path

from pamong.reading import views

urlpatterns = [
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/isian/", views.fill, name="fill"),
    path("<str:code>/baca-ulang/", views.read_again, name="read_again"),
]
