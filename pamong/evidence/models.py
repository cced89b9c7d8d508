"""Documents of a region: what each is, and every version of its file. What a document proves is said where it is used."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Agency, Region
from pamong.common.codes import new_code
from pamong.evidence.states import Reception


def _kind(media_type: str) -> str:
    if media_type == "application/pdf":
        return "pdf"
    family = media_type.partition("/")[0]
    return family if family in ("image", "video") else "file"


class Document(models.Model):
    """A decree, letter, report, picture or video. Without an agency it belongs to the whole region (a Perda, say)."""

    class Instrument(models.TextChoices):
        PERDA = "perda", _("Peraturan Daerah")
        PERKADA = "perkada", _("Peraturan Kepala Daerah")
        SK_KDH = "sk-kdh", _("SK Kepala Daerah")
        SK_OPD = "sk-opd", _("SK Kepala Perangkat Daerah")
        ASSIGNMENT = "surat-tugas", _("Surat tugas/perintah")
        AGREEMENT = "pks", _("MoU/PKS")
        INVITATION = "undangan", _("Undangan")
        ATTENDANCE = "daftar-hadir", _("Daftar hadir")
        CERTIFICATE = "sertifikat", _("Sertifikat")
        BUDGET = "anggaran", _("Dokumen anggaran/RKPD")
        SOP = "sop", _("SOP")
        REPORT = "laporan", _("Laporan/kajian")
        MANUAL = "pedoman", _("Buku pedoman")
        PICTURE = "gambar", _("Foto/tangkapan layar")
        VIDEO = "video", _("Video")
        OTHER = "lain", _("Lainnya")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("instansi")
    )
    instrument = models.CharField(
        _("jenis dokumen"), max_length=14, choices=Instrument.choices, default=Instrument.OTHER
    )
    subject = models.CharField(_("tentang"), max_length=250)
    number = models.CharField(_("nomor"), max_length=120, blank=True)
    dated = models.DateField(_("tanggal"), null=True, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=160, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gte=F("valid_from")), name="document_valid_period"),
        )  # fmt: skip

    # Set by ``actions.add_document`` when it answered a double click with the document the first click made.
    repeated: bool = False

    def __str__(self) -> str:
        return self.subject

    @property
    def current(self) -> Version | None:
        """The version in force, from what a list has fetched with it (``queries.visible_to``) or by asking."""
        known: list[Version] | None = getattr(self, "current_versions", None)
        if known is None:
            known = list(self.versions.filter(is_current=True))
        return known[0] if known else None


class Version(models.Model):
    """One file, or one link, that a document was. Never replaced: a newer version stands beside it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_current = models.BooleanField(default=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    # Of the file as it was uploaded: a picture is written anew before it is kept, so its own hash differs.
    source_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    link = models.URLField(_("tautan"), max_length=500, blank=True)
    pages = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="version_number_once"),
            models.UniqueConstraint(fields=("document",), condition=Q(is_current=True), name="version_current_once"),
            models.CheckConstraint(condition=Q(sha256="") ^ Q(link=""), name="version_file_or_link"),
        )

    def __str__(self) -> str:
        return f"{self.document} (versi {self.number})"

    @property
    def kind(self) -> str:
        """How to show it: ``pdf``, ``image``, ``video``, ``link`` or ``file``."""
        return "link" if self.link else _kind(self.media_type)

    @property
    def length(self) -> str:
        """How long a video lasts: ``4:05``."""
        minutes, seconds = divmod(self.seconds or 0, 60)
        return f"{minutes}:{seconds:02d}"

    @property
    def storage_name(self) -> str:
        """Where the bytes lie: named by what they are, so the same file lies there once."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"


class Content(models.Model):
    """Bytes that lie in the store: one row for the whole installation, whichever documents of whichever regions have them."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.sha256


class Quota(models.Model):
    """How many megabytes of documents an agency may keep, where the administrator has set another number than the default."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    agency = models.OneToOneField(Agency, models.CASCADE, related_name="+")
    megabytes = models.PositiveIntegerField(_("kuota (MB)"))

    MOST = 10_000_000

    objects = ScopedManager(region="region")

    def __str__(self) -> str:
        return f"{self.agency}: {self.megabytes} MB"


class Arrival(models.Model):
    """A file on its way into the library: one person's, in one region, from the first byte to the document it becomes."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=Reception.choices, default=Reception.RECEIVING)
    reason = models.TextField(blank=True)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    # The archive it came out of, and its place in there: unpacked twice is unpacked once.
    archive = models.ForeignKey("self", models.CASCADE, null=True, related_name="members")
    member = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now)
    # A check under way holds it until then; whoever finds the time passed may begin again.
    held_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # What the check found, as of ``Version``.
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    pages = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("archive", "member"), name="arrival_member_once"),
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="arrival_within_length"),
            models.CheckConstraint(condition=~Q(state__in=("ready", "filed")) | ~Q(sha256=""), name="arrival_ready_is_checked"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """As of ``Version``."""
        return _kind(self.media_type)

    @property
    def percent(self) -> int:
        """How much of it has arrived, in whole percent, rounded down: 100 only when nothing is missing."""
        return self.offset * 100 // self.length if self.length else 100


class Piece(models.Model):
    """A stretch of an arrival's bytes, whole and safe in the store of pieces under ``name``."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="pieces")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    start = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    name = models.CharField(max_length=60, unique=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("start",)
        constraints = (models.UniqueConstraint(fields=("arrival", "start"), name="piece_start_once"),)

    def __str__(self) -> str:
        return f"{self.arrival_id}: {self.start}+{self.size}"
