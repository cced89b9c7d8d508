"""Where the trail of a region lives. The feature is ``audit``'s; deciding who reads needs this floor."""

from django.urls import path

from pamong.agencies.views import trail

app_name = "audit"

urlpatterns = [
    path("", trail.region, name="list"),
    path("unduh/", trail.region_export, name="export"),
]
