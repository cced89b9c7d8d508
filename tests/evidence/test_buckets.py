"""Files in an object storage, spoken to over a real socket."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from pamong.common.permit import Refused
from pamong.evidence import actions, storage, tasks
from pamong.evidence.actions import arriving, checking
from pamong.evidence.models import Arrival, Version
from pamong.evidence.states import Reception
from tests.build import People
from tests.evidence import build
from tests.evidence.conftest import ObjectStorage, keys

VIDEO = build.mp4_bytes(3, filling=bytes(range(256)) * 100)


def key_of(version: Version) -> str:
    return f"uji/files/{version.storage_name}"


def test_a_document_lies_in_the_bucket_once_and_privately(people: People, bucket: Any) -> None:
    first = build.document(people.region, people.agency, people.operator, content=VIDEO, name="a.mp4")
    build.document(people.region, people.agency, people.operator, "Lain", content=VIDEO, name="b.mp4", anyway=True)
    version = first.versions.get()
    assert keys(bucket) == [key_of(version)]
    assert build.content_of(version) == VIDEO
    address = f"{bucket.meta.client.meta.endpoint_url}/pamong/{key_of(version)}"
    grants = bucket.Object(key_of(version)).Acl().grants
    assert [each["Permission"] for each in grants] == ["FULL_CONTROL"]
    assert httpx.get(address).status_code in (200, 403)  # the stand-in checks no signatures; the grants are what counts


@pytest.mark.parametrize(("wanted", "status", "first", "last"), [("bytes=100-199", 206, 100, 199), ("bytes=-7", 206, len(VIDEO) - 7, len(VIDEO) - 1)])  # fmt: skip
def test_a_video_in_the_bucket_is_sought_through(
    people: People, bucket: Any, login: Any, wanted: str, status: int, first: int, last: int
) -> None:
    document = build.document(people.region, people.agency, people.operator, content=VIDEO, name="a.mp4")
    address = reverse("documents:file", args=[people.region.slug, document.code, 1])
    answer = login(people.operator).get(address, headers={"Range": wanted}, follow=True)
    assert (answer.status_code, answer.getvalue()) == (status, VIDEO[first : last + 1])


def test_files_to_be_saved_may_come_straight_from_the_bucket(
    people: People, bucket: Any, login: Any, settings: Any
) -> None:
    settings.S3_DIRECT = True
    document = build.document(people.region, people.agency, people.operator, content=VIDEO, name="Profil dinas.mp4")
    address = reverse("documents:file", args=[people.region.slug, document.code, 1])
    there = login(people.operator).get(address + "?unduh=1")["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert (asked["X-Amz-Expires"], asked["response-content-disposition"]) == (["60"], ['attachment; filename="Profil dinas.mp4"'])  # fmt: skip
    assert httpx.get(there).content == VIDEO
    assert login(people.operator).get(address)["Location"].startswith(f"/{people.region.slug}/dokumen/buka/")
    assert login(people.neighbour).get(address + "?unduh=1").status_code == 404


def test_an_arrival_goes_through_the_bucket_and_leaves_nothing_behind(
    people: People, bucket: Any, django_capture_on_commit_callbacks: Any
) -> None:
    arrival = build.arrival(people.region, people.operator, "a.mp4", VIDEO)
    assert [each.startswith("uji/arriving/") for each in keys(bucket)] == [True]
    with django_capture_on_commit_callbacks(execute=True):
        tasks.check_waiting()
    arrival.refresh_from_db()
    assert (arrival.state, keys(bucket)) == (Reception.READY, [f"uji/files/{storage.name_of(arrival.sha256)}"])


def test_orphans_in_the_bucket_are_swept(people: People, bucket: Any, django_capture_on_commit_callbacks: Any) -> None:
    kept = build.document(people.region, people.agency, people.operator).versions.get()
    actions.receive(build.upload(build.pdf_bytes("yatim")))
    bucket.put_object(Key="uji/arriving/potongan", Body=b"x")
    with time_machine.travel(timezone.now() + timedelta(days=2)), django_capture_on_commit_callbacks(execute=True):
        swept = tasks.sweep()
    assert ((swept.pieces, swept.files), keys(bucket)) == ((1, 1), [key_of(kept)])


def test_a_storage_gone_for_a_while_loses_nothing_and_doubles_nothing(
    people: People, bucket: Any, object_storage: ObjectStorage, login: Any
) -> None:
    document = build.document(people.region, people.agency, people.operator, content=VIDEO, name="a.mp4")
    arrival = build.arrival(people.region, people.operator, "b.pdf")
    half = arriving.begin(region=people.region, by=people.operator, name="c.pdf", length=10)
    arriving.receive_pieces(half, by=people.operator, offset=0, source=[b"12345"])
    before = keys(bucket)
    object_storage.stop()
    try:
        with pytest.raises(Refused, match="penyimpanan di server"):
            build.document(people.region, people.agency, people.operator, "Baru")
        half.refresh_from_db()
        with pytest.raises(storage.NoRoom):
            arriving.receive_pieces(half, by=people.operator, offset=5, source=[b"67890"])
        checking.check(arrival)
        address = reverse("documents:file", args=[people.region.slug, document.code, 1])
        answer = login(people.operator).get(address, follow=True)
        assert (answer.status_code, "tidak dapat dijangkau" in answer.content.decode()) == (409, True)
    finally:
        object_storage.start()
    assert keys(bucket) == before
    half.refresh_from_db()
    assert arriving.receive_pieces(half, by=people.operator, offset=5, source=[b"67890"]) == 10
    Arrival.objects.update(held_until=None)
    tasks.check_waiting()
    arrival.refresh_from_db()
    assert (arrival.state, Version.objects.count()) == (Reception.READY, 1)
    assert login(people.operator).get(address, follow=True).getvalue() == VIDEO
