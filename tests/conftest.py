"""Three regions' worth of people, and doors for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scope

from pamong.agencies.models import Agency, Region
from pamong.audit import triggers
from tests import build


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
