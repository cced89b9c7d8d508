"""Published results of regions by year, the groups regions are compared in, and what was computed about ranks.

A result names its region by the ministry's code, not by a tenant: most regions of a table do not use Pamong.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Region
from pamong.common.codes import new_code
from pamong.ranking.states import UNDER_WAY, Kind, State


class Series(models.Model):
    """Results that may be compared with one another: one measure, one method. Other methods are other series."""

    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=40)
    method = models.TextField(_("cara mengukur"))
    top = models.DecimalField(_("nilai tertinggi"), max_digits=9, decimal_places=2, null=True)
    position = models.PositiveSmallIntegerField(default=0)
    invented = models.BooleanField(default=False, help_text="Example data; every page that shows it says so.")

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """One year of a series. ``regions``: how many the source says were measured; with fewer rows the table is not whole."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="publications")
    year = models.PositiveSmallIntegerField(_("tahun"))
    regions = models.PositiveIntegerField(_("jumlah daerah yang dinilai"), null=True)
    source = models.CharField(_("sumber"), max_length=400)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("series__position", "-year")
        constraints = (models.UniqueConstraint(fields=("series", "year"), name="publication_once"),)

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Result(models.Model):
    """What was published about one region. ``rank`` is as published, ``rank_among`` among whom; empty where unknown."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="results")
    code = models.CharField(_("kode wilayah"), max_length=10)
    name = models.CharField(_("nama"), max_length=120)
    value = models.DecimalField(_("nilai"), max_digits=9, decimal_places=2)
    rank = models.PositiveIntegerField(_("peringkat diumumkan"), null=True)
    rank_among = models.CharField(_("di antara"), max_length=80, blank=True)
    source = models.CharField(_("sumber"), max_length=400, blank=True)

    class Meta:
        ordering = ("-value", "code")
        constraints = (models.UniqueConstraint(fields=("publication", "code"), name="result_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.publication}"


class Cluster(models.Model):
    """A group regions are compared in, by a decree or a law: left behind, at the border, Papua."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    source = models.CharField(_("dasar"), max_length=400)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ClusterMember(models.Model):
    """One region of a cluster, by its code."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="members")
    code = models.CharField(_("kode wilayah"), max_length=10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("cluster", "code"), name="cluster_member_once"),)


class Run(models.Model):
    """One computation about ranks, saved with what was asked, which data and rules it read, its seed and its result.

    The same ``asked`` over the same ``data`` gives the same ``result``, to the digit. A simulation by one's own weights
    is one's own until it is ``shared``; everything else is the region's."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveSmallIntegerField(default=0, help_text="Parts done, of ``parts``.")
    parts = models.PositiveSmallIntegerField(default=0)
    asked = models.JSONField()
    data = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared = models.BooleanField(default=False)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_private(self) -> bool:
        """Whether only who asked for it sees it."""
        return self.kind == Kind.COMPOSITE and not self.shared
