"""Signing in through an OpenID Connect provider: a real one, running here for the test."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from pamong.accounts.models import User
from tests import build

SITI = {"sub": "1", "email": "Siti@contoh.test", "email_verified": True, "name": "Siti"}
UNPROVEN = {"sub": "2", "email": "siti@contoh.test", "email_verified": False}
STRANGER = {"sub": "3", "email": "asing@contoh.test", "email_verified": True}
NAMELESS = {"sub": "4"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [part for one in (SITI, UNPROVEN, STRANGER, NAMELESS) for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *claims]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address + "/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture(autouse=True)
def provider(issuer: str, settings, db: None) -> None:  # type: ignore[no-untyped-def]
    cache.clear()
    app = {
        "provider_id": "sso",
        "name": "SSO Pemda",
        "client_id": "pamong",
        "secret": "x",
        "settings": {"server_url": issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def come_back_as(client: Client, sub: str):  # type: ignore[no-untyped-def]
    """Press the button, answer the provider's page as ``sub``, return to Pamong."""
    away = client.post("/akun/oidc/sso/login/?process=login")
    assert away.status_code == 302
    request = urllib.request.Request(away["Location"], urlencode({"sub": sub}).encode())
    try:
        back = urllib.request.build_opener(_Stay).open(request, timeout=10)
        location = back.headers["Location"]
    except urllib.error.HTTPError as answer:
        location = answer.headers["Location"]
        answer.close()
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


def test_the_button_is_on_the_sign_in_page(client: Client) -> None:
    assert "Masuk dengan SSO Pemda" in client.get("/akun/login/").text


def test_a_proven_address_opens_its_account_again_and_again(client: Client) -> None:
    siti = build.person("Siti", "siti@contoh.test")
    before = siti.password
    for browser in (client, Client()):
        assert come_back_as(browser, "1")["Location"] == "/"
        assert browser.session["_auth_user_id"] == str(siti.pk)
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(siti.pk, "1")]
    siti.refresh_from_db()
    assert siti.password == before


@pytest.mark.parametrize(
    ("sub", "reason"),
    [("2", "tidak memastikan alamat surel"), ("3", "belum punya akun Pamong"), ("4", "tidak memastikan alamat surel")],
)
def test_others_are_turned_away_and_nothing_is_made(client: Client, sub: str, reason: str) -> None:
    build.person("Siti", "siti@contoh.test")
    page = come_back_as(client, sub)
    assert page.status_code == 403
    assert reason in page.text
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_disabled_account_stays_closed(client: Client) -> None:
    build.person("Siti", "siti@contoh.test")
    User.objects.update(is_active=False)
    assert come_back_as(client, "1").status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_account_whose_address_moved_on_is_not_opened_by_the_old_one(client: Client) -> None:
    siti = build.person("Siti", "siti@contoh.test")
    come_back_as(Client(), "1")
    User.objects.filter(pk=siti.pk).update(email="siti.baru@contoh.test")
    assert come_back_as(client, "1").status_code == 403
    assert "_auth_user_id" not in client.session


def test_someone_signed_in_does_not_take_over_anothers_sign_on(client: Client) -> None:
    build.person("Siti", "siti@contoh.test")
    budi = build.person("Budi", "budi@contoh.test")
    client.force_login(budi)
    assert come_back_as(client, "1").status_code == 403
    assert SocialAccount.objects.count() == 0
