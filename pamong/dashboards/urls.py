"""Where the figures live: the region's own address, its agencies, its compliance."""

from django.urls import path

from pamong.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.region, name="region"),
    path("instansi/<slug:slug>/", views.agency, name="agency"),
    path("kepatuhan/", views.compliance, name="compliance"),
]
