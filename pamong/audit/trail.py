"""Reading the trail: of one region, or of one thing."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from pamong.audit.models import Chain, Check, Event

# First word of an act → what it is about, for the filter.
ABOUT = {
    "innovation": "Inovasi",
    "document": "Dokumen",
    "assessment": "Tahun penilaian",
    "entry": "Keikutsertaan",
    "claim": "Klaim",
    "proof": "Bukti",
    "verdict": "Hasil verifikasi",
    "verification": "Verifikasi",
    "sentence": "Kalimat alasan",
    "returned": "Hasil kementerian",
    "agency": "Instansi",
    "steward": "Pamong",
    "role": "Peran",
    "invitation": "Undangan",
    "account": "Akun",
    "person": "Profil orang",
    "region": "Daerah dan pengaturannya",
    "targets": "Target",
    "message": "Pesan keluar",
}


def of(target: models.Model) -> QuerySet[Event]:
    """Everything that was done to ``target``, newest first. The caller has already made sure it may be seen."""
    return Event.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).order_by("-number")


def of_chain(name: str) -> QuerySet[Event]:
    """Every act of one chain (a region's code, or ``site``), newest first."""
    return Event.objects.filter(chain=name).order_by("-number")


def search(
    events: QuerySet[Event],
    *,
    words: str = "",
    person: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Narrow by words of the sentence or of the act's code, by name of the person, by what it is about, and by days (both included)."""
    if words:
        events = events.filter(Q(says__icontains=words) | Q(act=words) | Q(target_id=words))
    if person:
        events = events.filter(actor__icontains=person)
    if about in ABOUT:
        events = events.filter(act__startswith=about)
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(date.fromordinal(until.toordinal() + 1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def length(name: str) -> int:
    """How many links the chain has."""
    return Chain.objects.filter(pk=name).values_list("length", flat=True).first() or 0


def last_check(name: str) -> Check | None:
    """What the last examination of the chain found; ``None`` if it was never examined."""
    return Check.objects.filter(pk=name).first()
