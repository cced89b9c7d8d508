"""How far a reading is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """``queued`` → ``reading`` → ``done``; back to ``queued`` when a worker was lost, ``failed`` after too many attempts."""

    QUEUED = "queued", _("Menunggu dibaca")
    READING = "reading", _("Sedang dibaca")
    DONE = "done", _("Sudah dibaca")
    FAILED = "failed", _("Tidak terbaca")


UNDER_WAY = (State.QUEUED, State.READING)
