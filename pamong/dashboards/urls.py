"""Where the figures live: the region's own address, its agencies, its compliance."""

from django.urls import path

from pamong.dashboards import head_views as head
from pamong.dashboards import moved_views as moved
from pamong.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.region, name="region"),
    path("instansi/<slug:slug>/", views.agency, name="agency"),
    path("sebab/", moved.moved, name="moved"),
    path("ringkas/", head.head, name="head"),
    path("ringkas/unduh/", head.head_pdf, name="head_pdf"),
    path("kepatuhan/", views.compliance, name="compliance"),
]
