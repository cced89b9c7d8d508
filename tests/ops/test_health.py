"""``/sehat/``: what whoever watches over the process is told."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries


def test_health_is_one_question_to_the_database_and_no_session(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/sehat/")
    assert (answer.status_code, answer.json(), answer.cookies) == (200, {"status": "sehat"}, {})


def test_health_is_503_when_the_database_does_not_answer(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", silent)
        assert client.get("/sehat/").status_code == 503


def test_health_is_asked_only(client: Client, db: None) -> None:
    assert client.post("/sehat/").status_code == 405
