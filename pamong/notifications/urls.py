"""Where a region's outbox lives, under the region's address."""

from django.urls import path

from pamong.notifications.views import outbox

app_name = "outbox"

urlpatterns = [
    path("", outbox.region, name="list"),
    path("unduh/", outbox.region_export, name="export"),
    path("<int:pk>/kirim-ulang/", outbox.region_resend, name="resend"),
]
