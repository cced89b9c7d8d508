"""Picking a place on the map of the region: what the map shows, where a click falls, and whether that is in the region.

The map is a picture of a known size, so that a click sent by the browser (``<input type="image">``) can be turned into
coordinates here; scripts only spare the round trip.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pamong.agencies.models import Region
from pamong.agencies.queries.boundaries import Outline
from pamong.common.templatetags.pamong import decimal
from pamong.engine import maps
from pamong.engine.boundaries import contains, distance_km
from pamong.innovations import coordinates

SIZES = (256, 512)
TOUCHING_KM = 0.15
_LABEL_HEIGHT, _LETTER = 14, 6.6
_LONGEST = 24
_CENTRE, _CLOSENESS, _PRESSED = "peta-pusat", "peta-dekat", "peta"

Place = tuple[float, float]


def place_of(text: object) -> Place | None:
    """Latitude and longitude if the text names a place."""
    try:
        latitude, longitude = coordinates.parse(str(text or ""))
    except coordinates.NotAPlace:
        return None
    return float(latitude), float(longitude)


def written(place: Place) -> str:
    """As the field holds it."""
    return f"{place[0]:.6f}, {place[1]:.6f}"


class Told(NamedTuple):
    """Where a place lies, in a sentence; a warning when that is outside the region."""

    says: str
    outside: bool


def told(place: Place | None, outline: Outline | None, region: Region) -> Told:
    """Inside, on the boundary, or how far outside. A boundary is drawn coarsely: near it nobody is warned."""
    if place is None or outline is None:
        return Told("", outside=False)
    if contains(outline.shape, *place):
        return Told(f"Titik berada di dalam batas {region.name}.", outside=False)
    away = distance_km(outline.shape, *place)
    if away <= TOUCHING_KM:
        return Told(f"Titik berada di garis batas {region.name}.", outside=False)
    shown = decimal(Decimal(str(away)), 1 if away < 10 else 0)
    return Told(
        f"Titik berada sekitar {shown} km di luar batas {region.name}. Periksa angkanya; bila inovasi memang dijalankan "
        "di sana, biarkan.",
        outside=True,
    )


# -- what the browser sends ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the region is looked at."""

    closeness: int = 0
    centre: Place | None = None

    def view(self, outline: Outline, size: int) -> maps.View:
        return maps.view(outline.shape, size, self.closeness, self.centre)


WHOLE = Look()


def look(parameters: Mapping[str, str]) -> Look:
    """What a form or an address asks to see; anything unreadable shows the whole region."""
    closeness = parameters.get(_CLOSENESS, "")
    number = int(closeness) if closeness.isascii() and closeness.isdigit() and len(closeness) < 3 else 0
    return Look(min(number, maps.CLOSEST), place_of(parameters.get(_CENTRE)))


class Used(NamedTuple):
    """What a press on the map asks for: another look, and perhaps another place."""

    look: Look
    place: Place | None
    missed: bool = False


def used(data: Mapping[str, str], outline: Outline | None) -> Used | None:
    """The press on the map among what was sent; ``None`` when the form was sent by another button.

    A picture pressed from the keyboard sends its corner: that is no place, and the page says so.
    """
    if outline is None:
        return None
    now, place = look(data), place_of(data.get("coordinate"))
    if _PRESSED in data:
        return Used(_turned(now, place, data[_PRESSED]), None)
    for size in SIZES:
        x, y = (_pixel(data.get(f"{_PRESSED}-{size}.{axis}"), size) for axis in "xy")
        if x is not None and y is not None:
            return Used(now, None, missed=True) if x == y == 0 else Used(now, now.view(outline, size).place(x, y))
    return None


def _pixel(text: str | None, size: int) -> int | None:
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 5):
        return None
    return min(int(text), size)


def _turned(now: Look, place: Place | None, wanted: str) -> Look:
    step = {"dekat": 1, "jauh": -1}.get(wanted)
    if step is None:
        return WHOLE
    return Look(max(0, min(maps.CLOSEST, now.closeness + step)), place or now.centre)


# -- what the page shows ------------------------------------------------------------------------------------------------


class Frame(NamedTuple):
    """The picture in one of its sizes, and where the pin stands on it."""

    size: int
    pin: tuple[float, float] | None


class Map(NamedTuple):
    """What the form shows of the map: ``whole`` and ``view`` are what a script needs to reckon like the server."""

    frames: tuple[Frame, ...]
    whole: maps.View
    view: maps.View
    query: str
    told: Told
    credit: str
    at_closest: bool


def shown(outline: Outline | None, region: Region, now: Look, place: Place | None) -> Map | None:
    """The map as the form shows it; ``None`` for a region whose boundary nobody has brought."""
    if outline is None:
        return None
    views = {size: now.view(outline, size) for size in SIZES}
    view = views[SIZES[-1]]
    frames = tuple(
        Frame(size, each.at(*place) if place and each.shows(*place) else None) for size, each in views.items()
    )
    query = f"{_CLOSENESS}={view.closeness}&{_CENTRE}={view.latitude:.6f},{view.longitude:.6f}"
    whole = maps.view(outline.shape, SIZES[-1])
    return Map(frames, whole, view, query, told(place, outline, region), outline.credit, view.closeness == maps.CLOSEST)


# -- the picture --------------------------------------------------------------------------------------------------------


class Text(NamedTuple):
    """A word on the picture."""

    x: float
    y: float
    text: str


class Picture(NamedTuple):
    """Everything the picture is drawn from, in pixels."""

    size: int
    outline: str
    meridians: tuple[Text, ...]
    parallels: tuple[Text, ...]
    dots: tuple[tuple[float, float], ...]
    labels: tuple[Text, ...]
    scale: Text


def picture(outline: Outline, view: maps.View, others: Iterable[tuple[str, Place]]) -> Picture:
    """The map without the pin. ``others`` are names and places that help to find one's way."""
    grid = maps.grid(view)
    length, pixels = maps.scale(view)
    here = [(name, view.at(*place)) for name, place in others if view.shows(*place)]
    return Picture(
        view.size,
        _path(outline, view),
        tuple(Text(line.at, view.size, _degrees(line.degree, grid.decimals)) for line in grid.meridians),
        tuple(Text(0, line.at, _degrees(line.degree, grid.decimals)) for line in grid.parallels),
        tuple(at for _, at in here),
        tuple(_labels(here, view.size)),
        Text(pixels, view.size, f"{decimal(Decimal(str(length)), 0)} km" if length >= 1 else f"{length * 1000:.0f} m"),
    )


def _path(outline: Outline, view: maps.View) -> str:
    rings = (" L".join("{} {}".format(*view.at(lat, lon)) for lon, lat in ring) for ring in outline.shape)
    return "".join(f"M{ring}Z" for ring in rings)


def _degrees(degree: float, decimals: int) -> str:
    return f"{degree:.{decimals}f}°"  # with a point, as the field is typed


def _labels(dots: Sequence[tuple[str, Place]], size: int) -> Iterable[Text]:
    """Names beside their dots, as many as find room."""
    taken: list[tuple[float, float, float, float]] = []
    for name, (x, y) in dots:
        short = name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
        box = (x + 6, y - _LABEL_HEIGHT / 2, x + 6 + len(short) * _LETTER, y + _LABEL_HEIGHT / 2)
        if box[2] < size and box[1] > 0 and not any(_meet(box, other) for other in taken):
            taken.append(box)
            yield Text(x + 7, y + 4, short)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
