"""A second factor: offered to all, demanded of some."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from pamong.accounts.models import User
from pamong.audit.models import Event
from tests.build import People

PASSWORD = "kata-sandi-uji"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


def sign_in(client: Client, person: User) -> None:
    client.post("/akun/login/", {"login": person.email, "password": PASSWORD})


def prove(client: Client) -> None:
    """Before the way one signs in changes, the password is asked for again."""
    client.post("/akun/reauthenticate/", {"password": PASSWORD})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_app(client: Client) -> str:
    """Go through the pages as a person does; returns the secret."""
    assert client.get("/akun/2fa/totp/activate/")["Location"].startswith("/akun/reauthenticate/")
    prove(client)
    page = client.get("/akun/2fa/totp/activate/").text
    secret = re.search(r'<code class="secret">(\w+)</code>', page)
    assert secret
    client.post("/akun/2fa/totp/activate/", {"code": code_for(secret[1])})
    return secret[1]


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_then_asked_for(client: Client, people: People) -> None:
    sign_in(client, people.operator)
    secret = set_up_app(client)
    assert Authenticator.objects.filter(user=people.operator, type="totp").count() == 1
    assert [e.says for e in Event.objects.order_by("pk")] == ["memasang aplikasi autentikator"]

    other = Client()
    sign_in(other, people.operator)
    assert "_auth_user_id" not in other.session
    assert "Satu langkah lagi" in other.get("/akun/2fa/authenticate/").text
    assert "_auth_user_id" not in other.session
    other.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in other.session
    other.post("/akun/2fa/authenticate/", {"code": code_for(secret)})
    assert other.session["_auth_user_id"] == str(people.operator.pk)


def test_a_recovery_code_opens_once(client: Client, people: People) -> None:
    sign_in(client, people.operator)
    set_up_app(client)
    page = client.get("/akun/2fa/recovery-codes/").text
    codes = re.findall(r"<li><code>(\w+)</code></li>", page)
    assert len(codes) == 10
    for expected in (str(people.operator.pk), None):
        other = Client()
        sign_in(other, people.operator)
        other.post("/akun/2fa/authenticate/", {"code": codes[0]})
        assert other.session.get("_auth_user_id") == expected


def test_the_secret_is_not_shown_again(client: Client, people: People) -> None:
    sign_in(client, people.operator)
    secret = set_up_app(client)
    assert secret not in client.get("/akun/2fa/").text
    assert client.get("/akun/2fa/totp/activate/").status_code == 302


def test_passkey_page_says_that_it_needs_javascript(client: Client, people: People) -> None:
    sign_in(client, people.operator)
    prove(client)
    page = client.get("/akun/2fa/webauthn/add/")
    assert page.status_code == 200
    assert "<noscript>" in page.text
    assert "Kunci sandi memerlukan JavaScript" in page.text


@pytest.fixture
def demanded(settings) -> None:  # type: ignore[no-untyped-def]
    settings.MFA_ROLES = ("verifier", "region-admin")


@pytest.mark.usefixtures("demanded")
def test_a_role_that_needs_it_can_do_nothing_else_before(client: Client, people: People) -> None:
    sign_in(client, people.verifier)
    for path in ("/", "/saya/", "/komponen/", "/kota-contoh/inovasi/", "/akun/sessions/"):
        assert client.get(path)["Location"] == "/akun/2fa/", path
    page = client.get("/akun/2fa/")
    assert "Peran Anda mewajibkan pengaman kedua" in page.text
    assert client.get("/komponen/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/akun/2fa/"
    set_up_app(client)
    assert client.get("/saya/").status_code == 200
    assert "Peran Anda mewajibkan" not in client.get("/akun/2fa/").text


@pytest.mark.usefixtures("demanded")
def test_leaving_and_choosing_the_language_stay_possible(client: Client, people: People) -> None:
    sign_in(client, people.verifier)
    assert client.post("/bahasa/", {"language": "id", "next": "/akun/2fa/"})["Location"] == "/akun/2fa/"
    client.post("/akun/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demanded")
def test_other_roles_and_strangers_are_left_alone(client: Client, people: People) -> None:
    assert client.get("/").status_code == 200
    sign_in(client, people.operator)
    assert client.get("/saya/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_taking_the_factor_off_closes_the_door_again(client: Client, people: People) -> None:
    sign_in(client, people.verifier)
    set_up_app(client)
    assert client.get("/saya/").status_code == 200
    client.post("/akun/2fa/totp/deactivate/")
    assert client.get("/saya/")["Location"] == "/akun/2fa/"


def test_without_the_setting_nobody_is_asked(client: Client, people: People) -> None:
    sign_in(client, people.verifier)
    assert client.get("/saya/").status_code == 200
