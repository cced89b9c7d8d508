"""Index runs, sealed snapshots, and figures of years before Pamong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Region
from pamong.assessments.models import Assessment


class IndexScore(models.Model):
    """The latest computed indices of an assessment, in hundredths, for ranking across regions."""

    assessment = models.OneToOneField(Assessment, models.CASCADE, primary_key=True, related_name="index_score")
    claimed = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)


class Snapshot(models.Model):
    """Inputs, rules digest and lines of an index at one moment; the same inputs give the same figures for ever."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="snapshots")
    value = models.CharField(max_length=10, choices=[("claimed", _("klaim")), ("verified", _("terverifikasi"))])
    edition_code = models.CharField(max_length=30)
    edition_digest = models.CharField(max_length=64)
    inputs = models.JSONField()
    result = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)


class PastFigure(models.Model):
    """A published figure of a year Pamong did not compute, with where it was published."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    reported = models.PositiveIntegerField(null=True)
    index = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    rank_of = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=400)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=("region", "year"), name="past_figure_once"),)
