"""Where verification lives, under the region's address."""

from django.urls import URLPattern

app_name = "verification"

urlpatterns: list[URLPattern] = []
