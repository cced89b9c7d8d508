"""One's own profile."""

from __future__ import annotations

from django.test import Client

from pamong.accounts import actions
from pamong.accounts.models import User
from pamong.audit.models import Event
from tests import build


def test_the_profile_is_for_people_who_signed_in(client: Client, db: None) -> None:
    assert client.get("/saya/")["Location"] == "/akun/login/?next=/saya/"


def test_a_person_changes_how_they_are_called_and_reached(client: Client, db: None) -> None:
    person = build.person("Siti", "siti@contoh.test")
    client.force_login(person)
    data = {"name": "Siti Rahma", "position": "Analis", "phone": "0812 3456", "email": "lain@contoh.test"}
    assert client.post("/saya/", data)["Location"] == "/saya/"
    person.refresh_from_db()
    assert (person.name, person.position, person.phone, person.email) == (
        "Siti Rahma", "Analis", "0812 3456", "siti@contoh.test",
    )  # fmt: skip
    assert [(e.actor, e.act, e.says) for e in Event.objects.all()] == [
        ("Siti", "person.introduced", "memperbarui profilnya: nama, jabatan, telepon")
    ]


def test_a_wrong_telephone_is_named_and_nothing_changes(client: Client, db: None) -> None:
    person = build.person("Siti", "siti@contoh.test")
    client.force_login(person)
    page = client.post("/saya/", {"name": "Lain", "phone": "telepon saya"})
    assert page.status_code == 422
    assert "Tulis nomor telepon dengan angka" in page.text
    assert 'value="telepon saya"' in page.text
    assert User.objects.get().name == "Siti"
    assert Event.objects.count() == 0


def test_saving_the_same_twice_is_recorded_once(db: None) -> None:
    person = build.person("Siti")
    for _ in range(2):
        actions.introduce(person, by=person, name="Siti R", position="", phone="")
    assert Event.objects.count() == 1


def test_profile_page_asks_few_questions_of_the_database(client: Client, db: None, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    client.force_login(build.person("Siti"))
    with django_assert_num_queries(2):  # session, person
        client.get("/saya/")
