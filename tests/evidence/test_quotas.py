"""How much an agency may keep."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.evidence import actions, queries
from pamong.evidence.actions import arriving, quotas
from pamong.evidence.models import Arrival, Document, Quota, Version
from tests.build import People
from tests.evidence import build

MB = 1024 * 1024
Login = Callable[[object], Client]


def add(people: People, size: int, subject: str = "Keputusan") -> Document:
    """A document of the operator's agency that takes about ``size`` bytes."""
    content = build.pdf_bytes(subject, objects=(build.stream(b"x" * size),))
    about = {"region": people.region, "agency": people.agency, "by": people.operator, "instrument": "laporan"}
    return actions.add_document(subject=subject, file=build.upload(content), **about)  # type: ignore[arg-type]


def used(people: People) -> int:
    return queries.rooms([people.agency])[0].used


def test_every_version_counts_and_nobody_elses(people: People) -> None:
    document = add(people, MB // 2)
    one = used(people)
    actions.add_version(document, by=people.operator, file=build.upload(build.pdf_bytes("baru")))
    assert one < used(people) == sum(Version.objects.values_list("size", flat=True))
    assert queries.rooms([people.other_agency])[0].used == 0


def test_a_document_beyond_the_quota_is_refused_and_changes_nothing(people: People) -> None:
    quotas.set_quota(people.agency, by=people.region_admin, megabytes=1)
    add(people, MB // 2)
    before = (Document.objects.count(), Version.objects.count(), Event.objects.count(), used(people))
    with pytest.raises(Refused, match=r"Kuota penyimpanan .* tidak cukup: terpakai .* dari 1,0 MB"):
        add(people, MB * 3 // 4, "Kedua")
    with pytest.raises(Refused, match="menambah kuota"):
        actions.add_version(
            Document.objects.get(),
            by=people.operator,
            file=build.upload(build.pdf_bytes("x", objects=(build.stream(b"y" * MB),))),
        )
    assert (Document.objects.count(), Version.objects.count(), Event.objects.count(), used(people)) == before
    assert Version.objects.get().is_current


def test_a_link_takes_no_room(people: People) -> None:
    quotas.set_quota(people.agency, by=people.region_admin, megabytes=1)
    add(people, MB // 2)
    actions.add_document(
        region=people.region, agency=people.agency, by=people.operator, instrument="video", subject="Video",
        link="https://youtu.be/abc",
    )  # fmt: skip
    assert Document.objects.count() == 2


def test_a_file_too_large_for_every_own_agency_is_refused_before_it_is_sent(people: People, login: Login) -> None:
    quotas.set_quota(people.agency, by=people.region_admin, megabytes=2)
    sent = login(people.operator).post(
        f"/{people.region.slug}/dokumen/kirim/",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(3 * MB), "Upload-Metadata": "filename YS5wZGY="},
    )
    assert (sent.status_code, "Kuota penyimpanan" in sent.content.decode()) == (413, True)
    with pytest.raises(arriving.TooLarge, match="Kuota penyimpanan"):
        arriving.bring(io.BytesIO(b"x" * 3 * MB), "a.pdf", 3 * MB, region=people.region, by=people.operator)
    assert Arrival.objects.count() == 0
    arriving.begin(region=people.region, by=people.region_admin, name="a.pdf", length=3 * MB)


def test_a_refused_form_keeps_what_was_typed(people: People, login: Login) -> None:
    quotas.set_quota(people.agency, by=people.region_admin, megabytes=1)
    large = build.upload(build.pdf_bytes("x", objects=(build.stream(b"y" * 2 * MB),)))
    page = login(people.operator).post(
        f"/{people.region.slug}/dokumen/tambah/",
        {"agency": people.agency.pk, "instrument": "laporan", "subject": "Laporan panjang", "file": large},
    )
    text = page.content.decode()
    assert (page.status_code, "Kuota penyimpanan" in text, 'value="Laporan panjang"' in text) == (409, True, True)
    assert Document.objects.count() == 0


def test_the_administrator_sets_a_quota_and_takes_it_back(people: People, login: Login) -> None:
    browser = login(people.region_admin)
    address = f"/{people.region.slug}/dokumen/penyimpanan/{people.agency.slug}/"
    assert browser.post(address, {"megabytes": "250"}).status_code == 302
    assert (Quota.objects.get().megabytes, queries.rooms([people.agency])[0].most) == (250, 250 * MB)
    assert "kuota khusus" in browser.get(f"/{people.region.slug}/dokumen/penyimpanan/").content.decode()
    assert browser.post(address, {"megabytes": ""}).status_code == 302
    assert not Quota.objects.exists()
    assert [event.act for event in Event.objects.order_by("-pk")[:2]] == ["quota.changed", "quota.changed"]


@pytest.mark.parametrize("typed", ["0", "-5", "banyak", "99999999999"])
def test_a_senseless_quota_is_refused_and_kept_on_the_page(people: People, login: Login, typed: str) -> None:
    page = login(people.region_admin).post(
        f"/{people.region.slug}/dokumen/penyimpanan/{people.agency.slug}/", {"megabytes": typed}
    )
    assert (page.status_code, f'value="{typed}"' in page.content.decode()) == (422, True)
    assert not Quota.objects.exists()


def test_only_the_administrator_may(people: People) -> None:
    with pytest.raises(Refused, match="administrator daerah"):
        quotas.set_quota(people.agency, by=people.operator, megabytes=5)
    assert not Quota.objects.exists()


def test_the_list_asks_the_same_number_of_questions_for_one_agency_and_for_many(
    people: People, login: Login, django_assert_num_queries: Any
) -> None:
    browser = login(people.region_admin)
    browser.get(f"/{people.region.slug}/dokumen/penyimpanan/")
    with django_assert_num_queries(8):
        browser.get(f"/{people.region.slug}/dokumen/penyimpanan/")
    add(people, 10)
    with django_assert_num_queries(8):
        browser.get(f"/{people.region.slug}/dokumen/penyimpanan/")
