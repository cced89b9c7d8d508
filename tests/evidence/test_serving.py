from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pamong.evidence.models import Document
from tests.build import People
from tests.evidence import build

VIDEO = build.mp4_bytes(3, filling=bytes(range(200)))


@pytest.fixture
def video(people: People) -> Document:
    return build.document(
        people.region, people.agency, people.operator, "Video", content=VIDEO, name="Vidéo profil.mp4"
    )


def address(document: Document, number: int = 1) -> str:
    return reverse("documents:file", args=[document.region.slug, document.code, number])


def body(answer: Any) -> bytes:
    content: bytes = answer.getvalue()
    answer.close()
    return content


def test_a_file_is_shown_in_the_page_but_never_run(people: People, login: Any) -> None:
    document = build.document(
        people.region, people.agency, people.operator, content=build.pdf_bytes(), name='SK "tim".pdf'
    )
    answer = login(people.verifier).get(address(document), follow=True)
    sha = document.versions.get().sha256
    assert body(answer) == build.pdf_bytes()
    assert {name: answer[name] for name in (
        "Content-Type", "Content-Length", "Content-Disposition", "ETag", "Accept-Ranges", "Cache-Control",
        "X-Content-Type-Options", "X-Frame-Options", "Content-Security-Policy", "Cross-Origin-Resource-Policy", "Vary",
    )} == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(build.pdf_bytes())),
        "Content-Disposition": 'inline; filename="SK _tim_.pdf"',
        "ETag": f'"{sha}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": "default-src 'none'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Vary": "Cookie",
    }  # fmt: skip


def test_everything_but_a_pdf_stands_in_a_sandbox(people: People, video: Document, login: Any) -> None:
    answer = login(people.operator).get(address(video), follow=True)
    assert "; sandbox;" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == "inline; filename*=utf-8''Vid%C3%A9o%20profil.mp4"
    assert body(answer) == VIDEO


def test_a_file_can_be_saved_instead(people: People, video: Document, login: Any) -> None:
    answer = login(people.operator).get(address(video) + "?unduh=1", follow=True)
    assert answer["Content-Disposition"].startswith("attachment; ")
    answer.close()


def test_what_a_browser_cannot_show_is_always_saved(people: People, login: Any) -> None:
    document = build.document(
        people.region, people.agency, people.operator, content=build.docx_bytes(), name="a.docx", allowed=["docx"]
    )
    answer = login(people.operator).get(address(document), follow=True)
    assert answer["Content-Disposition"] == 'attachment; filename="a.docx"'
    answer.close()


@pytest.mark.parametrize(
    ("wanted", "status", "first", "last"),
    [
        ("bytes=0-9", 206, 0, 9),
        ("bytes=10-", 206, 10, len(VIDEO) - 1),
        ("bytes=-5", 206, len(VIDEO) - 5, len(VIDEO) - 1),
        ("bytes=5-999999", 206, 5, len(VIDEO) - 1),
        ("bytes=0-", 200, 0, len(VIDEO) - 1),
        ("bytes=-999999", 200, 0, len(VIDEO) - 1),
        ("bytes=9-5", 200, 0, len(VIDEO) - 1),
        ("bytes=-", 200, 0, len(VIDEO) - 1),
        ("bytes=0-1,4-5", 200, 0, len(VIDEO) - 1),
        ("bytes=" + "9" * 40 + "-", 200, 0, len(VIDEO) - 1),
        ("lines=0-1", 200, 0, len(VIDEO) - 1),
        ("omong kosong", 200, 0, len(VIDEO) - 1),
    ],
)
def test_a_part_is_handed_over_when_asked_for(
    people: People, video: Document, login: Any, wanted: str, status: int, first: int, last: int
) -> None:
    answer = login(people.operator).get(address(video), headers={"Range": wanted}, follow=True)
    assert (answer.status_code, answer["Content-Length"]) == (status, str(last - first + 1))
    assert answer.get("Content-Range") == (f"bytes {first}-{last}/{len(VIDEO)}" if status == 206 else None)
    assert body(answer) == VIDEO[first : last + 1]


@pytest.mark.parametrize("wanted", [f"bytes={len(VIDEO)}-", "bytes=99999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_416(people: People, video: Document, login: Any, wanted: str) -> None:
    answer = login(people.operator).get(address(video), headers={"Range": wanted}, follow=True)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, f"bytes */{len(VIDEO)}", b"")


@pytest.mark.parametrize(("known", "status"), [("this", 206), ("another", 200)])
def test_a_part_of_another_file_is_not_handed_over(
    people: People, video: Document, login: Any, known: str, status: int
) -> None:
    tag = f'"{video.versions.get().sha256}"' if known == "this" else '"lain"'
    answer = login(people.operator).get(address(video), headers={"Range": "bytes=0-9", "If-Range": tag}, follow=True)
    assert answer.status_code == status
    answer.close()


def test_a_file_the_browser_has_is_not_sent_again_but_asked_for(people: People, video: Document, login: Any) -> None:
    tag = f'"{video.versions.get().sha256}"'
    answer = login(people.operator).get(address(video), headers={"If-None-Match": tag}, follow=True)
    assert (answer.status_code, answer["ETag"], answer.content) == (304, tag, b"")
    assert login(people.neighbour).get(address(video), headers={"If-None-Match": tag}, follow=True).status_code == 404


def test_asking_only_for_the_head_opens_no_file(people: People, video: Document, files: Path, login: Any) -> None:
    browser = login(people.operator)
    answer = browser.head(browser.get(address(video))["Location"])
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, str(len(VIDEO)), b"")
    assert login(people.operator).post(address(video)).status_code == 405


def test_a_file_that_is_gone_is_said_plainly(people: People, video: Document, files: Path, login: Any) -> None:
    (files / video.versions.get().storage_name).unlink()
    answer = login(people.operator).get(address(video), follow=True)
    assert (answer.status_code, "administrator" in answer.content.decode()) == (409, True)


def test_a_link_and_a_version_that_is_not_there_have_no_file(people: People, video: Document, login: Any) -> None:
    link = build.document(people.region, people.agency, people.operator, "Tautan", link="https://contoh.id/a")
    browser = login(people.operator)
    for url in (address(link), address(video, 2), address(video, 0), address(video, 10**30)):
        assert browser.get(url).status_code == 404


@pytest.mark.parametrize("path", ["/files/{}", "/media/{}", "/static/{}", "/var/files/{}", "/{}"])
def test_no_public_path_leads_to_a_file(people: People, video: Document, client: Client, path: str) -> None:
    assert client.get(path.format(video.versions.get().storage_name)).status_code in (302, 404)


# -- short-lived addresses --------------------------------------------------------------------------------------------


def handed_out(browser: Client, video: Document) -> str:
    return str(browser.get(address(video))["Location"])


def test_the_door_leads_to_an_address_that_asks_nobody_anymore(
    people: People, video: Document, login: Any, django_assert_num_queries: Any
) -> None:
    browser = login(people.operator)
    short = handed_out(browser, video)
    assert short.startswith(f"/{people.region.slug}/dokumen/buka/")
    assert handed_out(browser, video) == short  # so that what the browser has is not fetched again
    with django_assert_num_queries(
        5
    ):  # session, person, region, standing, version; whose document it is was asked at the door
        assert body(browser.get(short)) == VIDEO


def test_an_address_is_of_no_use_to_anybody_else(people: People, video: Document, login: Any) -> None:
    short = handed_out(login(people.operator), video)
    for person in (people.region_admin, people.neighbour, people.stranger):
        assert login(person).get(short).status_code == 404
    assert Client().get(short)["Location"].startswith("/akun/login/")


def test_an_address_of_another_session_or_time_leads_back_to_the_door(
    people: People, video: Document, login: Any, settings: Any
) -> None:
    browser = login(people.operator)
    short = handed_out(browser, video)
    with time_machine.travel(timezone.now() + timedelta(seconds=2 * settings.FILE_LINK_SECONDS + 1)):
        late = browser.get(short + "?unduh=1")
        assert (late.status_code, late["Location"]) == (302, address(video) + "?unduh=1")
    # The door lets the same person in again (at today's clock: closing an answer under a moved one closes the connection).
    assert browser.get(late["Location"], follow=True).getvalue() == build.content_of(video.current)
    elsewhere = Client()
    elsewhere.force_login(people.operator)
    assert elsewhere.get(short)["Location"].startswith(address(video))


def test_an_address_back_to_a_door_now_shut_opens_nothing(
    people: People, video: Document, login: Any, settings: Any
) -> None:
    browser = login(people.operator)
    short = handed_out(browser, video)
    Document.objects.update(agency=people.other_agency)
    with time_machine.travel(timezone.now() + timedelta(seconds=2 * settings.FILE_LINK_SECONDS + 1)):
        assert browser.get(short, follow=True).status_code == 404


@pytest.mark.parametrize(
    "change", [lambda short: short[:-3] + "xx/", lambda short: short.replace("buka/", "buka/W10:")]
)
def test_an_address_we_did_not_sign_is_not_there(people: People, video: Document, login: Any, change: Any) -> None:
    browser = login(people.operator)
    assert browser.get(change(handed_out(browser, video))).status_code == 404
