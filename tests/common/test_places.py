"""A page names a place; features above fill it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from pamong.common import places


@pytest.fixture(autouse=True)
def nothing_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_FILLERS", {})


def greeting(request: HttpRequest, *, name: str) -> str:
    return format_html("<p>{} di {}</p>", name, request.path) if name else ""


def shown(text: str) -> str:
    context = Context({"request": RequestFactory().get("/sini/"), "name": "<Ani>"})
    return Template(text).render(context)


def test_a_place_nobody_fills_is_empty() -> None:
    assert shown('a{% place "claim" name=name %}b') == "ab"


def test_a_filler_is_asked_with_the_request_and_what_the_page_gives() -> None:
    places.fill("claim", greeting)
    assert shown('{% place "claim" name=name %}') == "<p>&lt;Ani&gt; di /sini/</p>"
    assert shown('{% place "claim" name="" %}') == ""


def test_filling_twice_is_filling_once_and_plain_text_is_escaped() -> None:
    for filler in (greeting, greeting, lambda request, name: "<b>"):
        places.fill("claim", filler)
    assert shown('{% place "claim" name="x" %}') == "<p>x di /sini/</p>&lt;b&gt;"
