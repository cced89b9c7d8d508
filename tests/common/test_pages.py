"""The frame, the gallery and the pages that say what went wrong."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from pamong.common.middleware import RefusedMiddleware
from pamong.common.permit import Overtaken, Refused
from tests.build import People

INLINE = re.compile(r"""<style|<script(?![^>]*(?: src=|type="application/json"))|\sstyle=|\son\w+=|javascript:""")


def test_gallery_is_for_people_who_signed_in(client: Client, people: People) -> None:
    assert client.get("/komponen/").status_code == 302
    client.force_login(people.operator)
    assert client.get("/komponen/").status_code == 200


def test_gallery_has_nothing_inline(client: Client, people: People) -> None:
    client.force_login(people.operator)
    html = re.sub(r"<code>.*?</code>", "", client.get("/komponen/").text, flags=re.S)
    assert INLINE.findall(html) == []


def test_content_security_policy_allows_nothing_inline(client: Client, db: None) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy


def test_every_id_of_the_gallery_is_used_once(client: Client, people: People) -> None:
    client.force_login(people.operator)
    ids = re.findall(r'\sid="([^"]+)"', client.get("/komponen/").text)
    assert sorted(ids) == sorted(set(ids))


def test_unknown_address_says_what_may_have_happened(client: Client, people: People) -> None:
    client.force_login(people.operator)
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "<h1>Halaman ini tidak ada</h1>" in response.text


@pytest.mark.parametrize("refusal", [Refused, Overtaken])
def test_an_unanswered_refusal_is_a_page_with_its_reasons(refusal: type[Refused]) -> None:
    def never(request: HttpRequest) -> HttpResponse:
        raise AssertionError

    response = RefusedMiddleware(never).process_exception(RequestFactory().get("/"), refusal("Belum <b>.", "Dua."))
    assert response is not None
    assert response.status_code == 409
    assert "<li>Belum &lt;b&gt;.</li><li>Dua.</li>" in response.content.decode()


def test_other_failures_are_not_refusals() -> None:
    middleware = RefusedMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(RequestFactory().get("/"), ValueError("x")) is None


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html"])
def test_problem_pages_have_one_heading_and_a_way_on(name: str) -> None:
    html = render_to_string(name, request=RequestFactory().get("/"))
    assert html.count("<h1") == 1
    assert 'href="/"' in html
    assert INLINE.findall(html) == []


def test_server_error_page_needs_nothing_to_be_shown() -> None:
    html = render_to_string("500.html")
    assert '<html lang="id">' in html
    assert "Something went wrong" in html
    assert 'href="/static/dist/app.css"' in html


def test_forged_form_is_refused_with_a_page(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/akun/login/", {})
    assert response.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in response.text
