"""A person's own pages; signing in and out is allauth's."""

from django.urls import path

from pamong.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.profile, name="profile"),
]
