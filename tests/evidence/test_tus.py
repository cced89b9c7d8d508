"""The tus protocol, 1.0.0, as a client on a weak line meets it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from pamong.evidence import pieces
from pamong.evidence.actions import arriving
from pamong.evidence.models import Arrival, Piece
from pamong.evidence.states import Reception
from pamong.evidence.storage import FULL
from pamong.evidence.views import tus
from tests.build import People
from tests.evidence import build

CONTENT = build.pdf_bytes("Keputusan yang dikirim lewat sambungan lemah")
STREAM = "application/offset+octet-stream"


@pytest.fixture
def browser(people: People, login: Any) -> Client:
    client: Client = login(people.operator)
    return client


def at(people: People) -> str:
    return reverse("documents:send", args=[people.region.slug])


def begin(browser: Client, people: People, length: int = len(CONTENT), name: str = "sk.pdf", **more: Any) -> Any:
    named = "filename " + base64.b64encode(name.encode()).decode() + ",filetype YQ=="
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": named, **more.pop("headers", {})}  # fmt: skip
    data, kind = more.get("data", b""), STREAM if "data" in more else "application/octet-stream"
    return browser.generic("POST", at(people), data, content_type=kind, headers=headers)


def patch(browser: Client, address: str, offset: int, data: bytes, **headers: str) -> Any:
    return browser.generic(
        "PATCH", address, data, content_type=STREAM, headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers}
    )  # fmt: skip


def head(browser: Client, address: str) -> Any:
    return browser.head(address, headers={"Tus-Resumable": "1.0.0"})


def received() -> bytes:
    with pieces.whole(Piece.objects.values_list("name", flat=True)) as (file, _):
        return file.read()


def test_a_file_begun_is_sent_in_parts_and_resumed_where_it_stands(browser: Client, people: People) -> None:
    made = begin(browser, people)
    address = made["Location"]
    assert (made.status_code, made["Upload-Offset"], made["Tus-Resumable"]) == (201, "0", "1.0.0")
    first = patch(browser, address, 0, CONTENT[:100])
    assert (first.status_code, first["Upload-Offset"]) == (204, "100")
    asked = head(browser, address)
    assert (asked.status_code, asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == (
        200, "100", str(len(CONTENT)), "no-store",
    )  # fmt: skip
    last = patch(browser, address, 100, CONTENT[100:])
    assert (last.status_code, last["Upload-Offset"], received()) == (204, str(len(CONTENT)), CONTENT)
    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.name, arrival.by) == (Reception.WAITING, "sk.pdf", people.operator)


def test_what_is_spoken_is_said_when_asked(browser: Client, people: People) -> None:
    answer = browser.options(at(people))
    assert {name: answer[name] for name in answer.headers if name.startswith("Tus-")} == {
        "Tus-Resumable": "1.0.0",
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,creation-with-upload,termination,expiration,checksum",
        "Tus-Max-Size": str(500 * 1024 * 1024),
        "Tus-Checksum-Algorithm": "sha1,sha256",
    }


def test_the_first_part_may_come_with_the_beginning(browser: Client, people: People) -> None:
    made = begin(browser, people, data=CONTENT[:50])
    assert (made.status_code, made["Upload-Offset"], received()) == (201, "50", CONTENT[:50])


@pytest.mark.parametrize("offset", [0, 99, 101])
def test_a_part_for_another_place_is_409_and_changes_nothing(browser: Client, people: People, offset: int) -> None:
    address = begin(browser, people, data=CONTENT[:100])["Location"]
    answer = patch(browser, address, offset, b"x" * 10)
    assert (answer.status_code, received()) == (409, CONTENT[:100])


def test_of_two_senders_at_the_same_place_one_goes_on(people: People) -> None:
    arrival = arriving.begin(region=people.region, by=people.operator, name="a.pdf", length=10)
    stale = Arrival.objects.get(pk=arrival.pk)
    assert arriving.receive_pieces(arrival, by=people.operator, offset=0, source=[b"abcd"]) == 4
    with pytest.raises(arriving.Overtaken):
        arriving.receive_pieces(stale, by=people.operator, offset=0, source=[b"xyz"])
    assert (received(), len(list(pieces.storage.names(pieces.storages["arriving"])))) == (b"abcd", 1)


def test_more_than_was_announced_is_413(browser: Client, people: People) -> None:
    address = begin(browser, people, length=10)["Location"]
    assert patch(browser, address, 0, b"x" * 11).status_code == 413
    assert (Arrival.objects.get().offset, Piece.objects.count()) == (0, 0)


def test_a_file_too_large_is_refused_before_it_is_sent(browser: Client, people: People, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES, settings.ARCHIVE_MAX_BYTES = 2 * 1024 * 1024, 3 * 1024 * 1024
    answer = begin(browser, people, length=2 * 1024 * 1024 + 1)
    assert (answer.status_code, answer.content.decode()[:38]) == (413, "Ukuran berkas melebihi batas 2 MB. Kec")
    assert begin(browser, people, length=2 * 1024 * 1024 + 1, name="semua.ZIP").status_code == 201
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Checksum": "crc32 YQ=="}, 400),
    ],
)
def test_a_beginning_that_breaks_the_protocol_begins_nothing(
    browser: Client, people: People, headers: dict[str, str], status: int
) -> None:
    assert (begin(browser, people, headers=headers).status_code, Arrival.objects.count()) == (status, 0)


def test_a_part_that_breaks_the_protocol_is_not_taken(browser: Client, people: People) -> None:
    address = begin(browser, people)["Location"]
    plain = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    assert browser.generic("PATCH", address, b"x", content_type="text/plain", headers=plain).status_code == 415
    assert patch(browser, address, 0, b"x", **{"Tus-Resumable": "2.0.0"}).status_code == 412
    assert browser.put(address, headers=plain).status_code == 405
    assert Arrival.objects.get().offset == 0


def test_a_proxy_that_lets_only_post_through_does_not_hinder(browser: Client, people: People) -> None:
    address = begin(browser, people)["Location"]
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = browser.generic("POST", address, CONTENT, content_type=STREAM, headers=headers)
    assert (answer.status_code, received()) == (204, CONTENT)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_part_is_460_and_not_taken(browser: Client, people: People, algorithm: str) -> None:
    address = begin(browser, people)["Location"]
    right = f"{algorithm} {base64.b64encode(hashlib.new(algorithm, CONTENT[:90]).digest()).decode()}"
    assert patch(browser, address, 0, b"?" + CONTENT[1:90], **{"Upload-Checksum": right}).status_code == 460
    assert Arrival.objects.get().offset == 0
    assert patch(browser, address, 0, CONTENT[:90], **{"Upload-Checksum": right}).status_code == 204
    assert received() == CONTENT[:90]


def test_a_file_called_off_is_gone_with_its_bytes(
    browser: Client, people: People, django_capture_on_commit_callbacks: Any
) -> None:
    address = begin(browser, people, data=CONTENT[:100])["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.delete(address, headers={"Tus-Resumable": "1.0.0"})
    assert (answer.status_code, Arrival.objects.count(), Piece.objects.count()) == (204, 0, 0)
    assert list(pieces.storage.names(pieces.storages["arriving"])) == []
    assert head(browser, address).status_code == 404


def test_nobody_reaches_what_another_sends(browser: Client, people: People, login: Any) -> None:
    address = begin(browser, people, data=CONTENT[:100])["Location"]
    for person in (people.region_admin, people.neighbour, people.verifier, people.stranger):
        other = login(person)
        answers = [head(other, address), patch(other, address, 100, b"x"), other.get(address)]
        answers.append(other.delete(address, headers={"Tus-Resumable": "1.0.0"}))
        assert [answer.status_code for answer in answers] == [404] * 4
    assert received() == CONTENT[:100]


def test_who_may_not_add_documents_may_not_send(people: People, login: Any) -> None:
    answer = begin(login(people.verifier), people)
    assert (answer.status_code, Arrival.objects.count()) == (403, 0)
    assert "operator" in answer.content.decode()


def test_what_has_become_of_a_file_is_told_in_json(browser: Client, people: People) -> None:
    address = begin(browser, people, data=CONTENT[:100])["Location"]
    percent = 100 * 100 // len(CONTENT)
    assert browser.get(address).json() == {"state": "receiving", "name": "sk.pdf", "reason": "", "percent": percent}


def test_a_line_that_breaks_keeps_what_had_come(people: People) -> None:
    arrival = arriving.begin(region=people.region, by=people.operator, name="a.pdf", length=1000)

    def breaking() -> Iterator[bytes]:
        yield b"a" * 300
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        arriving.receive_pieces(arrival, by=people.operator, offset=0, source=breaking())
    arrival.refresh_from_db()
    assert (arrival.offset, arrival.state, received()) == (300, Reception.RECEIVING, b"a" * 300)


def test_a_large_part_is_made_safe_stretch_by_stretch() -> None:
    assert [len(each) for each in pieces.cut([b"x" * 3] * 5, size=6)] == [6, 6, 3]
    assert [len(each) for each in pieces.cut([b"x" * 3] * 2, seconds=-1)] == [3, 3]


def test_a_full_disk_is_507_and_what_came_before_stays(
    browser: Client, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begin(browser, people, data=CONTENT[:100])["Location"]

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        answer = patch(browser, address, 100, CONTENT[100:])
    assert (answer.status_code, answer.content.decode(), received()) == (507, FULL, CONTENT[:100])
    assert patch(browser, address, 100, CONTENT[100:]).status_code == 204
    assert received() == CONTENT


def test_the_token_of_forms_is_demanded(people: People) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.operator)
    assert (begin(strict, people).status_code, Arrival.objects.count()) == (403, 0)


def test_a_name_that_hides_is_made_plain(browser: Client, people: People) -> None:
    begin(browser, people, name="../../etc/sk\u202efdp.exe")
    assert Arrival.objects.get().name == "skfdp.exe"


def test_a_broken_body_is_answered_calmly(people: People) -> None:
    def broken(request: Any) -> Any:
        raise OSError("gone")

    answer = tus._speaks_tus(broken)(RequestFactory().get("/"))
    assert (answer.status_code, answer["Tus-Resumable"]) == (400, "1.0.0")
