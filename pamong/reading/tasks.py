"""Reading, by the background worker. Every task may run twice and at any time; a worker that is killed loses nothing."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from pamong.evidence import storage
from pamong.evidence.models import Arrival, Version
from pamong.evidence.states import Reception
from pamong.reading import actions, bounded, queries, resembling
from pamong.reading.facts import Facts
from pamong.reading.models import Reading
from pamong.reading.reader import Limits, visiting
from pamong.reading.states import State

A_SWEEP = 200  # versions queued at once; the next sweep comes in a minute
NEWS = 2.0  # seconds between two words on progress


def read_next() -> str:
    """Read the document that waits longest, then ask for another turn. Returns ``nothing`` when none waits."""
    actions.turn_begins()
    now = timezone.now()
    with scopes_disabled():
        first = queries.waiting(now, now - actions.LOST_AFTER).first()
    if first is None:
        return "nothing"
    state = read(first.pk)
    with scopes_disabled():
        actions.start_readers()
    return state


def read(pk: int) -> str:
    """Read what the reading ``pk`` asks for. Returns its state, or ``nothing`` if there was nothing to do."""
    with scopes_disabled():
        reading = actions.begin(pk)
    if reading is None:
        return "nothing"
    with scope(region=reading.region):
        try:
            done = actions.finish(reading, _seen(reading))
        except OSError:
            actions.put_back(reading)
            return "queued"
    if done is None:
        return "nothing"
    _compare(done)
    return done.state


def _compare(reading: Reading) -> None:
    """Look for what a document resembles, across agencies, years and regions: who may see the other is asked when it is shown."""
    if reading.version is not None:
        with scopes_disabled():
            actions.resemble(reading.version, resembling.alike(reading.version))


def arrived(pk: int) -> None:
    """A version has arrived in the library: have it read."""
    with scopes_disabled():
        version = Version.objects.select_related("region").filter(pk=pk).first()
        if version is not None:
            _queue(version)


def _queue(version: Version) -> None:
    reading = actions.queue(version)
    if reading.state == State.DONE:  # it was read while it lay in the inbox
        _compare(reading)


def received(pk: int) -> None:
    """A file is ready in somebody's inbox: have it read while they look at the others."""
    with scopes_disabled():
        arrival = Arrival.objects.select_related("region").filter(pk=pk, state=Reception.READY).first()
        if arrival is not None:
            actions.queue_arrival(arrival)


def sweep() -> int:
    """Queue what nobody asked to read, and start a reader if anything waits. Returns how many wait."""
    with scopes_disabled():
        for version in queries.unread().select_related("region")[:A_SWEEP]:
            _queue(version)
        for arrival in queries.unread_arrivals().select_related("region")[:A_SWEEP]:
            actions.queue_arrival(arrival)
        queries.left_behind().delete()
        now = timezone.now()
        waiting = queries.waiting(now, now - actions.LOST_AFTER).count()
        if waiting:
            actions.start_readers()
    return waiting


def limits() -> Limits:
    """What this installation spends on one file."""
    return Limits(ocr_pages=settings.OCR_PAGES, trust_roots=settings.TRUST_ROOTS, visit_links=settings.VISIT_LINKS)


def _seen(reading: Reading) -> bounded.Seen:
    source = reading.source
    if isinstance(source, Version) and source.link:
        return bounded.Seen(Facts(kind="link", link=visiting.look(source.link, visit=settings.VISIT_LINKS)))
    with tempfile.TemporaryDirectory(prefix="pamong-read-") as folder:
        path = Path(folder) / "berkas"
        with storage.fetch(source.sha256) as file, path.open("wb") as target:
            shutil.copyfileobj(file, target, 1024 * 1024)
        return bounded.read(path, source.kind, source.media_type, limits(), progress=_news(reading))


def _news(reading: Reading) -> Callable[[int, int], None]:
    """Progress, told to the database now and then."""
    last = [0.0]

    def tell(done: int, total: int) -> None:
        if time.monotonic() - last[0] > NEWS:
            last[0] = time.monotonic()
            actions.progress(reading, done, total)

    return tell
