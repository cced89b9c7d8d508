from __future__ import annotations

from typing import Any

from django.test import RequestFactory
from django.urls import reverse

from pamong.evidence.models import Document
from tests.build import People
from tests.evidence import build

MB = 1024 * 1024


def test_no_more_of_an_upload_reaches_the_disk_than_is_accepted(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = MB
    large, small = build.upload(b"x" * 6 * MB, "besar.pdf"), build.upload(b"y" * 10, "kecil.pdf")
    request = RequestFactory().post("/", {"besar": large, "kecil": small})
    kept, whole = request.FILES["besar"], request.FILES["kecil"]
    assert MB < kept.size <= MB + 64 * 1024  # type: ignore[union-attr]
    assert (whole.size, whole.read()) == (10, b"y" * 10)  # type: ignore[union-attr]
    request.close()


def test_an_upload_over_the_limit_is_answered_with_the_limit(people: People, login: Any, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = MB
    data = {
        "agency": people.agency.pk,
        "instrument": "lain",
        "subject": "Besar",
        "file": build.upload(b"%PDF-" + b"x" * 6 * MB),
    }
    answer = login(people.operator).post(reverse("documents:add", args=[people.region.slug]), data)
    assert answer.status_code == 422
    assert "Ukuran berkas melebihi batas 1 MB." in answer.content.decode()
    assert Document.objects.count() == 0
