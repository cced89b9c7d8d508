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
from pamong.evidence.models import Version
from pamong.reading import actions, bounded, queries, resembling
from pamong.reading.facts import Facts
from pamong.reading.models import Reading
from pamong.reading.reader import Limits, visiting

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
    # Across agencies, years and regions: who may see the other is asked when it is shown.
    with scopes_disabled():
        actions.resemble(done.version, resembling.alike(done.version))
    return done.state


def arrived(pk: int) -> None:
    """A version has arrived in the library: have it read."""
    with scopes_disabled():
        version = Version.objects.select_related("region").filter(pk=pk).first()
        if version is not None:
            actions.queue(version)


def sweep() -> int:
    """Queue what nobody asked to read, and start a reader if anything waits. Returns how many wait."""
    with scopes_disabled():
        for version in queries.unread().select_related("region")[:A_SWEEP]:
            actions.queue(version)
        now = timezone.now()
        waiting = queries.waiting(now, now - actions.LOST_AFTER).count()
        if waiting:
            actions.start_readers()
    return waiting


def limits() -> Limits:
    """What this installation spends on one file."""
    return Limits(ocr_pages=settings.OCR_PAGES, trust_roots=settings.TRUST_ROOTS, visit_links=settings.VISIT_LINKS)


def _seen(reading: Reading) -> bounded.Seen:
    version = reading.version
    if version.link:
        return bounded.Seen(Facts(kind="link", link=visiting.look(version.link, visit=settings.VISIT_LINKS)))
    with tempfile.TemporaryDirectory(prefix="pamong-read-") as folder:
        path = Path(folder) / "berkas"
        with storage.fetch(version.sha256) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
        return bounded.read(path, version.kind, version.media_type, limits(), progress=_news(reading))


def _news(reading: Reading) -> Callable[[int, int], None]:
    """Progress, told to the database now and then."""
    last = [0.0]

    def tell(done: int, total: int) -> None:
        if time.monotonic() - last[0] > NEWS:
            last[0] = time.monotonic()
            actions.progress(reading, done, total)

    return tell
