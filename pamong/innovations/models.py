"""The innovation: one record, entered once. Its profile, its life, its drafts."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from simple_history.models import HistoricalRecords

from pamong.agencies.models import Agency, Region
from pamong.common.codes import new_code
from pamong.evidence.models import Document
from pamong.innovations.states import Stage


class Innovation(models.Model):
    """One public innovation. Texts keep their history; ``version`` tells two writers apart.

    Choices that change with the year (theme, programme, affair) are stored as the codes of the edition.
    """

    class Kind(models.TextChoices):
        DIGITAL = "digital", _("Digital")
        NON_DIGITAL = "non-digital", _("Non-digital")

    class Form(models.TextChoices):
        GOVERNANCE = "tata-kelola", _("Inovasi tata kelola pemerintahan daerah")
        SERVICE = "pelayanan-publik", _("Inovasi pelayanan publik")
        OTHER = "lainnya", _("Inovasi lainnya sesuai urusan kewenangan daerah")

    class Initiator(models.TextChoices):
        REGION_HEAD = "kepala-daerah", _("Kepala daerah")
        COUNCIL = "anggota-dprd", _("Anggota DPRD")
        AGENCY = "perangkat-daerah", _("Perangkat daerah")
        OFFICIAL = "asn", _("ASN")
        CITIZEN = "masyarakat", _("Anggota masyarakat")

    class Classification(models.TextChoices):
        AGENCY = "perangkat-daerah", _("Inovasi perangkat daerah")
        VILLAGE = "desa-kelurahan", _("Inovasi desa dan kelurahan")
        COMMUNITY = "masyarakat", _("Inovasi masyarakat")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="innovations", verbose_name=_("perangkat daerah"))
    stage = models.CharField(_("tahapan"), max_length=12, choices=Stage.choices, default=Stage.IDEA)
    version = models.PositiveIntegerField(default=1)

    name = models.CharField(_("nama inovasi"), max_length=200)
    changed = models.TextField(_("apa yang berubah"), blank=True)
    since = models.DateField(_("sejak"), null=True, blank=True)

    initiator = models.CharField(_("inisiator"), max_length=20, choices=Initiator.choices, blank=True)
    initiator_name = models.CharField(_("nama inisiator"), max_length=200, blank=True)
    classification = models.CharField(_("klasifikasi"), max_length=20, choices=Classification.choices, blank=True)
    kind = models.CharField(_("jenis"), max_length=12, choices=Kind.choices, blank=True)
    form = models.CharField(_("bentuk"), max_length=20, choices=Form.choices, blank=True)
    theme = models.CharField(_("tematik"), max_length=60, blank=True)
    programme = models.CharField(_("program prioritas (PKPN)"), max_length=60, blank=True)
    affair = models.CharField(_("urusan utama"), max_length=40, blank=True)
    other_affairs = models.JSONField(_("urusan lain yang beririsan"), default=list, blank=True)
    latitude = models.DecimalField(
        _("lintang"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("bujur"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    trial_on = models.DateField(_("waktu uji coba"), null=True, blank=True)
    applied_on = models.DateField(_("waktu penerapan"), null=True, blank=True)
    developed_on = models.DateField(_("pengembangan terbaru"), null=True, blank=True)
    development = models.TextField(_("penjelasan pengembangan"), blank=True)

    legal_basis = models.TextField(_("dasar hukum"), blank=True)
    problem = models.TextField(_("permasalahan"), blank=True)
    strategic_issue = models.TextField(_("isu strategis"), blank=True)
    method = models.TextField(_("metode pembaharuan"), blank=True)
    novelty = models.TextField(_("keunggulan dan kebaharuan"), blank=True)
    steps = models.TextField(_("tahapan/cara kerja"), blank=True)
    purpose = models.TextField(_("tujuan"), blank=True)
    benefit = models.TextField(_("manfaat"), blank=True)
    result = models.TextField(_("hasil inovasi"), blank=True)

    criterion_renewal = models.TextField(_("mengandung pembaharuan"), blank=True)
    criterion_benefit = models.TextField(_("memberi manfaat"), blank=True)
    criterion_no_burden = models.TextField(
        _("tidak membebani atau membatasi masyarakat secara melawan hukum"), blank=True
    )
    criterion_authority = models.TextField(_("urusan kewenangan daerah"), blank=True)
    criterion_replicable = models.TextField(_("dapat direplikasi"), blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(region="region")
    history = HistoricalRecords(excluded_fields=["created_at", "updated_at"])

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint("region", Lower("name"), name="innovation_name_once"),)

    def __str__(self) -> str:
        return self.name

    # What a person may write in the profile. Stage, agency and region change by acts of their own.
    PROFILE = (
        "name", "changed", "since", "initiator", "initiator_name", "classification", "kind", "form", "theme", "programme",
        "affair", "other_affairs", "latitude", "longitude", "trial_on", "applied_on", "developed_on", "development",
        "legal_basis", "problem", "strategic_issue", "method", "novelty", "steps", "purpose", "benefit", "result",
        "criterion_renewal", "criterion_benefit", "criterion_no_burden", "criterion_authority", "criterion_replicable",
    )  # fmt: skip
    DESIGN_PARTS = ("legal_basis", "problem", "strategic_issue", "method", "novelty", "steps")
    CRITERIA = (
        "criterion_renewal",
        "criterion_benefit",
        "criterion_no_burden",
        "criterion_authority",
        "criterion_replicable",
    )

    @property
    def design(self) -> str:
        """The *rancang bangun*: its six parts as one text."""
        return "\n\n".join(text for part in self.DESIGN_PARTS if (text := getattr(self, part)))


class Attachment(models.Model):
    """A document of the profile itself: budget, business profile, HKI, award, photograph."""

    class Slot(models.TextChoices):
        BUDGET = "anggaran", _("Anggaran")
        BUSINESS = "profil-bisnis", _("Profil bisnis")
        IP = "haki", _("Dokumen HAKI")
        AWARD = "penghargaan", _("Penghargaan")
        PHOTO = "foto", _("Foto")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    innovation = models.ForeignKey(Innovation, models.CASCADE, related_name="attachments")
    slot = models.CharField(max_length=14, choices=Slot.choices)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("innovation", "slot", "document"), name="attachment_once"),)


class LifeEvent(models.Model):
    """One step in the life of an innovation: when it happened, what ordered it, who recorded it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    innovation = models.ForeignKey(Innovation, models.CASCADE, related_name="life")
    step = models.CharField(max_length=20)
    from_stage = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    to_stage = models.CharField(max_length=12, choices=Stage.choices)
    on = models.DateField(_("tanggal"))
    note = models.TextField(_("keterangan"), blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("dokumen")
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("on", "pk")


class Draft(models.Model):
    """What a person has typed and not yet saved: theirs alone, until they save or discard it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    innovation = models.ForeignKey(Innovation, models.CASCADE, null=True, related_name="drafts")
    base_version = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now=True)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "region"), condition=models.Q(innovation__isnull=True), name="draft_new_once"
            ),
            models.UniqueConstraint(
                fields=("person", "innovation"), condition=models.Q(innovation__isnull=False), name="draft_once"
            ),
        )


class ImportMapping(models.Model):
    """Which column of the office's own table means which field: learnt once, remembered for the region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("region", "header"), name="import_header_once"),)


class ImportFile(models.Model):
    """A table somebody brought, read into rows, waiting for its columns to be named and its rows to be taken over."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(_("nama berkas"), max_length=200)
    sheet = models.CharField(_("lembar"), max_length=100, blank=True)
    headers = models.JSONField(default=list)
    first_row = models.PositiveIntegerField(default=2)
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.file_name
