"""The outbox is open to administrators, without the secrets it carries; inviting writes into it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pamong.agencies.models import Agency, Invitation, Region
from pamong.notifications import actions
from pamong.notifications.models import Message
from tests.agencies import build
from tests.build import People

Login = Callable[[object], Client]


@pytest.fixture
def message(region: Region, people: People) -> Message:
    told = actions.tell(people.operator, "Perlu perbaikan", "Indikator 21", region=region)
    assert told is not None
    return told


def _texts(answer: HttpResponse) -> str:
    """All that stands in a page, or in a workbook."""
    if not answer.content.startswith(b"PK"):
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def _url(region: Region, name: str = "list", *args: object) -> str:
    return reverse(f"outbox:{name}", args=[region.slug, *args])


@pytest.mark.parametrize("name", ["list", "export"])
def test_only_the_regions_administrator_sees_its_outbox(
    name: str, region: Region, people: People, message: Message, login: Login
) -> None:
    assert login(people.region_admin).get(_url(region, name)).status_code == 200
    for who in (people.operator, people.verifier, people.nation_reader, people.stranger, people.agency_head):
        assert login(who).get(_url(region, name)).status_code == 404


def test_a_region_sees_its_own_messages_and_the_site_all(
    region: Region, people: People, message: Message, login: Login
) -> None:
    actions.post("x@contoh.test", "Rahasia situs", "Isi")
    actions.post("y@contoh.test", "Daerah lain", "Isi", region=people.other_region)

    def subjects(who: object, url: str) -> list[str]:
        return [one.subject for one in login(who).get(url).context["page"]]

    assert subjects(people.region_admin, _url(region)) == ["Perlu perbaikan"]
    assert subjects(people.site_admin, reverse("site:outbox")) == ["Daerah lain", "Rahasia situs", "Perlu perbaikan"]


@pytest.mark.parametrize("name", ["outbox", "outbox_export"])
def test_the_site_sees_that_a_regions_message_left_but_not_what_it_says(
    name: str, people: People, message: Message, login: Login
) -> None:
    actions.post("x@contoh.test", "Kunci situs", "Isi")
    browser, url = login(people.site_admin), reverse(f"site:{name}")
    shown = [_texts(browser.get(url)), _texts(browser.get(url, {"cari": "perbaikan"}))]
    assert [("Kunci situs" in text, people.operator.email in text) for text in shown] == [(True, True), (False, False)]
    assert [text.count("Indikator 21") + text.count("Perlu perbaikan") for text in shown] == [0, 0]


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_the_database_the_same_however_long(
    more: int,
    region: Region,
    people: People,
    message: Message,
    login: Login,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for number in range(more):
        actions.tell(people.verifier, f"Kabar {number}", "Isi", region=region)
    browser = login(people.region_admin)
    with django_assert_num_queries(7):
        assert browser.get(_url(region), {"cari": "\x00", "page": "9" * 25}).status_code == 200


def test_a_failed_message_is_sent_again_from_the_page(
    region: Region, people: People, message: Message, login: Login
) -> None:
    Message.objects.update(state="failed", error="putus")
    url = _url(region, "resend", message.pk)
    assert login(people.operator).post(url).status_code == 404
    assert login(people.region_admin).get(url).status_code == 405
    assert login(people.region_admin).post(url).status_code == 302
    message.refresh_from_db()
    assert message.state == "waiting"
    assert (
        login(people.stranger).post(reverse("outbox:resend", args=[people.other_region.slug, message.pk])).status_code
        == 404
    )


def test_inviting_shows_the_link_once_sends_it_and_hides_it_in_the_outbox(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser = login(people.region_admin)
    sent = {"name": "Baru", "email": "Baru@Contoh.test", "role": "operator", "agency": agency.pk}
    page = browser.post(reverse("agencies:invite", args=[region.slug]), sent, follow=True).content.decode()
    held, told = Invitation.objects.get(), Message.objects.get()
    assert held.token in page
    assert held.token not in browser.get(reverse("agencies:invitations", args=[region.slug])).content.decode()
    assert f"http://testserver/undangan/{held.token}/" in told.body
    assert (told.to, told.region) == ("baru@contoh.test", region)
    outbox = browser.get(_url(region)).content.decode()
    assert "undangan/…" in outbox
    assert held.token not in outbox


def test_inviting_by_a_double_click_sends_one_message(region: Region, people: People, login: Login) -> None:
    browser = login(people.region_admin)
    sent = {"name": "Baru", "email": "baru@contoh.test", "role": "verifier"}
    for _ in range(2):
        assert browser.post(reverse("agencies:invite", args=[region.slug]), sent).status_code == 302
    held = Invitation.objects.get()
    for _ in range(2):
        assert browser.post(reverse("agencies:resend", args=[region.slug, held.pk])).status_code == 302
    assert Message.objects.count() == 1


def test_a_head_invites_operators_of_the_own_house_only(
    region: Region, people: People, agency: Agency, login: Login
) -> None:
    browser, url = login(people.agency_head), reverse("agencies:invite", args=[region.slug])
    assert browser.get(url).status_code == 200
    sent = {"name": "Baru", "email": "baru@contoh.test", "role": "operator", "agency": agency.pk}
    assert browser.post(url, sent | {"role": "verifier"}).status_code == 422
    assert browser.post(url, sent | {"agency": people.other_agency.pk}).status_code == 422
    assert Invitation.objects.count() == Message.objects.count() == 0
    assert browser.post(url, sent).status_code == 302
    assert Invitation.objects.get().agency == agency


@pytest.mark.parametrize(
    ("who", "status"), [("operator", 409), ("verifier", 409), ("stranger", 404), ("site_admin", 404)]
)
def test_others_do_not_invite(who: str, status: int, region: Region, people: People, login: Login) -> None:
    url = reverse("agencies:invite", args=[region.slug])
    sent = {"name": "Baru", "email": "baru@contoh.test", "role": "verifier"}
    assert login(getattr(people, who)).post(url, sent).status_code == status
    assert (Invitation.objects.count(), Message.objects.count()) == (0, 0)


def test_sending_an_invitation_again_needs_the_right_to_it(region: Region, people: People, login: Login) -> None:
    held = build.invitation(people.region_admin, region)
    assert login(people.agency_head).post(reverse("agencies:resend", args=[region.slug, held.pk])).status_code == 404
    assert (
        login(people.stranger).post(reverse("agencies:resend", args=[people.other_region.slug, held.pk])).status_code
        == 404
    )
    assert login(people.site_admin).post(reverse("site:resend", args=[held.pk])).status_code == 409
    assert Message.objects.count() == 0
