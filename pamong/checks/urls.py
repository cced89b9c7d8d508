"""Where the machine's findings live, under the region's address."""

from django.urls import path

from pamong.assessments.urls import ENTRY, INDICATOR
from pamong.checks.views import expiring, faring, missing, reusing, reviewing

app_name = "checks"

urlpatterns = [
    path("", missing.missing, name="missing"),
    path("temuan/", faring.rules, name="rules"),
    path("temuan/unduh/", faring.export, name="export"),
    path("masa-berlaku/", expiring.listing, name="expiring"),
    path("masa-berlaku/pengingat/", expiring.reminders, name="reminders"),
    path("dokumen/<entry_code:code>/lampirkan/", reusing.from_document, name="attach"),
    path(f"{ENTRY}bawa/", reusing.carry, name="carry"),
    path(f"{INDICATOR}temuan/", reviewing.review, name="review"),
    path(f"{INDICATOR}lampirkan/", reusing.to_claim, name="attach_to_claim"),
]
