"""The states of a file on its way into the library."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reception(TextChoices):
    """Of an arrival. Nothing of it can be read or used before it is ``READY``: until then it is in quarantine."""

    RECEIVING = "receiving", _("Belum terkirim seluruhnya")
    WAITING = "waiting", _("Sedang diperiksa")
    READY = "ready", _("Siap dipakai")
    REFUSED = "refused", _("Ditolak")
    STUCK = "stuck", _("Belum dapat diperiksa")
    UNPACKED = "unpacked", _("Sudah dibongkar")
    FILED = "filed", _("Sudah menjadi dokumen")


# What still lies in the inbox for its person to do something about.
OPEN = (Reception.RECEIVING, Reception.WAITING, Reception.READY, Reception.REFUSED, Reception.STUCK)
# Whose pieces are still needed.
UNCHECKED = (Reception.RECEIVING, Reception.WAITING, Reception.STUCK)
