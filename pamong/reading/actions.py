"""What can be done with readings. The machine's own steps are taken by its tasks; a person can only ask for another look.

What the machine reads is no decision, so its steps leave no trace; that a person asked for another look does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.audit.actions import record
from pamong.evidence.models import Arrival, Version
from pamong.reading import facts, judging, likeness, policies, queries, stems
from pamong.reading.bounded import Seen
from pamong.reading.models import Finding, Key, Print, Reading, Resemblance, Words
from pamong.reading.reader import VERSION
from pamong.reading.states import State

PRINTED_PAGES = 12  # of a document: enough to know it again
MOST_ATTEMPTS = 6
# After a failed attempt to fetch the file: 1, 2, 4, … minutes.
PAUSE = timedelta(minutes=1)
# Longer than the reader may take with its grace, and than the queue waits before it gives a lost task to another worker.
LOST_AFTER = timedelta(minutes=8)
TASK = "pamong.reading.tasks.read_next"
TURN = "reading-turn-queued"


@transaction.atomic
def queue(version: Version) -> Reading:
    """Have ``version`` read by this reader. Asked twice, it is read once; read in the inbox already, that goes along."""
    if brought := _brought(version):
        return brought
    reading, is_new = Reading.objects.get_or_create(
        version=version, reader=VERSION, defaults={"region": version.region}
    )
    if is_new:
        start_readers()
    return reading


@transaction.atomic
def queue_arrival(arrival: Arrival) -> Reading:
    """Have a file in the inbox read by this reader, once."""
    reading, is_new = Reading.objects.get_or_create(
        arrival=arrival, reader=VERSION, defaults={"region": arrival.region}
    )
    if is_new:
        start_readers()
    return reading


def _brought(version: Version) -> Reading | None:
    """The reading of the file that lay in an inbox before it became ``version``: from now on it is the version's."""
    if Reading.objects.filter(version=version, reader=VERSION).exists():
        return None
    rows = Reading.objects.select_for_update(of=("self",)).select_related("region")
    found = rows.filter(queries.became(version), reader=VERSION).first()
    if found is None:
        return None
    prints, found.prints = found.prints, []
    found.version, found.arrival = version, None
    found.save(update_fields=["version", "arrival", "prints"])
    if found.state == State.DONE:
        _make_known(found, [tuple(one) for one in prints])
    return found


@transaction.atomic
def read_again(version: Version, *, by: User) -> Reading:
    """Have ``version`` read once more, whatever came of it before. Raises ``Refused`` if ``by`` may not, or it is under way."""
    reading = Reading.objects.select_for_update().filter(version=version, reader=VERSION).first()
    policies.can_read_again(by, version.document, reading).require()
    reading = requeue(reading) if reading else queue(version)
    record("document.read-again", by=by, on=version.document, says=f"meminta mesin membaca ulang “{version.document}” versi {version.number}", version=version.number)  # fmt: skip
    return reading


@transaction.atomic
def requeue(reading: Reading) -> Reading:
    """Put a reading back to the queue, as if it had never begun; what was found before stays until it is done."""
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    reading.state, reading.attempts, reading.due_at = State.QUEUED, 0, timezone.now()
    reading.save(update_fields=["state", "attempts", "due_at"])
    start_readers()
    return reading


def start_readers() -> None:
    """Have a worker read what waits, unless as many are at it as may be.

    A reader takes one document and then asks for its own next turn, behind whatever else waits in the queue: fifty scans do not
    hold up the mail. One worker is always left for other work, where there are several.
    """
    if queries.at_work(timezone.now() - LOST_AFTER) < max(1, settings.Q_CLUSTER["workers"] - 1):
        # Only once the row is really there may a worker look for it.
        transaction.on_commit(_ask_for_a_turn)


def turn_begins() -> None:
    """A reader has taken its turn out of the queue: the next one may be asked for."""
    cache.delete(TURN)


def _ask_for_a_turn() -> None:
    """At most one turn waits in the queue: three hundred arrivals ask once. A lost one is forgotten when its time is up."""
    if cache.add(TURN, True, int(LOST_AFTER.total_seconds())):
        async_task(TASK, group="reading")


@transaction.atomic
def begin(pk: int) -> Reading | None:
    """Take a reading for this worker; ``None`` if there is nothing to do: it is done, gone, or another worker has it."""
    rows = Reading.objects.select_for_update(of=("self",))
    rows = rows.select_related("version", "version__document", "arrival", "region")
    reading = rows.filter(pk=pk).first()
    if reading is None or reading.state in (State.DONE, State.FAILED):
        return None
    now = timezone.now()
    if reading.state == State.READING and reading.started_at and reading.started_at > now - LOST_AFTER:
        return None
    if reading.attempts >= MOST_ATTEMPTS:
        _give_up(reading)
        return None
    reading.state, reading.started_at = State.READING, now
    reading.attempts += 1
    reading.pages_done = reading.pages_total = 0
    reading.save(update_fields=["state", "started_at", "attempts", "pages_done", "pages_total"])
    return reading


def progress(reading: Reading, done: int, total: int) -> None:
    """How many pages have been read, for whoever waits."""
    Reading.objects.filter(pk=reading.pk).update(pages_done=done, pages_total=total)


@transaction.atomic
def finish(reading: Reading, seen: Seen) -> Reading | None:
    """Keep what was seen and judge it. A second finish replaces the first: nothing is doubled.

    ``None`` where the file was taken back meanwhile.
    """
    rows = Reading.objects.select_for_update(of=("self",)).select_related("version", "arrival", "region")
    found = rows.filter(pk=reading.pk).first()
    if found is None:
        return None
    reading = found
    told = seen.facts.to_json()
    for page in told["pages"]:
        del page["text"]
    reading.facts, reading.text = told, seen.facts.text
    reading.state, reading.finished_at = State.DONE, timezone.now()
    reading.pages_done = reading.pages_total = max(len(seen.facts.pages), reading.pages_total)
    prints = [one for one in seen.prints if one[1] <= PRINTED_PAGES]
    reading.prints = [] if reading.version else prints
    reading.save()
    _keep(reading, judging.findings(seen.facts, on=timezone.localdate()))
    if reading.version:
        _make_known(reading, prints)
    return reading


def _make_known(reading: Reading, prints: Sequence[Sequence[Any]]) -> None:
    """Let a document's reading be searched, compared, and judged by the rules of what it proves."""
    _index(reading)
    _print(reading, prints)
    _tell(reading)


@transaction.atomic
def put_back(reading: Reading) -> None:
    """The file could not be fetched just now: wait for the sweep, or give up after too many attempts."""
    rows = Reading.objects.select_for_update(of=("self",)).select_related("version", "arrival")
    found = rows.filter(pk=reading.pk).first()
    if found is None:  # taken back meanwhile
        return
    reading = found
    if reading.attempts >= MOST_ATTEMPTS:
        _give_up(reading)
        return
    reading.state = State.QUEUED
    reading.due_at = timezone.now() + PAUSE * 2 ** (reading.attempts - 1)
    reading.save(update_fields=["state", "due_at"])


def _give_up(reading: Reading) -> None:
    """Say that it cannot be read, instead of trying for ever."""
    gone = facts.Facts(kind=reading.source.kind, fault="gone")
    reading.state, reading.finished_at, reading.facts = State.FAILED, timezone.now(), gone.to_json()
    reading.save(update_fields=["state", "finished_at", "facts"])
    _keep(reading, judging.findings(gone, on=timezone.localdate()))
    _tell(reading)


def _keep(reading: Reading, found: Iterable[facts.Finding]) -> None:
    reading.findings.all().delete()
    Finding.objects.bulk_create(Finding(region=reading.region, reading=reading, **_fitting(one)) for one in found)


def _tell(reading: Reading) -> None:
    """Whoever judges documents by what they prove looks again."""
    if reading.version_id is None:
        return
    for task in settings.TASKS_AFTER_READING:
        transaction.on_commit(partial(async_task, task, reading.version_id, group="read"))


def _index(reading: Reading) -> None:
    """Let the library be searched by this text, and no longer by what an older reader saw in the same version."""
    Words.objects.filter(reading__version=reading.version_id).delete()
    Words.objects.create(reading=reading, region=reading.region, stems=stems.bag([reading.text]))


def _print(reading: Reading, prints: Sequence[Sequence[Any]]) -> None:
    """Keep what its pages look like and under which keys others find it."""
    version, region = cast(Version, reading.version), reading.region
    Print.objects.filter(version=version).delete()
    Key.objects.filter(version=version).delete()
    Print.objects.bulk_create(
        Print(region=region, version=version, kind=kind, page=page, hash=hashed, thumb=bytes.fromhex(thumb))
        for kind, page, hashed, thumb in prints
    )
    hashes = [(int(hashed, 16), kind == Print.Kind.PICTURE) for kind, _, hashed, _ in prints]
    keys = {key for value, of_picture in hashes for key in likeness.hash_keys(value, of_picture=of_picture)}
    keys.update(likeness.text_keys(stems.stems(reading.text)))
    Key.objects.bulk_create(Key(region=region, version=version, key=key) for key in sorted(keys))


@transaction.atomic
def resemble(version: Version, found: Iterable[tuple[Version, likeness.Likeness]]) -> None:
    """Remember which versions are like ``version``, on both sides; what was remembered of it before is forgotten."""
    Resemblance.objects.filter(Q(version=version) | Q(other=version)).delete()
    rows = []
    for other, like in found:
        rows += [
            Resemblance(
                region=version.region, version=version, other=other, other_region=other.region, kind=like.kind,
                score=like.score, page=like.page, other_page=like.other_page,
            ),
            Resemblance(
                region=other.region, version=other, other=version, other_region=version.region, kind=like.kind,
                score=like.score, page=like.other_page, other_page=like.page,
            ),
        ]  # fmt: skip
    Resemblance.objects.bulk_create(rows)


def _fitting(finding: facts.Finding) -> dict[str, Any]:
    """As long as the columns allow."""
    return {name: value[:300] if isinstance(value, str) else value for name, value in finding.to_json().items()}
