"""Files are shown to clamd: a small server that speaks its protocol stands in for it."""

from __future__ import annotations

import os
import socketserver
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pamong.common.permit import Refused
from pamong.evidence import actions, antivirus
from pamong.evidence.actions import checking
from pamong.evidence.inspection import apart
from pamong.evidence.models import Arrival, Content, Document
from pamong.evidence.states import Reception
from tests.build import People
from tests.evidence import build
from tests.evidence.conftest import kept

EVIL = b"VIRUS-PERCOBAAN"
Login = Callable[[object], Client]


class _Answer(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.readline().strip() in (b"nINSTREAM", b"zINSTREAM")
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(len(content))  # type: ignore[attr-defined]
        if self.server.is_slow:  # type: ignore[attr-defined]
            time.sleep(1)
            return
        found = b"Uji.Virus FOUND" if EVIL in content else b"OK"
        self.wfile.write(b"stream: " + found + b"\n")


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.seen: list[int] = []
        self.is_slow = False
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def clamd(settings: Any) -> Iterator[Clamd]:
    server = Clamd()
    settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_clamd(settings: Any) -> None:
    settings.CLAMD = "127.0.0.1:9"  # nobody listens there


def evil() -> bytes:
    return build.pdf_bytes("jahat", objects=(build.stream(EVIL),))


def test_a_clean_file_passes_and_was_seen_whole(people: People, clamd: Clamd) -> None:
    arrival = build.checked(people.region, people.operator)
    assert (arrival.state, clamd.seen) == (Reception.READY, [arrival.length])


def test_an_infected_file_is_refused_by_name_and_not_kept(people: People, clamd: Clamd, files: Path) -> None:
    arrival = build.checked(people.region, people.operator, "jahat.pdf", evil())
    assert (arrival.state, "Uji.Virus" in arrival.reason) == (Reception.REFUSED, True)
    with pytest.raises(Refused, match=r"program berbahaya \(Uji\.Virus\)"):
        build.document(people.region, people.agency, people.operator, content=evil())
    assert (Document.objects.count(), Content.objects.count(), kept(files)) == (0, 0, [])


def test_without_clamd_a_file_waits_and_passes_when_it_is_back(people: People, settings: Any, no_clamd: None) -> None:
    arrival = build.checked(people.region, people.operator)
    assert (arrival.state, arrival.reason, arrival.attempts) == (Reception.WAITING, antivirus.AWAY, 0)
    assert Content.objects.count() == 0
    server = Clamd()
    settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    Arrival.objects.update(held_until=None)  # half a minute later
    checking.check(arrival)
    arrival.refresh_from_db()
    server.shutdown()
    server.server_close()
    assert (arrival.state, arrival.reason) == (Reception.READY, "")


def test_a_clamd_that_never_answers_holds_nobody_up(
    people: People, clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    clamd.is_slow = True
    monkeypatch.setattr(antivirus, "SECONDS", 0.1)
    assert build.checked(people.region, people.operator).state == Reception.WAITING


def test_it_may_listen_on_a_socket_of_the_machine(people: People, settings: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings.CLAMD = os.path.join(folder, "clamd.ctl")
        with socketserver.ThreadingUnixStreamServer(settings.CLAMD, _Answer) as server:
            server.seen, server.is_slow = [], False  # type: ignore[attr-defined]
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            assert build.checked(people.region, people.operator, "jahat.pdf", evil()).state == Reception.REFUSED
            server.shutdown()


def test_a_form_whose_file_cannot_be_scanned_keeps_it_in_the_inbox(
    people: People, login: Login, no_clamd: None, files: Path
) -> None:
    sent = {
        "agency": people.agency.pk,
        "instrument": "laporan",
        "subject": "Laporan",
        "file": build.upload(build.pdf_bytes()),
    }
    page = login(people.operator).post(f"/{people.region.slug}/dokumen/tambah/", sent)
    assert (page.status_code, "tersimpan di kotak masuk Anda" in page.content.decode()) == (409, True)
    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.by, arrival.name) == (Reception.WAITING, people.operator, "berkas.pdf")
    assert Document.objects.count() == 0


def test_a_form_whose_check_breaks_down_keeps_the_file_in_the_inbox(
    people: People, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MODULE", "tests.evidence.breaking")
    large = build.pdf_bytes("x", objects=(build.stream(b"y" * 2 * 1024 * 1024),))
    sent = {
        "agency": people.agency.pk,
        "instrument": "laporan",
        "subject": "Laporan",
        "file": build.upload(large, "crash.pdf"),
    }
    page = login(people.operator).post(f"/{people.region.slug}/dokumen/tambah/", sent)
    assert (page.status_code, "tersimpan di kotak masuk Anda" in page.content.decode()) == (409, True)
    assert (Arrival.objects.get().state, Document.objects.count()) == (Reception.WAITING, 0)


def test_nothing_is_shown_where_no_clamd_is_set(people: People, settings: Any) -> None:
    settings.CLAMD = ""
    assert actions.receive(build.upload(evil())).size > 0
