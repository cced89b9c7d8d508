"""Three regions' worth of people, and doors for them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scope

from pamong.agencies.models import Agency, Region
from pamong.audit import triggers
from tests import build
from tests.run import browser as installed_browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs PostgreSQL or a browser is skipped, with the reason, where there is none."""
    reasons = {}
    if connection.vendor != "postgresql":
        reasons["postgres"] = "needs PostgreSQL: real concurrency"
    if installed_browser() is None:
        reasons["browser"] = "needs Chromium or Chrome"
    for item in items:
        for marker in set(reasons) & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=reasons[marker]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """The machine's own browser, started once. Tests that use it carry ``@pytest.mark.browser``."""
    # Playwright drives its own event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture
def page(chromium, live_server) -> Iterator[object]:
    """An empty page of a fresh browser, at the size of a laptop; relative addresses are those of the test's server."""
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800}, locale="id-ID")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(autouse=True)
def trail_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions empty every table afterwards; the trail's triggers must let them."""
    marker = request.node.get_closest_marker("django_db")
    real = bool(marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    )
    if real:
        request.getfixturevalue("transactional_db")
        triggers.install(connection)
    yield
    if real:
        triggers.remove(connection)


@pytest.fixture
def region(db: None) -> Iterator[Region]:
    """Kota Contoh, with its scope entered."""
    region = build.region()
    with scope(region=region):
        yield region


@pytest.fixture
def agency(region: Region) -> Agency:
    return build.agency(region, "Dinas Contoh")


@pytest.fixture
def people(region: Region, agency: Agency) -> build.People:
    """One person per role in Kota Contoh, a neighbour agency's operator, and a stranger from another region."""
    return build.People(region, agency)


@pytest.fixture
def login(client: Client):
    """``login(person)`` gives a browser signed in as ``person``."""

    def sign_in(person: object) -> Client:
        client.force_login(person)  # type: ignore[arg-type]
        return client

    return sign_in
