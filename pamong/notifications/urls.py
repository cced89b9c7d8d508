"""Where this feature lives, under the region's address."""

from django.urls import URLPattern

app_name = "outbox"

urlpatterns: list[URLPattern] = []
