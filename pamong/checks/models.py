"""What the machine found in the evidence of a claim, and what verifiers said of it. Apart from claim and verdict, on purpose.

Nothing here is read when an index is computed: advice is no level anybody claimed or found.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Region
from pamong.assessments.models import Claim, Entry
from pamong.evidence.models import Document, Version


class Severity(models.TextChoices):
    """As ``reading.facts.Severity``."""

    BLOCKS = "blocks", _("Menghalangi")
    WARNS = "warns", _("Perlu dilihat")
    INFORMS = "informs", _("Keterangan")


class Examination(models.Model):
    """The last look at one claim: of which versions of claim, rules and innovation, and what level the evidence supports.

    ``advice`` is ``None`` where no rule can tell. ``unread``: documents the reader has not seen yet. ``fingerprint``: everything
    the look depended on; when that differs from what is there now, the claim is looked at again.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    claim = models.OneToOneField(Claim, models.CASCADE, related_name="examination")
    claim_version = models.PositiveIntegerField()
    rules = models.CharField(max_length=64, db_index=True)
    fingerprint = models.CharField(max_length=64)
    advice = models.PositiveSmallIntegerField(null=True)
    unread = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(advice__isnull=True) | Q(advice__lte=3), name="advice_level_0_to_3"),
        )


class Finding(models.Model):
    """One thing a rule says of a claim. ``key`` stays the same while it says the same of the same version of a document."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    examination = models.ForeignKey(Examination, models.CASCADE, related_name="findings")
    key = models.CharField(max_length=32)
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    message = models.TextField()
    remedy = models.TextField(blank=True)
    asks = models.TextField(blank=True)
    source = models.CharField(max_length=40, blank=True)
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, null=True, related_name="+")
    page = models.PositiveIntegerField(default=0)
    passage = models.TextField(blank=True)
    supports = models.PositiveSmallIntegerField(null=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("examination", "key"), name="finding_once"),)
        indexes = (models.Index(fields=("region", "severity", "rule"), name="finding_by_rule"),)


class Review(models.Model):
    """A verifier's word on a finding: it is right, or it is dismissed with a reason. Kept when the finding is gone."""

    class Word(models.TextChoices):
        ACCEPTED = "accepted", _("benar")
        DISMISSED = "dismissed", _("ditepis")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    indicator = models.CharField(max_length=4)
    key = models.CharField(max_length=32)
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    message = models.TextField()
    word = models.CharField(max_length=10, choices=Word.choices)
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "indicator", "key"), name="review_once"),
            models.CheckConstraint(
                condition=~Q(word="dismissed") | ~Q(reason=""), name="review_dismissed_for_a_reason"
            ),
        )


class Reminding(models.Model):
    """How many days before a proof goes stale its people are reminded; a region without a row keeps the usual ones."""

    USUAL = (90, 30, 7)

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    days = models.JSONField(default=list)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region",), name="reminding_once"),)
