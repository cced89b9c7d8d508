"""What the machine read: one reading for each file and each version of the reader, with its findings.

A file is read as soon as it lies in somebody's inbox; when it becomes a document, the reading goes along with it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Region
from pamong.evidence.models import Arrival, Version
from pamong.reading.facts import Facts
from pamong.reading.facts import Finding as Found
from pamong.reading.facts import Severity as Gravity
from pamong.reading.states import State


class Reading(models.Model):
    """One pass of the reader over one file: of a document's ``version``, or of an ``arrival`` that is none yet.

    ``facts`` holds all but the text; ``text`` the pages, a form feed between two; ``prints`` what its pages look like, until
    there is a version to keep that for (as ``Print``).
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, null=True, related_name="readings")
    arrival = models.ForeignKey(Arrival, models.CASCADE, null=True, related_name="+")
    reader = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    prints = models.JSONField(default=list)
    due_at = models.DateTimeField(default=timezone.now)  # not to be begun before
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-reader",)
        constraints = (
            models.UniqueConstraint(fields=("version", "reader"), name="reading_once"),
            models.UniqueConstraint(fields=("arrival", "reader"), name="reading_arrival_once"),
            models.CheckConstraint(condition=Q(version=None) ^ Q(arrival=None), name="reading_of_one_file"),
        )
        indexes = (models.Index(fields=("state", "due_at"), name="reading_waiting"),)

    @property
    def source(self) -> Version | Arrival:
        """The file that was read."""
        found = self.version or self.arrival
        assert found is not None  # noqa: S101  (the database sees to it)
        return found

    @property
    def is_under_way(self) -> bool:
        return self.state in (State.QUEUED, State.READING)

    @property
    def seen(self) -> Facts:
        """The facts, whole again."""
        texts = self.text.split("\f") if self.facts.get("pages") else []
        pages = [{**page, "text": text} for page, text in zip(self.facts.get("pages", ()), texts, strict=False)]
        return Facts.from_json({"kind": self.source.kind, **self.facts, "pages": pages})

    @property
    def fields_seen(self) -> Facts:
        """The facts without the pages: all that is needed to say what the document is, and no text is fetched for it."""
        return Facts.from_json({"kind": self.source.kind, **self.facts, "pages": []})


class Finding(models.Model):
    """One finding of a reading, as ``facts.Finding`` says it."""

    class Severity(models.TextChoices):
        BLOCKS = "blocks", _("Menghalangi")
        WARNS = "warns", _("Perlu dilihat")
        INFORMS = "informs", _("Keterangan")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    reading = models.ForeignKey(Reading, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    title = models.CharField(max_length=300)
    rule = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    page = models.PositiveIntegerField(default=0)
    passage = models.CharField(max_length=300, blank=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("pk",)

    @property
    def value(self) -> Found:
        return Found(self.code, Gravity(self.severity), self.title, self.rule, self.remedy, self.page, self.passage)

    @property
    def is_grave(self) -> bool:
        """Whether it keeps the file from proving anything, or somebody must look."""
        return self.severity != self.Severity.INFORMS

    @property
    def tone(self) -> str:
        return {"blocks": "bad", "warns": "warn"}.get(self.severity, "info")


class Words(models.Model):
    """The stems of a reading's text, for the search: every stem once. The database keeps an index over them (``migrations``)."""

    reading = models.OneToOneField(Reading, models.CASCADE, primary_key=True, related_name="words")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    stems = models.TextField()

    objects = ScopedManager(region="region")


class Print(models.Model):
    """What a page or a picture looks like: a small grey picture of it, and a hash that is nearly the same for what looks alike."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Halaman")
        PICTURE = "picture", _("Gambar")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="prints")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    page = models.PositiveIntegerField()
    hash = models.CharField(max_length=16)
    thumb = models.BinaryField(max_length=1024)

    objects = ScopedManager(region="region")


class Key(models.Model):
    """A key under which a version is found by another that looks or reads like it (``likeness.hash_keys``, ``text_keys``)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="keys")
    key = models.BigIntegerField(db_index=True)

    objects = ScopedManager(region="region")


class Resemblance(models.Model):
    """Two documents found alike: a row for each side, in the region of that side. Whether the other may be seen is asked anew."""

    class Kind(models.TextChoices):
        SAME_TEXT = "same-text", _("Isi naskahnya sama atau hampir sama")
        SAME_PAGES = "same-pages", _("Halaman pindaiannya sama")
        SAME_PICTURE = "same-picture", _("Gambarnya sama")
        PART_OF_PICTURE = "part-of-picture", _("Gambar yang satu potongan dari yang lain")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.CASCADE, related_name="resemblances")
    other = models.ForeignKey(Version, models.CASCADE, related_name="+")
    other_region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    score = models.FloatField()
    page = models.PositiveIntegerField(default=0)
    other_page = models.PositiveIntegerField(default=0)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-score", "pk")
        constraints = (models.UniqueConstraint(fields=("version", "other"), name="resemblance_once"),)
