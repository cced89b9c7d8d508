"""What can be asked about readings. ``visible_to`` is the only door to a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.evidence import queries as library
from pamong.evidence.models import Arrival, Version
from pamong.evidence.states import Reception
from pamong.reading.facts import Facts
from pamong.reading.models import Finding, Reading
from pamong.reading.reader import VERSION
from pamong.reading.states import State


def visible_to(user: User, region: Region) -> QuerySet[Reading]:
    """The readings of the documents of ``region`` this person may read."""
    documents = library.visible_to(user, region)
    rows: QuerySet[Reading] = Reading.objects.filter(version__document__in=documents)
    return rows


def facts_of(versions: Iterable[Version]) -> dict[int, Facts]:
    """What was seen in each of ``versions`` (the caller has asked who may see them), by their primary key.

    From the newest reader that has finished; versions not read yet are left out. One query.
    """
    newest: dict[int, Facts] = {}
    rows = Reading.objects.filter(version__in=[version.pk for version in versions], state=State.DONE)
    for reading in rows.select_related("version").order_by("reader"):
        newest[cast(int, reading.version_id)] = reading.seen
    return newest


def of(version: Version) -> Reading | None:
    """The reading to show for ``version``: the newest finished one, otherwise the newest."""
    readings = list(Reading.objects.filter(version=version).select_related("version").order_by("-reader"))
    return next((one for one in readings if one.state == State.DONE), next(iter(readings), None))


def findings_of(reading: Reading | None) -> list[Finding]:
    return [] if reading is None else list(reading.findings.all())


def graver(versions: Iterable[Version]) -> dict[int, dict[str, int]]:
    """For a list: how many findings block and warn, by the primary key of the version. One query."""
    rows = Finding.objects.filter(reading__version__in=[version.pk for version in versions], reading__reader=VERSION)
    counted = rows.order_by().values("reading__version").annotate(
        blocks=Count("pk", filter=Q(severity="blocks")), warns=Count("pk", filter=Q(severity="warns"))
    )  # fmt: skip
    return {row["reading__version"]: {"blocks": row["blocks"], "warns": row["warns"]} for row in counted}


def unread() -> QuerySet[Version]:
    """The current versions this reader has not been asked to read, newest first."""
    asked = Reading.objects.filter(version=OuterRef("pk"), reader=VERSION)
    rows: QuerySet[Version] = Version.objects.filter(~Exists(asked), is_current=True)
    return rows.order_by("-pk")


def became(version: Version) -> Q:
    """The readings of the file in an inbox that was made into ``version``."""
    return Q(arrival__document=version.document_id, arrival__sha256=version.sha256)


def of_arrivals(arrivals: Iterable[Arrival], *, text: bool = False) -> dict[int, Reading]:
    """The readings of ``arrivals`` (the caller has asked whose they are), by their primary key: the newest that has finished,
    otherwise the newest; their text only where it is asked for. Two queries."""
    found: dict[int, Reading] = {}
    rows = Reading.objects.filter(arrival__in=[each.pk for each in arrivals]).select_related("arrival")
    rows = rows.defer("prints") if text else rows.defer("prints", "text")
    for reading in rows.prefetch_related("findings").order_by("reader"):
        if reading.state == State.DONE or reading.arrival_id not in found:
            found[cast(int, reading.arrival_id)] = reading
    return found


def unread_arrivals() -> QuerySet[Arrival]:
    """The files in inboxes this reader has not been asked to read, newest first."""
    asked = Reading.objects.filter(arrival=OuterRef("pk"), reader=VERSION)
    rows: QuerySet[Arrival] = Arrival.objects.filter(~Exists(asked), state=Reception.READY)
    return rows.order_by("-pk")


def left_behind() -> QuerySet[Reading]:
    """Readings of files that left their inbox for a document which was read already."""
    read = Reading.objects.filter(version__document=OuterRef("arrival__document"), reader=VERSION)
    rows: QuerySet[Reading] = Reading.objects.filter(Exists(read), arrival__state=Reception.FILED)
    return rows


def waiting(now: datetime, lost_before: datetime) -> QuerySet[Reading]:
    """What may be begun now: queued and due, or begun by a worker that was lost since.

    Files in an inbox first, whose person sits before the form; then the longest waiting.
    """
    due = Q(state=State.QUEUED, due_at__lte=now) | Q(state=State.READING, started_at__lt=lost_before)
    rows: QuerySet[Reading] = Reading.objects.filter(due, reader=VERSION)
    return rows.order_by(F("arrival").asc(nulls_last=True), "due_at", "pk")


def at_work(lost_before: datetime) -> int:
    """How many readings workers are busy with."""
    return int(Reading.objects.filter(state=State.READING, started_at__gte=lost_before).count())


def finished(region: Region | None, *, failed_only: bool) -> QuerySet[Reading]:
    """For an operator: what this reader has finished, of one region or of all; only what failed or stopped half-way if asked."""
    rows: QuerySet[Reading] = Reading.objects.filter(reader=VERSION, state__in=(State.DONE, State.FAILED))
    if region is not None:
        rows = rows.filter(region=region)
    return rows.exclude(facts__fault="") if failed_only else rows
