"""The installation's own pages, for its administrators."""

from django.urls import URLPattern

app_name = "site"

urlpatterns: list[URLPattern] = []
