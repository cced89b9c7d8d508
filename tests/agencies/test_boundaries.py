"""Boundaries come in from a file, by the administrator of the site."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from pamong.agencies.actions.boundaries import bring_boundaries
from pamong.agencies.models import Boundary, Region
from pamong.agencies.queries.boundaries import outline
from pamong.audit.models import Event
from pamong.common.permit import Refused
from tests import build
from tests.build import People

Login = Callable[[object], Client]
SQUARE = (((110.1, -7.4), (110.3, -7.4), (110.3, -7.6), (110.1, -7.6), (110.1, -7.4)),)
SMALLER = (((110.1, -7.4), (110.2, -7.4), (110.2, -7.6), (110.1, -7.4)),)


def _file(code: str = "33.71", **more: object) -> SimpleUploadedFile:
    shape = {"type": "Polygon", "coordinates": SQUARE}
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": shape}]
    content = json.dumps({"type": "FeatureCollection", "features": features, **more})
    return SimpleUploadedFile("batas.geojson", content.encode())


def test_boundaries_are_added_and_replaced_and_twice_changes_nothing_twice(region: Region, people: People) -> None:
    shapes = {"33.71": SQUARE, "99.99": SQUARE}
    done = bring_boundaries(shapes, by=people.site_admin, source="BIG", licence="CC BY 4.0")
    assert str(done) == (
        "1 batas baru, 0 diganti, 0 sudah sama. 1 tidak dipakai karena kodenya tidak ada dalam daftar daerah: 99.99."
    )
    acts = Event.objects.count()
    assert bring_boundaries(shapes, by=people.site_admin, source="BIG", licence="CC BY 4.0").same == 1
    assert Event.objects.count() == acts
    found = outline(region)
    assert found is not None
    assert (found.shape, found.credit) == (SQUARE, "BIG, lisensi CC BY 4.0")
    assert bring_boundaries({"33.71": SMALLER}, by=people.site_admin).changed == 1
    assert str(Event.objects.first()) == "Site Admin mengimpor batas wilayah: 0 baru, 1 diganti"


def test_a_file_of_other_regions_is_refused_whole(region: Region, people: People) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused, match="Impor daftar daerah"):
        bring_boundaries({"99.99": SQUARE}, by=people.site_admin)
    assert (Boundary.objects.count(), Event.objects.count()) == (0, before)


@pytest.mark.parametrize("who", ["region_admin", "nation_reader", "operator", "stranger"])
def test_only_the_site_administrator_brings_them(who: str, region: Region, people: People) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused):
        bring_boundaries({"33.71": SQUARE}, by=getattr(people, who))
    assert (Boundary.objects.count(), Event.objects.count()) == (0, before)


def test_a_region_has_no_boundary_of_another(region: Region, people: People) -> None:
    other = build.region("Kota Lain", "33.72")
    bring_boundaries({"33.72": SQUARE}, by=None)
    assert outline(region) is None
    with scope(region=other):
        assert outline(other) is not None


def test_the_page_takes_a_file_and_names_what_is_wrong(region: Region, people: People, login: Login) -> None:
    browser, url = login(people.site_admin), reverse("site:boundaries")
    assert "belum ada" not in browser.get(url).content.decode()
    bad = browser.post(url, {"file": SimpleUploadedFile("a.geojson", b"{}"), "source": "BIG"})
    assert (bad.status_code, Boundary.objects.count()) == (422, 0)
    assert "Berkas tidak memuat batas" in bad.content.decode()
    assert 'value="BIG"' in bad.content.decode()
    unknown = browser.post(url, {"file": _file("99.99")})
    assert (unknown.status_code, Boundary.objects.count()) == (409, 0)
    good = browser.post(url, {"file": _file(source="BIG 2024", licence="CC BY")}, follow=True)
    assert "1 batas baru, 0 diganti, 0 sudah sama." in good.content.decode()
    assert Boundary.objects.values_list("source", "licence").get() == ("BIG 2024", "CC BY")
    assert '<td data-label="Batas wilayah">ada</td>' in good.content.decode()


def test_a_file_beyond_bounds_is_refused(
    region: Region, people: People, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pamong.agencies.forms.boundaries.LARGEST", 100)
    answer = login(people.site_admin).post(reverse("site:boundaries"), {"file": _file()})
    assert (answer.status_code, Boundary.objects.count()) == (422, 0)
    assert "Sederhanakan garis batasnya" in answer.content.decode()
