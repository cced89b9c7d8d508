"""What can be computed about ranks in the background, and how far it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a run computes."""

    ROBUSTNESS = "robustness", _("Kekokohan peringkat")
    FORECAST = "forecast", _("Prakiraan peringkat")
    COMPOSITE = "composite", _("Simulasi indeks komposit")
    NATION = "nation", _("Kekokohan peringkat semua daerah")


class State(models.TextChoices):
    """``queued`` → ``running`` → ``done`` or ``failed``; ``cancelled`` from either of the first two."""

    QUEUED = "queued", _("Menunggu")
    RUNNING = "running", _("Dihitung")
    DONE = "done", _("Selesai")
    FAILED = "failed", _("Tidak dapat dihitung")
    CANCELLED = "cancelled", _("Dibatalkan")


UNDER_WAY = (State.QUEUED, State.RUNNING)
