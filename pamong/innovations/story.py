"""The life of an innovation as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone

from pamong.agencies.models import Region
from pamong.innovations.labels import unit_label
from pamong.innovations.models import Innovation, LifeEvent
from pamong.innovations.queries import Revision
from pamong.innovations.states import STEPS, TONE, Stage


class Chapter(NamedTuple):
    """One thing that happened: the day, what, in which words, on which paper, recorded by whom and when."""

    on: date
    sentence: str
    note: str
    stage: str
    tone: str
    document: str
    document_url: str
    by: str
    at: datetime


def chapters(innovation: Innovation, events: Iterable[LifeEvent], region: Region) -> list[Chapter]:
    """From the first record to now. What was recorded later than it happened stands where it happened."""
    first = Chapter(
        timezone.localdate(innovation.created_at),
        f"Dicatat di Pamong oleh {innovation.created_by} untuk {innovation.agency.name}.",
        innovation.changed,
        "",
        "neutral",
        "",
        "",
        str(innovation.created_by),
        innovation.created_at,
    )
    told = [_chapter(event, region) for event in events]
    return [each for each in told if each.on < first.on] + [first] + [each for each in told if each.on >= first.on]


def _chapter(event: LifeEvent, region: Region) -> Chapter:
    document = event.document
    return Chapter(
        event.on,
        STEPS[event.step].story if event.step in STEPS else event.step,
        event.note,
        str(Stage(event.to_stage).label),
        TONE[Stage(event.to_stage)],
        f"{document.subject}{f' ({document.number})' if document.number else ''}" if document else "",
        reverse("documents:detail", args=[region.slug, document.code]) if document else "",
        str(event.by),
        event.at,
    )


class Saving(NamedTuple):
    """One saving of the profile, in words."""

    at: datetime
    by: str
    what: str


def savings(revisions: Iterable[Revision]) -> list[Saving]:
    return [Saving(each.at, each.by, ", ".join(unit_label(unit) for unit in each.units)) for each in revisions]
