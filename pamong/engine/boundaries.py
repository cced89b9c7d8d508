"""Boundaries of regions: read from GeoJSON (RFC 7946), thinned, and asked whether a place lies within.

A shape is a tuple of rings, each a tuple of ``(longitude, latitude)`` in degrees (WGS 84). Outer rings and holes need no
telling apart: a place lies within if a ray from it crosses the rings an odd number of times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
Shape = tuple[Ring, ...]

MOST_POINTS = 1_500
FINEST = 0.0001
KM_PER_DEGREE = 111.32
WEST, SOUTH, EAST, NORTH = 90.0, -15.0, 145.0, 10.0
_CODE_NAMES = ("code", "kode", "kode_wilayah", "kdpkab", "kode_kk", "kode_kab", "kdppum", "id")
_CODE = re.compile(r"(\d{2})\.?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds: shapes by region code as ``33.71``, and what is wrong, naming the feature and the remedy."""

    shapes: Mapping[str, Shape]
    faults: tuple[str, ...]
    source: str = ""
    licence: str = ""


class _Fault(ValueError):
    """One feature cannot be read; the message says why."""


def read(content: bytes) -> Found:
    """The boundaries in ``content``, thinned to ``MOST_POINTS`` each. With any fault there are no shapes."""
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        return Found({}, ("Berkas bukan GeoJSON yang utuh. Ekspor ulang sebagai GeoJSON (UTF-8).",))
    features = _features(given)
    if not features:
        return Found({}, ("Berkas tidak memuat batas. Yang diperlukan: FeatureCollection berisi Polygon.",))
    shapes: dict[str, Shape] = {}
    faults: list[str] = []
    for number, feature in enumerate(features, 1):
        try:
            code, shape = _one(feature)
            if code in shapes:
                raise _Fault(f"kode {code} muncul dua kali; gabungkan menjadi satu MultiPolygon")
            shapes[code] = shape
        except _Fault as fault:
            faults.append(f"Fitur ke-{number}: {fault}.")
    if faults:
        return Found({}, tuple(faults))
    thinned = {code: thin(shape) for code, shape in shapes.items()}
    return Found(thinned, (), _text(given, "source", "sumber"), _text(given, "licence", "license", "lisensi"))


def _features(given: Any) -> list[Any]:
    if not isinstance(given, dict):
        return []
    if given.get("type") == "Feature":
        return [given]
    listed = given.get("features")
    return listed if given.get("type") == "FeatureCollection" and isinstance(listed, list) else []


def _text(given: Mapping[str, Any], *names: str) -> str:
    return next((value.strip()[:200] for name in names if isinstance(value := given.get(name), str)), "")


def _one(feature: Any) -> tuple[str, Shape]:
    if not isinstance(feature, dict):
        raise _Fault("bukan sebuah Feature")
    given = feature.get("geometry")
    geometry: dict[str, Any] = given if isinstance(given, dict) else {}
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Fault("geometrinya bukan Polygon atau MultiPolygon")
    code = _code(feature)
    rings = geometry.get("coordinates")
    polygons: Any = [rings] if kind == "Polygon" else rings
    try:
        return code, tuple(_ring(ring) for polygon in polygons for ring in polygon)
    except (TypeError, ValueError, IndexError, OverflowError) as fault:
        raise fault if isinstance(fault, _Fault) else _Fault("koordinatnya tidak terbaca") from None


def _code(feature: Mapping[str, Any]) -> str:
    """Under whatever name people's files give it; numbers and ``3371`` too."""
    properties = feature.get("properties")
    named = {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    for value in (*(named.get(name) for name in _CODE_NAMES), feature.get("id")):
        match = _CODE.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
        if match:
            return f"{match[1]}.{match[2]}" if match[2] else match[1]
    raise _Fault("kode wilayahnya tidak ada; beri properti “code”, misalnya 33.71")


def _ring(given: Any) -> Ring:
    ring = tuple((float(point[0]), float(point[1])) for point in given)
    if len(set(ring)) < 3:
        raise _Fault("ada garis batas dengan kurang dari tiga titik")
    if all(WEST <= lon <= EAST and SOUTH <= lat <= NORTH for lon, lat in ring):
        return ring
    if all(WEST <= lat <= EAST and SOUTH <= lon <= NORTH for lon, lat in ring):
        raise _Fault("bujur dan lintangnya tertukar; GeoJSON menulis bujur lebih dahulu")
    raise _Fault("ada titik di luar Indonesia; simpan ulang dalam derajat (WGS 84, EPSG:4326)")


# -- thinning -----------------------------------------------------------------------------------------------------------


def thin(shape: Shape, most: int = MOST_POINTS) -> Shape:
    """``shape`` with no more than ``most`` points: what matters least goes first (Douglas and Peucker, 1973).

    Islands that vanish at that fineness are left out, never the whole shape.
    """
    tolerance, rings = FINEST, shape
    while sum(map(len, rings)) > most:
        rings = tuple(ring for ring in (_thinned(each, tolerance) for each in shape) if len(ring) > 3)
        tolerance *= 2
    return tuple(tuple((round(lon, 5), round(lat, 5)) for lon, lat in ring) for ring in rings) or shape[:1]


def _thinned(ring: Ring, tolerance: float) -> Ring:
    """Halved at the point farthest from its first: a closed ring has no chord to measure from."""
    first = ring[0]
    far = max(range(len(ring)), key=lambda at: hypot(ring[at][0] - first[0], ring[at][1] - first[1]))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        start, end = waiting.pop()
        at, distance = _farthest(ring, start, end)
        if distance > tolerance:
            kept.add(at)
            waiting += [(start, at), (at, end)]
    return tuple(ring[at] for at in sorted(kept))


def _farthest(ring: Ring, start: int, end: int) -> tuple[int, float]:
    return max(
        ((at, _to_segment(ring[at], ring[start], ring[end])) for at in range(start + 1, end)),
        key=lambda pair: pair[1], default=(start, 0.0),
    )  # fmt: skip


def _to_segment(point: Point, start: Point, end: Point) -> float:
    """How far ``point`` is from the line between two others, in their unit."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    return hypot(px - ax - share * dx, py - ay - share * dy)


# -- asking -------------------------------------------------------------------------------------------------------------


def bounds(shape: Shape) -> tuple[float, float, float, float]:
    """West, south, east, north of ``shape``, degrees."""
    points = [point for ring in shape for point in ring]
    return (
        min(lon for lon, _ in points), min(lat for _, lat in points),
        max(lon for lon, _ in points), max(lat for _, lat in points),
    )  # fmt: skip


def contains(shape: Shape, latitude: float, longitude: float) -> bool:
    """Whether the place lies within ``shape``."""
    inside = False
    for (ax, ay), (bx, by) in _segments(shape):
        if (ay > latitude) != (by > latitude) and longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def distance_km(shape: Shape, latitude: float, longitude: float) -> float:
    """How far the place is from the boundary, in kilometres, on a plane touching it there (fine below a few hundred)."""
    east, north = KM_PER_DEGREE * cos(radians(latitude)), KM_PER_DEGREE

    def near(point: Point) -> Point:
        return (point[0] - longitude) * east, (point[1] - latitude) * north

    return min(_to_segment((0.0, 0.0), near(start), near(end)) for start, end in _segments(shape))


def _segments(shape: Shape) -> Iterator[tuple[Point, Point]]:
    """Every side of every ring; a ring left open by its file is closed."""
    for ring in shape:
        for at, point in enumerate(ring):
            yield point, ring[(at + 1) % len(ring)]
