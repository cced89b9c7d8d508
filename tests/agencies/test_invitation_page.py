"""The page behind an invitation's link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import inviting
from pamong.agencies.models import Invitation, Membership, Region
from tests.agencies import build
from tests.build import People

Login = Callable[[object], Client]
GOOD = {"name": "Baru Sekali", "position": "Analis", "phone": "", "password": build.PASSWORD, "again": build.PASSWORD}


@pytest.fixture(autouse=True)
def unlimited() -> None:
    cache.clear()


@pytest.fixture
def held(region: Region, people: People) -> Invitation:
    return build.invitation(people.region_admin, region)


def _url(held: Invitation) -> str:
    return reverse("invitation", args=[held.token])


def test_a_new_person_is_in_with_one_form(held: Invitation, client: Client) -> None:
    assert "Verifikator" in client.get(_url(held)).content.decode()
    answer = client.post(_url(held), GOOD)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(User.objects.get(email=held.email).pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"password": "pendek", "again": "pendek"},
        {"again": "lain"},
        {"password": "1234567890", "again": "1234567890"},
    ],
)
def test_a_weak_or_mistyped_password_is_shown_again_and_makes_nobody(
    wrong: dict[str, str], held: Invitation, client: Client
) -> None:
    assert client.post(_url(held), GOOD | wrong).status_code == 422
    assert not User.objects.filter(email=held.email).exists()


def test_the_same_form_sent_twice_lets_the_same_person_in(held: Invitation) -> None:
    answers = [Client().post(_url(held), GOOD).status_code for _ in range(2)]
    assert (answers, User.objects.filter(email=held.email).count()) == ([302, 302], 1)


def test_a_used_expired_or_withdrawn_link_says_so(region: Region, people: People, client: Client) -> None:
    used, old, gone = (build.invitation(people.region_admin, region, email=f"{n}@contoh.test") for n in "abc")
    build.joined(used)
    build.expired(old)
    inviting.revoke(gone, by=people.region_admin)
    for held, word in ((used, "sudah dipakai"), (old, "kedaluwarsa"), (gone, "sudah dicabut")):
        answer = client.get(_url(held))
        assert answer.status_code == 410
        assert word in answer.content.decode()
        assert (
            client.post(_url(held), GOOD | {"password": "lain-sekali-26", "again": "lain-sekali-26"}).status_code == 409
        )


def test_a_guessed_link_leads_nowhere(people: People, client: Client) -> None:
    assert client.get(reverse("invitation", args=["x" * 43])).status_code == 404
    assert client.get(reverse("invitation", args=["%00"])).status_code == 404


def test_guessing_is_slowed_down(people: People, client: Client) -> None:
    answers = [client.get(reverse("invitation", args=[f"tebak{n}"])).status_code for n in range(61)]
    assert (set(answers[:60]), answers[60]) == ({404}, 429)


def test_a_known_person_signs_in_and_confirms(region: Region, people: People, client: Client, login: Login) -> None:
    held = build.invitation(people.region_admin, region, Role.JUROR, email=people.operator.email)
    assert reverse("account_login") in client.get(_url(held)).content.decode()
    assert not Membership.objects.filter(role="juror", person=people.operator).exists()
    browser = login(people.operator)
    assert browser.get(_url(held)).status_code == 200
    assert not Membership.objects.filter(role="juror", person=people.operator).exists()
    assert [browser.post(_url(held)).status_code for _ in range(2)] == [302, 302]
    assert Membership.objects.filter(role="juror", person=people.operator).count() == 1


def test_somebody_elses_account_cannot_take_it(held: Invitation, people: People, login: Login) -> None:
    browser = login(people.operator)
    assert "Undangan ini untuk" in browser.get(_url(held)).content.decode()
    assert browser.post(_url(held), GOOD).status_code == 409
    held.refresh_from_db()
    assert held.accepted_at is None


def test_the_link_is_not_kept_by_caches(held: Invitation, client: Client) -> None:
    assert "no-store" in client.get(_url(held))["Cache-Control"]
