"""Signing in and out, setting a password again, too many attempts, devices."""

from __future__ import annotations

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core import mail
from django.core.cache import cache
from django.test import Client

from pamong.accounts.adapters import CHANGES
from pamong.accounts.models import User
from pamong.audit.models import Event
from tests import build

PASSWORD = "kata-sandi-uji"
NEW = "kuda-benar-baterai-7"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def person(db: None) -> User:
    return build.person("Siti Rahma", "siti@contoh.test")


def sign_in(client: Client, email: str = "siti@contoh.test", password: str = PASSWORD) -> int:
    return client.post("/akun/login/", {"login": email, "password": password}).status_code


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("email", ["siti@contoh.test", "SITI@Contoh.test"])
def test_a_person_signs_in_by_address_whatever_its_letters(client: Client, person: User, email: str) -> None:
    assert sign_in(client, email) == 302
    assert signed_in(client)


@pytest.mark.parametrize(("email", "password"), [("siti@contoh.test", "salah"), ("tidak@ada.test", PASSWORD)])
def test_wrong_password_and_unknown_address_look_the_same(
    client: Client, person: User, email: str, password: str
) -> None:
    page = client.post("/akun/login/", {"login": email, "password": password})
    assert not signed_in(client)
    errors = re.findall(r"<ul><li>(.*?)</li></ul>", page.text)
    assert errors == ["Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."]


def test_a_disabled_account_does_not_get_in(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(client) in (200, 302)
    assert not signed_in(client)


def test_nobody_makes_an_account_by_themself(client: Client, db: None) -> None:
    data = {"email": "baru@contoh.test", "password1": NEW, "password2": NEW}
    assert "Akun dibuat lewat undangan" in client.get("/akun/signup/").text
    assert "Akun dibuat lewat undangan" in client.post("/akun/signup/", data).text
    assert User.objects.count() == 0


def test_the_page_one_wanted_is_shown_after_signing_in(client: Client, person: User) -> None:
    response = client.post("/akun/login/", {"login": person.email, "password": PASSWORD, "next": "/saya/"})
    assert response["Location"] == "/saya/"
    elsewhere = Client().post("/akun/login/?next=https://jahat.test/", {"login": person.email, "password": PASSWORD})
    assert elsewhere["Location"] == "/"


def test_signing_out_asks_and_then_does(client: Client, person: User) -> None:
    sign_in(client)
    assert "Keluar dari Pamong?" in client.get("/akun/logout/").text
    assert signed_in(client)
    client.post("/akun/logout/")
    assert not signed_in(client)


def test_guessing_is_stopped_after_five_wrong_passwords(client: Client, person: User) -> None:
    for _ in range(5):
        assert sign_in(client, password="salah") == 200
    page = client.post("/akun/login/", {"login": person.email, "password": PASSWORD})
    assert not signed_in(client)
    assert "Terlalu banyak percobaan" in page.text


def test_one_machine_may_not_hammer_the_sign_in_page(client: Client, db: None) -> None:
    answers = [sign_in(client, f"orang{n}@contoh.test", "salah") for n in range(12)]
    assert 200 in answers
    page = client.post("/akun/login/", {"login": "lain@contoh.test", "password": "salah"})
    assert "Terlalu banyak" in page.text


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http://testserver(/akun/password/reset/key/\S+)", str(message.body))
    assert found
    return found[1]


def test_a_forgotten_password_is_set_again_by_a_link_that_works_once(client: Client, person: User) -> None:
    client.post("/akun/password/reset/", {"email": person.email})
    assert [(m.to, m.subject) for m in mail.outbox] == [([person.email], "Kata sandi baru untuk Pamong")]
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    assert "Kata sandi baru" in form.text
    done = client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW}, follow=True)
    assert "Kata sandi sudah diganti" in done.text
    assert not signed_in(client)
    assert "Tautan ini tidak berlaku lagi" in Client().get(link, follow=True).text
    assert sign_in(client, password=NEW) == 302
    assert signed_in(client)
    assert [event.says for event in Event.objects.all()] == ["membuat kata sandi baru lewat tautan surel"]


def test_resetting_an_unknown_address_says_the_same_and_sends_nothing(client: Client, person: User) -> None:
    known = client.post("/akun/password/reset/", {"email": person.email}, follow=True)
    mail.outbox.clear()
    unknown = client.post("/akun/password/reset/", {"email": "tidak@ada.test"}, follow=True)
    assert "Periksa surel Anda" in known.text
    assert "Periksa surel Anda" in unknown.text
    assert mail.outbox == []


@pytest.mark.parametrize("weak", ["pendek", "1234567890", "kata-sandi", "siti-rahma"])
def test_a_weak_password_is_refused_and_nothing_changes(client: Client, person: User, weak: str) -> None:
    before = person.password
    client.force_login(person)
    page = client.post("/akun/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak + "x"})
    assert 'aria-invalid="true"' in page.text
    person.refresh_from_db()
    assert person.password == before
    assert Event.objects.count() == 0


def test_changing_the_password_tells_the_person_and_ends_all_sessions(client: Client, person: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    client.post("/akun/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert elsewhere.get("/saya/").status_code == 302
    assert [(m.to, m.subject) for m in mail.outbox] == [([person.email], "Kata sandi Pamong diganti")]
    assert [event.says for event in Event.objects.all()] == ["mengganti kata sandinya"]


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_every_letter_about_an_account_is_ours_and_says_what_to_do(rf, person: User, change: str) -> None:  # type: ignore[no-untyped-def]
    request = rf.get("/", headers={"user-agent": "Peramban & uji"})
    with request_context(request):
        get_adapter().send_notification_mail(_place(change) + change, person, {"provider": "Masuk Daerah"})
    (letter,) = mail.outbox
    assert "Pamong" in letter.subject
    assert "Peramban: Peramban & uji" in letter.body
    assert "Bukan Anda? Segera ganti kata sandi Pamong" in letter.body
    assert not re.search(r"\b(your|password|account|changed|codes)\b", letter.subject + letter.body, re.IGNORECASE)


def _place(change: str) -> str:
    """Where allauth keeps the letter about ``change``."""
    if change.startswith("account_"):
        return "socialaccount/email/"
    return "account/email/" if change.startswith("password_") else "mfa/email/"


def test_other_devices_are_listed_and_signed_out(client: Client, person: User) -> None:
    elsewhere = Client(headers={"user-agent": "Ponsel lama"})
    sign_in(elsewhere)
    sign_in(client)
    page = client.get("/akun/sessions/").text
    assert "Ponsel lama" in page
    assert page.count("yang ini") == 1
    client.post("/akun/sessions/")
    assert elsewhere.get("/saya/").status_code == 302
    assert client.get("/saya/").status_code == 200
    assert "Hanya perangkat ini yang sedang masuk." in client.get("/akun/sessions/").text


@pytest.mark.parametrize("path", ["/akun/email/", "/akun/3rdparty/"])
def test_address_and_connections_are_not_changed_by_the_person(client: Client, person: User, path: str) -> None:
    client.force_login(person)
    assert client.get(path)["Location"] == "/saya/"
    assert client.post(path, {"action_add": "", "email": "lain@contoh.test"}).status_code in (302, 405)
    assert person.emailaddress_set.count() == 0  # type: ignore[attr-defined]
