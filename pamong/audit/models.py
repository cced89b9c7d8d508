"""What is remembered of every act. Rows are only added; triggers in the database refuse anything else."""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """The last link of one chain. Each region has its own, so that regions do not wait for one another."""

    name = models.CharField(max_length=20, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64)


class Event(models.Model):
    """One act. No foreign keys: the trail outlives what it speaks of."""

    chain = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=200)
    act = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.CharField(max_length=40, blank=True)
    says = models.TextField()
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("chain", "-number")
        constraints = (models.UniqueConstraint(fields=("chain", "number"), name="event_number_once"),)
        indexes = (models.Index(fields=("target_type", "target_id", "number"), name="event_target"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.says}"


class Check(models.Model):
    """What the last examination of one chain found: whole up to ``number``, or the first fault."""

    chain = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    number = models.PositiveBigIntegerField()
    fault = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.chain}: {self.fault or f'utuh sampai nomor {self.number}'}"
