"""No page offers its reader a door that is shut: every link of every page, followed by whoever is shown it."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from tests.house.world import PERSONAS, World

EACH = 2  # addresses of one name that are tried: lists are long, and their rows alike
LINK = re.compile(r'\shref="(/[^"#]*|\?[^"#]*|\.[^"#]*)"')
OPEN = {200, 302, 303}
# Signing out ends the walk; the files of most documents here were never kept (the table tries one that was).
PASSED_BY = {"account_logout", "documents:file", "assessments:proof_file"}


@pytest.mark.parametrize("furnished", [False, True], ids=["empty", "furnished"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_offers_its_reader_a_shut_door(persona: str, furnished: bool, db: None) -> None:
    world = World()
    if furnished:
        world.furnish()
    browser = Client(raise_request_exception=False)
    if persona != "anonymous":
        browser.force_login(world.person(persona))
    shut, seen, tried = [], set(), Counter[str]()
    ways = deque(
        [("/", ""), (reverse("dashboards:region", args=[world.region]) if persona in world.insiders else "/", "")]
    )
    while ways:
        way, whence = ways.popleft()
        if way in seen or way.startswith("/static/"):
            continue
        seen.add(way)
        name = resolve(urlsplit(way).path).view_name
        if name in PASSED_BY or tried[name] >= EACH:
            continue
        tried[name] += 1
        answer = browser.get(way)
        if answer.status_code not in OPEN:
            shut.append(f"{way} ({answer.status_code}), offered on {whence}")
        ways += [(link, way) for link in _links(answer, way)]
    assert not shut, "\n".join(shut)


def _links(answer: HttpResponse, here: str) -> list[str]:
    """The addresses a page offers; none of a file."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)
        return []
    if answer.status_code in (302, 303):
        return [urljoin(here, answer["Location"])] if answer["Location"].startswith("/") else []
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    found = LINK.findall(answer.content.decode())
    return list(dict.fromkeys(urljoin(here, link.replace("&amp;", "&")) for link in found))
