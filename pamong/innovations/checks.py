"""What cannot be, whatever is still missing: the same answer for a form and for an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from pamong.innovations.models import Innovation
from pamong.innovations.states import APPLIED

_DATES = {
    "since": "Sejak",
    "trial_on": "Waktu uji coba",
    "applied_on": "Waktu penerapan",
    "developed_on": "Pengembangan",
}


def is_applied(innovation: Innovation) -> bool:
    """Whether it has been applied, be it running, dormant or stopped now."""
    return innovation.stage in APPLIED


def profile_faults(profile: Mapping[str, Any]) -> dict[str, str]:
    """Field to reason for everything in ``profile`` that cannot be. What is empty is not wrong."""
    faults = {
        field: f"{label}: tanggal {profile[field]:%d/%m/%Y} belum terjadi."
        for field, label in _DATES.items()
        if profile.get(field) and profile[field] > timezone.localdate()
    }
    if not profile.get("name"):
        faults["name"] = "Nama inovasi tidak boleh kosong."
    if _after(profile.get("trial_on"), profile.get("applied_on")):
        faults.setdefault("trial_on", "Waktu uji coba tidak boleh sesudah waktu penerapan. Perbaiki salah satunya.")
    if _after(profile.get("applied_on"), profile.get("developed_on")):
        faults.setdefault("developed_on", "Pengembangan tidak boleh lebih awal daripada waktu penerapan.")
    if (profile.get("latitude") is None) != (profile.get("longitude") is None):
        faults["coordinate"] = "Titik koordinat memerlukan lintang dan bujur."
    return faults


def _after(first: date | None, second: date | None) -> bool:
    return first is not None and second is not None and first > second
