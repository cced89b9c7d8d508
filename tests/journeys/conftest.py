"""One real site for all journeys, and people before browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.journeys.person import Person
from tests.journeys.site import Site

PHONE, LAPTOP = 360, 1280
Opens = Callable[..., Person]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser, and all of it in one worker: there is one site, of the embedded profile."""
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if connection.vendor == "postgresql":
                item.add_marker(
                    pytest.mark.skip(reason="the journeys' site has its own SQLite: the run on SQLite walks them")
                )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with Site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """The cookies of people who signed in once already."""
    return {}


@pytest.fixture
def browser_as(chromium: Any, site: Site, signed_in: dict[str, Any]) -> Iterator[Opens]:
    """``browser_as(email, width=360, javascript=False)``: a browser of one's own, signed in; without e-mail a stranger's.

    No page may have written an error to the browser's console when the journey is over.
    """
    opened: list[Person] = []

    def open_browser(email: str = "", *, width: int = LAPTOP, javascript: bool = True, fresh: bool = False) -> Person:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 800},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=javascript,
            storage_state=None if fresh else signed_in.get(email),
        )
        context.set_default_timeout(10_000)
        person = Person(site, context, email)
        opened.append(person)
        if email and (fresh or email not in signed_in):
            person.sign_in(email)
            if not fresh:
                signed_in[email] = context.storage_state()
        return person

    yield open_browser
    faults = [f"{person.email}: {fault}" for person in opened for fault in person.faults]
    for person in opened:
        person.context.close()
    assert faults == []
