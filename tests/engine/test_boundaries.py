"""Boundaries are read from whatever people's files look like, thinned, and asked about places."""

from __future__ import annotations

import json
from math import cos, pi, sin
from typing import Any

import pytest

from pamong.engine import boundaries
from pamong.engine.boundaries import bounds, contains, distance_km, read, thin

SQUARE = [[110.0, -7.0], [111.0, -7.0], [111.0, -8.0], [110.0, -8.0], [110.0, -7.0]]
HOLE = [[110.4, -7.4], [110.6, -7.4], [110.6, -7.6], [110.4, -7.6], [110.4, -7.4]]


def feature(code: object = "33.71", geometry: Any = None, name: str = "code", **more: Any) -> dict[str, Any]:
    shape = {"type": "Polygon", "coordinates": [SQUARE]} if geometry is None else geometry
    return {"type": "Feature", "properties": {name: code}, "geometry": shape, **more}


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (feature("33.71"), "33.71"),
        (feature("3371"), "33.71"),
        (feature(3371), "33.71"),
        (feature("33"), "33"),
        (feature("33.71", name="KODE"), "33.71"),
        (feature("33.71", name="KDPPUM"), "33.71"),
        (feature("Kota Magelang", name="nama", id="33.71"), "33.71"),
    ],
)
def test_the_code_is_found_under_the_names_files_use(given: dict[str, Any], code: str) -> None:
    assert list(read(collection(given)).shapes) == [code]
    assert list(read(json.dumps(given).encode()).shapes) == [code]


def test_source_and_licence_are_taken_from_the_file() -> None:
    found = read(collection(feature(), source="BIG 2024", license="CC BY 4.0"))
    assert (found.source, found.licence, found.faults) == ("BIG 2024", "CC BY 4.0", ())


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe", "Berkas bukan GeoJSON yang utuh. Ekspor ulang sebagai GeoJSON (UTF-8)."),
        (b"{", "Berkas bukan GeoJSON yang utuh. Ekspor ulang sebagai GeoJSON (UTF-8)."),
        (b"[" * 100_000, "Berkas bukan GeoJSON yang utuh. Ekspor ulang sebagai GeoJSON (UTF-8)."),
        (b"[1]", "Berkas tidak memuat batas. Yang diperlukan: FeatureCollection berisi Polygon."),
        (collection(), "Berkas tidak memuat batas. Yang diperlukan: FeatureCollection berisi Polygon."),
        (collection(7), "Fitur ke-1: bukan sebuah Feature."),
        (
            collection(feature(), feature()),
            "Fitur ke-2: kode 33.71 muncul dua kali; gabungkan menjadi satu MultiPolygon.",
        ),
        (collection(feature("")), "Fitur ke-1: kode wilayahnya tidak ada; beri properti “code”, misalnya 33.71."),
        (
            collection(feature(geometry={"type": "Point", "coordinates": [110, -7]})),
            "Fitur ke-1: geometrinya bukan Polygon atau MultiPolygon.",
        ),
        (
            collection(feature(geometry={"type": "Polygon", "coordinates": [[["a", 1]]]})),
            "Fitur ke-1: koordinatnya tidak terbaca.",
        ),
        (
            collection(feature(geometry={"type": "Polygon", "coordinates": [SQUARE[:2]]})),
            "Fitur ke-1: ada garis batas dengan kurang dari tiga titik.",
        ),
        (
            collection(feature(geometry={"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE]]})),
            "Fitur ke-1: bujur dan lintangnya tertukar; GeoJSON menulis bujur lebih dahulu.",
        ),
        (
            collection(feature(geometry={"type": "Polygon", "coordinates": [[[x * 1000, y] for x, y in SQUARE]]})),
            "Fitur ke-1: ada titik di luar Indonesia; simpan ulang dalam derajat (WGS 84, EPSG:4326).",
        ),
    ],
)
def test_a_fault_names_the_feature_and_the_remedy(content: bytes, fault: str) -> None:
    found = read(content)
    assert (dict(found.shapes), found.faults) == ({}, (fault,))


def test_numbers_that_are_none_are_no_coordinates() -> None:
    given = collection(feature(geometry={"type": "Polygon", "coordinates": [SQUARE]})).replace(b"111.0", b"NaN")
    assert read(given).faults != ()


def test_a_boundary_too_fine_is_thinned_and_keeps_its_form() -> None:
    circle = [[110 + cos(at / 10_000 * pi) * 0.5, -7 + sin(at / 10_000 * pi) * 0.5] for at in range(20_000)]
    circle.append(circle[0])
    shape = read(collection(feature(geometry={"type": "MultiPolygon", "coordinates": [[circle]]}))).shapes["33.71"]
    assert 40 < sum(map(len, shape)) <= boundaries.MOST_POINTS
    assert bounds(shape) == pytest.approx((109.5, -7.5, 110.5, -6.5), abs=0.002)
    assert (contains(shape, -7, 110.495), contains(shape, -7, 110.505)) == (True, False)


def test_a_shape_of_many_tiny_islands_never_vanishes() -> None:
    islands = tuple(
        tuple((100 + at / 1000 + x / 1e6, -5 + y / 1e6) for x, y in ((0, 0), (0, 1), (1, 1), (0, 0)))
        for at in range(900)
    )
    assert len(thin(islands)) >= 1


def test_places_lie_within_outside_or_in_a_hole() -> None:
    found = read(collection(feature(geometry={"type": "Polygon", "coordinates": [SQUARE, HOLE]})))
    shape = found.shapes["33.71"]
    assert contains(shape, -7.2, 110.2)
    assert not contains(shape, -7.5, 110.5)
    assert not contains(shape, -6.9, 110.5)
    assert not contains(shape, -7.5, 109.9)


def test_distances_are_in_kilometres() -> None:
    shape = read(collection(feature())).shapes["33.71"]
    assert distance_km(shape, -6.9, 110.5) == pytest.approx(11.13, abs=0.01)
    assert distance_km(shape, -7.5, 109.9) == pytest.approx(11.13 * cos(7.5 / 180 * pi), abs=0.01)
