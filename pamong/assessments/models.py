"""One year under one edition: entries, and for each indicator claim, proof and verdict, which never overwrite each other."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Agency, Region
from pamong.assessments.states import REPORTED, Phase, State
from pamong.common.codes import new_code
from pamong.engine import edition as editions
from pamong.evidence.models import Document, Version
from pamong.innovations.models import Innovation

LEVELS = 20
UNANSWERED = "-"


def no_levels() -> str:
    return UNANSWERED * LEVELS


class Assessment(models.Model):
    """One year in one region under one edition of the rules, whose digest is kept."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("tahun"))
    edition_code = models.CharField(_("edisi aturan"), max_length=30)
    edition_digest = models.CharField(max_length=64)
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.PREPARED)
    opens_on = models.DateField(_("dibuka"))
    internal_deadline = models.DateField(_("tenggat internal"))
    closes_on = models.DateField(_("ditutup"))
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(fields=("region", "year"), name="assessment_once"),
            models.CheckConstraint(
                condition=Q(internal_deadline__gte=F("opens_on"), closes_on__gte=F("internal_deadline")),
                name="assessment_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"Penilaian {self.year} {self.region}"

    @property
    def edition(self) -> editions.Edition:
        return editions.load(self.edition_code)

    def takes_reports(self, today: date | None = None) -> bool:
        return self.phase == Phase.OPEN and self.opens_on <= (today or timezone.localdate()) <= self.closes_on


class Extension(models.Model):
    """A closing date moved, and why."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="extensions")
    old_closes_on = models.DateField()
    closes_on = models.DateField(_("tanggal penutupan baru"))
    reason = models.TextField(_("alasan"))
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")


class Entry(models.Model):
    """An innovation's part in a year, or (kind ``institution``) the region's own indicators.

    ``claimed`` and ``verified`` are the levels of all indicators in the edition's order, one character each (``-`` is
    unanswered): the claims and standing verdicts once more, packed, so that a nation is computed in one pass. They change
    only together with the rows they repeat, under this row's lock.
    """

    class Kind(models.TextChoices):
        INNOVATION = "innovation", _("Inovasi")
        INSTITUTION = "institution", _("Indikator daerah")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.INNOVATION)
    innovation = models.ForeignKey(Innovation, models.PROTECT, null=True, related_name="entries")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="entries")
    affair = models.CharField(max_length=40, blank=True)
    profile_version = models.PositiveIntegerField(
        default=0, help_text="The innovation's version as it was handed over."
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    claimed = models.CharField(max_length=LEVELS, default=no_levels)
    verified = models.CharField(max_length=LEVELS, default=no_levels)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    endorsed_at = models.DateTimeField(null=True)
    endorsed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verifier = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    due_on = models.DateField(_("tenggat verifikasi"), null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("assessment", "innovation"), condition=Q(kind="innovation"), name="entry_innovation_once"
            ),
            models.UniqueConstraint(
                fields=("assessment",), condition=Q(kind="institution"), name="entry_institution_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="innovation", innovation__isnull=False, agency__isnull=False)
                | Q(kind="institution", innovation__isnull=True, agency__isnull=True),
                name="entry_kind_fits",
            ),
        )
        indexes = (models.Index(fields=("assessment", "state"), name="entry_assessment_state"),)

    def __str__(self) -> str:
        return str(self.innovation) if self.innovation_id else f"Indikator daerah {self.region}"

    @property
    def is_reported(self) -> bool:
        return self.state in REPORTED


class EntryScore(models.Model):
    """The maturity of an entry, claimed and verified, in hundredths of a point. Narrow, so that 30,000 are rewritten at once."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="score")
    claimed = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)


class Claim(models.Model):
    """The level an agency says it has reached for one indicator. ``version`` grows with every change of level or proof."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="claims")
    indicator = models.CharField(max_length=4)
    level = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.TextField(_("keterangan"), blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "indicator"), name="claim_once"),
            models.CheckConstraint(condition=Q(level__lte=3), name="claim_level_0_to_3"),
        )


class Proof(models.Model):
    """A document brought forward for one claim."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="proofs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="proofs")
    passage = models.CharField(_("halaman/bagian"), max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("claim", "document"), name="proof_once"),)


class Hand(models.Model):
    """Who had a hand in an entry's claim or proof, and so may never judge it. Rows are never removed."""

    class Act(models.TextChoices):
        CLAIMED = "claimed", _("mengklaim")
        UPLOADED = "uploaded", _("mengunggah bukti")
        SUBMITTED = "submitted", _("mengajukan")
        ENDORSED = "endorsed", _("mengesahkan")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="hands")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=Act.choices)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "person", "act"), name="hand_once"),)


class Verdict(models.Model):
    """The level a verifier finds proven for one indicator. Never changed: a newer one takes its place, or it is reopened."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="verdicts")
    indicator = models.CharField(max_length=4)
    level = models.PositiveSmallIntegerField()
    claimed_level = models.PositiveSmallIntegerField()
    claim_version = models.PositiveIntegerField()
    reason = models.TextField(_("alasan"), blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stands = models.BooleanField(default=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_because = models.CharField(max_length=300, blank=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "indicator"), condition=Q(stands=True), name="verdict_stands_once"
            ),
            models.CheckConstraint(condition=Q(level__lte=3), name="verdict_level_0_to_3"),
        )


class VerdictProof(models.Model):
    """What lay before the verifier: the exact versions judged."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="seen")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")


class Repair(models.Model):
    """An indicator returned for repair, with the reason; answered when the entry is submitted again."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="repairs")
    round = models.PositiveSmallIntegerField()
    indicator = models.CharField(max_length=4)
    reason = models.TextField(_("yang perlu diperbaiki"))
    claim_version = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("round", "pk")
        constraints = (models.UniqueConstraint(fields=("entry", "round", "indicator"), name="repair_once"),)


class CannedReason(models.Model):
    """A reason the region's verifiers use often."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    text = models.CharField(_("kalimat"), max_length=300)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("text",)
        constraints = (models.UniqueConstraint(fields=("region", "text"), name="canned_reason_once"),)


class MinistryResult(models.Model):
    """What the ministry returned for the region: the third value of the index."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    assessment = models.OneToOneField(Assessment, models.CASCADE, related_name="returned")
    index = models.DecimalField(_("indeks"), max_digits=5, decimal_places=2)
    rank = models.PositiveSmallIntegerField(_("peringkat"), null=True, blank=True)
    rank_of = models.PositiveSmallIntegerField(_("dari"), null=True, blank=True)
    source = models.CharField(_("dasar/sumber"), max_length=300)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(index__gte=0, index__lte=100), name="returned_index_0_to_100"),
        )


class MinistryMaturity(models.Model):
    """What the ministry returned for one innovation."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="returned")
    maturity = models.DecimalField(_("kematangan"), max_digits=6, decimal_places=2)
    accepted = models.BooleanField(_("diterima"), default=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")
