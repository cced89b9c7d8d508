"""What is remembered of planning: how much work a level takes here, plans with what made them, and the tasks agreed on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from pamong.agencies.models import Agency, Region
from pamong.assessments.models import Assessment, Entry
from pamong.common.codes import new_code
from pamong.planning.states import State


class EffortSetting(models.Model):
    """What the region says a level of an indicator takes, over what Pamong supposes or its own history shows."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    indicator = models.CharField(max_length=4)
    level = models.PositiveSmallIntegerField()
    days = models.DecimalField(_("hari kerja"), max_digits=5, decimal_places=1)
    cost = models.DecimalField(_("biaya (rupiah)"), max_digits=14, decimal_places=0, default=0)
    lead = models.PositiveSmallIntegerField(_("waktu tunggu (hari kalender)"), default=0)

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("region", "indicator", "level"), name="effort_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="effort_level_1_to_3"),
            models.CheckConstraint(condition=Q(days__gte=0, cost__gte=0), name="effort_not_negative"),
        )


class Plan(models.Model):
    """One question to the planner, and its answer. ``wish`` is what was asked, ``result`` what came of it, both as data.

    ``target``: the index to reach; of a rank the one it took when the plan was asked for, ``wish["rank"]`` saying from what.

    ``data_digest`` and ``edition_digest`` say from which levels and rules it was computed: the same give the same plan.
    """

    class Goal(models.TextChoices):
        MOST = "most", _("Indeks setinggi mungkin dengan hari kerja yang ada")
        REACH = "reach", _("Pekerjaan sesedikit mungkin untuk mencapai indeks tertentu")
        RANK = "rank", _("Pekerjaan sesedikit mungkin untuk mencapai peringkat tertentu")

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="plans")
    name = models.CharField(_("nama rencana"), max_length=120)
    goal = models.CharField(_("tujuan"), max_length=6, choices=Goal.choices, default=Goal.MOST)
    target = models.DecimalField(_("indeks yang dituju"), max_digits=5, decimal_places=2, null=True, blank=True)
    until = models.DateField(_("tenggat"))
    wish = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveSmallIntegerField(default=0)
    of = models.PositiveSmallIntegerField(default=0)
    edition_code = models.CharField(max_length=30)
    edition_digest = models.CharField(max_length=64, blank=True)
    data_digest = models.CharField(max_length=64, blank=True)
    result = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(goal="most") | Q(target__isnull=False), name="plan_target_given"),
        )

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """Raising one indicator of one entry to ``level`` by a day: what a plan agreed on asks of an agency.

    ``gain``: index points it was planned to bring. Whether it brought them is read from the verdicts, not written here.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Berjalan")
        DONE = "done", _("Selesai dikerjakan")
        DROPPED = "dropped", _("Dilepas")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="tasks")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    indicator = models.CharField(max_length=4)
    start = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    days = models.DecimalField(max_digits=6, decimal_places=1)
    cost = models.DecimalField(max_digits=14, decimal_places=0, default=0)
    gain = models.DecimalField(max_digits=14, decimal_places=10)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("tenggat"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    spent = models.DecimalField(_("hari kerja yang terpakai"), max_digits=5, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("entry", "indicator"), condition=Q(state="open"), name="task_open_once"),
            models.CheckConstraint(condition=Q(level__gt=models.F("start")), name="task_raises_a_level"),
        )


class Chance(models.Model):
    """How likely an entry is accepted, where the region thinks it differs from its history. In per cent."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="chance")
    percent = models.PositiveSmallIntegerField(_("peluang diterima (%)"))

    objects = ScopedManager(region="region")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(percent__lte=100), name="chance_0_to_100"),)


class Scenario(models.Model):
    """A what-if somebody kept: other rules, levels, decisions and innovations than the year has. Never changes the year.

    ``changes`` as data: ``edition``, ``levels`` by entry and indicator, ``states`` by entry (accepted, rejected, held) and
    ``added`` innovations. Private until ``shared`` with those who read the whole region.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scenarios")
    name = models.CharField(_("nama"), max_length=120)
    changes = models.JSONField(default=dict)
    shared = models.BooleanField(_("dibagikan"), default=False)
    at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager(region="region")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
