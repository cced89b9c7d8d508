"""Many people at once, and processes that are killed: nothing lost, nothing doubled. On PostgreSQL, for real."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.audit import checking as trail
from pamong.common.permit import Refused
from pamong.evidence import actions, tasks
from pamong.evidence.actions import arriving, checking, quotas
from pamong.evidence.models import Arrival, Content, Document, Piece, Version
from pamong.evidence.states import Reception
from tests.build import People, person, seat
from tests.evidence import build
from tests.evidence.conftest import kept
from tests.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PERSONS, EACH = 20, 10


def operators(people: People, number: int) -> list[User]:
    made = [person(f"Operator {n}") for n in range(number)]
    for each in made:
        seat(each, Role.OPERATOR, people.region, people.agency)
    return made


def send(people: People, who: User, files: list[tuple[str, bytes]]) -> list[int]:
    """Send ``files`` one after the other as the page's script does; the answers' status."""
    browser = Client()
    browser.force_login(who)
    said = []
    for name, content in files:
        answer = browser.post(
            f"/{people.region.slug}/dokumen/kirim/", content, content_type="application/offset+octet-stream",
            headers={
                "Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)),
                "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}",
            },
        )  # fmt: skip
        said.append(answer.status_code)
        connection.close()  # as between two requests
    return said


def test_two_hundred_uploads_by_twenty_people(people: People, files: Path, tmp_path: Path) -> None:
    """Every fifth file is the same for everybody, and four workers look for something to check all the while."""
    senders = operators(people, PERSONS)

    def one(place: int) -> Callable[[], list[int]]:
        own = [(f"{n}.pdf", build.pdf_bytes(f"sama {n}" if n % 5 == 0 else f"milik {place}, {n}")) for n in range(EACH)]
        return lambda: send(people, senders[place], own)

    answers = together(people.region, *[one(place) for place in range(PERSONS)], *[tasks.check_waiting] * 4)
    assert answers[:PERSONS] == [[201] * EACH] * PERSONS
    tasks.check_waiting()
    assert list(Arrival.objects.values_list("state", flat=True)) == [Reception.READY] * PERSONS * EACH
    distinct = 2 + PERSONS * 8
    assert (len(kept(files)), Content.objects.count()) == (distinct, distinct)
    assert (Piece.objects.count(), kept(tmp_path / "arriving")) == (0, [])

    def filed(who: User) -> Callable[[], int]:
        def act() -> int:
            for arrival in Arrival.objects.filter(by=who).select_related("region", "by"):
                actions.add_document(
                    region=people.region, agency=people.agency, by=who, instrument="laporan", subject=arrival.name,
                    file=arrival, anyway=True,
                )  # fmt: skip
            return 1

        return act

    assert together(people.region, *[filed(who) for who in senders[:6]]) == [1] * 6
    assert (Document.objects.count(), Version.objects.count()) == (6 * EACH, 6 * EACH)
    assert Arrival.objects.filter(state=Reception.FILED).count() == 6 * EACH
    assert len(kept(files)) == distinct
    assert trail.check() == []


def test_of_two_files_for_the_last_room_one_is_refused(people: People) -> None:
    quotas.set_quota(people.agency, by=people.region_admin, megabytes=1)
    most = [build.pdf_bytes(name, objects=(build.stream(name.encode() * 350_000),)) for name in ("aa", "bb")]

    def add(place: int) -> Callable[[], Any]:
        return lambda: build.document(
            people.region,
            people.agency,
            (people.operator, people.region_admin)[place],
            f"Berkas {place}",
            content=most[place],
        )

    results = together(people.region, add(0), add(1))
    assert sorted(type(each).__name__ for each in results) == ["Document", "Refused"]
    assert "Kuota penyimpanan" in str(next(each for each in results if isinstance(each, Refused)))
    assert (Document.objects.count(), Version.objects.count()) == (1, 1)


WORKER = """
import django; django.setup()
from django_scopes import scopes_disabled
from pamong.evidence.inspection import apart
from pamong.evidence import tasks
apart.MODULE = "tests.evidence.breaking"
tasks.check_waiting()
"""


def test_a_worker_killed_in_the_middle_of_a_check_loses_nothing(
    people: People, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "async_task", lambda *_, **__: None)  # the worker below is started by hand
    arrival = build.arrival(people.region, people.operator, "hang.pdf")
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env=_environment(tmp_path), start_new_session=True)
    try:
        _until(lambda: Arrival.objects.get(pk=arrival.pk).held_until is not None)
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert (_state(arrival), Piece.objects.count()) == (Reception.WAITING, 1)
    tasks.check_waiting()
    assert _state(arrival) == Reception.WAITING  # still held: nobody knows yet that its worker is dead
    with time_machine.travel(timezone.now() + checking.LEASE + timedelta(seconds=1), tick=True):
        tasks.check_waiting()
    assert (_state(arrival), len(kept(files)), Piece.objects.count()) == (Reception.READY, 1, 0)


def _state(arrival: Arrival) -> str:
    return Arrival.objects.get(pk=arrival.pk).state


def _until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def _environment(tmp_path: Path) -> dict[str, str]:
    """For a process of its own with the test's database and stores."""
    it = connection.settings_dict
    address = f"{it['HOST']}:{it['PORT']}/{it['NAME']}"
    where = {"DATABASE_URL": f"postgres://{it['USER']}:{it['PASSWORD']}@{address}", "PAMONG_HOME": str(tmp_path)}
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "pamong.config.settings", **where}
