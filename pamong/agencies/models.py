"""Regions, their agencies, and who holds which role where."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.accounts.roles import ROLES, Scope


class Region(models.Model):
    """A province, kabupaten or kota: one tenant of the installation."""

    class Kind(models.TextChoices):
        PROVINSI = "provinsi", _("Provinsi")
        KABUPATEN = "kabupaten", _("Kabupaten")
        KOTA = "kota", _("Kota")

    code = models.CharField(_("kode wilayah"), max_length=10, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices)
    province_code = models.CharField(max_length=10, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(_("memakai Pamong"), default=False)
    endorsement_required = models.BooleanField(
        _("kepala perangkat daerah mengesahkan sebelum verifikasi"), default=True
    )
    notice = models.TextField(_("pengumuman"), blank=True)
    verification_days = models.PositiveSmallIntegerField(_("tenggat verifikasi (hari)"), default=14)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def region(self) -> Region:
        """Itself: a region's own acts are recorded in its own chain."""
        return self


class Boundary(models.Model):
    """Where a region ends, as brought by an administrator of the site: thinned rings of ``[longitude, latitude]``."""

    region = models.OneToOneField(Region, models.CASCADE, related_name="boundary")
    rings = models.JSONField()
    source = models.CharField(_("sumber"), max_length=200, blank=True)
    licence = models.CharField(_("lisensi"), max_length=200, blank=True)

    objects = ScopedManager(region="region")


class Agency(models.Model):
    """A unit that reports innovations. ``path`` lists the ids from the root (``/3/17/``): a subtree is a prefix."""

    class Kind(models.TextChoices):
        OPD = "opd", _("Perangkat daerah (OPD)")
        UPTD = "uptd", _("UPTD")
        PUSKESMAS = "puskesmas", _("Puskesmas")
        RSUD = "rsud", _("Rumah sakit daerah")
        SCHOOL = "sekolah", _("Sekolah")
        KECAMATAN = "kecamatan", _("Kecamatan")
        KELURAHAN = "kelurahan", _("Kelurahan/desa")
        BUMD = "bumd", _("BUMD")

    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    slug = models.SlugField(max_length=80)
    name = models.CharField(_("nama"), max_length=160)
    short_name = models.CharField(_("singkatan"), max_length=40, blank=True)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, default=Kind.OPD)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("induk")
    )
    path = models.CharField(max_length=200, editable=False, db_index=True)
    closed_on = models.DateField(_("berhenti sejak"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("region", "slug"), name="agency_slug_once"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(closed_on__isnull=False), name="agency_successor_closed"
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name


class AgencyChange(models.Model):
    """What happened to an agency: renamed, merged into another, closed. Names of the past stay findable."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("berganti nama")
        MERGED = "merged", _("digabung")
        CLOSED = "closed", _("dihapus")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField(_("sejak tanggal"))
    old_name = models.CharField(max_length=160)
    new_name = models.CharField(max_length=160, blank=True)
    basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.old_name} {self.get_kind_display()}" + (f" → {self.new_name}" if self.new_name else "")


ROLE_CHOICES = [(role.value, info.label) for role, info in ROLES.items()]


def _roles_in(*scopes: Scope) -> list[str]:
    return [role.value for role, info in ROLES.items() if info.scope in scopes]


class Membership(models.Model):
    """One role of one person in one scope, from a day until a day.

    A region-wide role may name an ``agency`` too: it is then the person's own office, whose work they never judge.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("peran"), max_length=20, choices=ROLE_CHOICES)
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="memberships")
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("instansi")
    )
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    # Set when the role was taken away at once: it no longer holds on its last day either.
    stopped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"),
            models.CheckConstraint(condition=Q(stopped_at__isnull=True) | Q(ends_on__isnull=False), name="membership_stopped_has_end"),
            models.CheckConstraint(condition=~Q(role__in=_roles_in(Scope.SITE)) | Q(region__isnull=True, agency__isnull=True), name="membership_site_without_region"),
            models.CheckConstraint(condition=~Q(role__in=_roles_in(Scope.REGION)) | Q(region__isnull=False), name="membership_region_named"),
            models.CheckConstraint(condition=~Q(role__in=_roles_in(Scope.AGENCY)) | Q(region__isnull=False, agency__isnull=False), name="membership_agency_named"),
            models.UniqueConstraint(fields=("person", "role"), condition=Q(ends_on__isnull=True, region__isnull=True), name="membership_open_once_site"),
            models.UniqueConstraint(fields=("person", "role", "region"), condition=Q(ends_on__isnull=True, agency__isnull=True), name="membership_open_once_region"),
            models.UniqueConstraint(fields=("person", "role", "agency"), condition=Q(ends_on__isnull=True, agency__isnull=False), name="membership_open_once_agency"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.agency or self.region or 'situs'}"


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A role held out to an e-mail address; whoever opens the link first takes it."""

    token = models.CharField(max_length=64, unique=True, default=new_token)
    email = models.EmailField(_("alamat surel"))
    name = models.CharField(_("nama"), max_length=150)
    role = models.CharField(_("peran"), max_length=20, choices=ROLE_CHOICES)
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="invitations")
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("instansi")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        # One open invitation per address and seat: a double click holds out one role, not two.
        constraints = (
            models.UniqueConstraint(fields=("email", "role"), condition=Q(accepted_at__isnull=True, revoked_at__isnull=True, region__isnull=True), name="invitation_open_once_site"),
            models.UniqueConstraint(fields=("email", "role", "region"), condition=Q(accepted_at__isnull=True, revoked_at__isnull=True, agency__isnull=True), name="invitation_open_once_region"),
            models.UniqueConstraint(fields=("email", "role", "agency"), condition=Q(accepted_at__isnull=True, revoked_at__isnull=True, agency__isnull=False), name="invitation_open_once_agency"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        """Not yet taken, withdrawn or run out."""
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()


class Steward(models.Model):
    """A *pamong inovasi*: the person in an agency who keeps its innovations moving, and who came before and after."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="stewards")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stewardships")
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    handed_to = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="handed_from")
    handover_note = models.TextField(_("catatan serah terima"), blank=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="steward_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=("agency", "person"), condition=Q(ends_on__isnull=True), name="steward_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.agency}"


class Target(models.Model):
    """How many innovations each agency of a kind owes in a year (*one innovation one agency*), with its legal basis."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("tahun"))
    kind = models.CharField(_("jenis instansi"), max_length=12, choices=Agency.Kind.choices)
    minimum = models.PositiveSmallIntegerField(_("sedikitnya"), default=1)
    basis = models.CharField(_("dasar"), max_length=200, blank=True)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "year", "kind"), name="target_once"),)
