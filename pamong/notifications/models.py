"""The outbox: no message leaves except from a row written in the transaction of the act it tells of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pamong.agencies.models import Region


class Message(models.Model):
    """One e-mail to one address."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        SENT = "sent", _("terkirim")
        FAILED = "failed", _("gagal")

    region = models.ForeignKey(Region, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages")
    to = models.EmailField(_("kepada"))
    subject = models.CharField(_("perihal"), max_length=200)
    body = models.TextField(_("isi"))
    key = models.CharField(max_length=120, blank=True, help_text="Two messages with one key are one message.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("key",), condition=~Q(key=""), name="message_key_once"),)
        indexes = (models.Index(fields=("state", "next_try_at"), name="message_waiting"),)

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
