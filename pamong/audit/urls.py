"""Where this feature lives, under the region's address."""

from django.urls import URLPattern

app_name = "audit"

urlpatterns: list[URLPattern] = []
